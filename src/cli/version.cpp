#include "psoas/core/version.hpp"

#include <CLI/CLI.hpp>
#include <Eigen/Core>
#include <boost/version.hpp>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "io/json_text.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

std::string dotted(int a, int b, int c) {
  return std::to_string(a) + '.' + std::to_string(b) + '.' + std::to_string(c);
}

std::vector<std::pair<std::string, std::string>> libraries() {
  return {
      {"Eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"Boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
      {"CLI11", CLI11_VERSION},
      {"nlohmann_json", dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

const char* build_type() { return PSOAS_BUILD_TYPE; }

/// What the compiler was told, word by word.
std::vector<std::string> flags() {
  std::istringstream words(PSOAS_COMPILE_FLAGS);
  return {std::istream_iterator<std::string>(words), {}};
}

std::string json_text() {
  io::JsonText json;
  json.object().member("version", psoas::version()).member("compiler", compiler()).member("build_type", build_type());
  json.key("libraries").object();
  for (const auto& [name, version] : libraries()) json.member(name, version);
  json.close().key("flags").array(true);
  for (const std::string& flag : flags()) json.value(flag);
  json.close().close();
  return json.text() + '\n';
}

std::string plain_text() {
  std::string text = "psoas " + std::string(psoas::version()) + "\ncompiler " + compiler() + ", " + build_type();
  text += "\nflags";
  for (const std::string& flag : flags()) text += ' ' + flag;
  text += "\nlibraries";
  for (const auto& [name, version] : libraries()) text += (name == "Eigen" ? " " : ", ") + name + ' ' + version;
  return text + '\n';
}

}  // namespace

void add_version(CLI::App& app, Action& action) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("version", "Print version, compiler and libraries");
  command->add_flag("--json", *json, "As one JSON document");
  command->callback([json, &action] {
    action = [json] {
      print(*json ? json_text() : plain_text());
      return done;
    };
  });
}

}  // namespace psoas::cli
