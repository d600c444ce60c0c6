#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>

#include "commands.hpp"
#include "io/json_text.hpp"
#include "psoas/analysis/lint.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/model/compile.hpp"
#include "talk.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

struct LintWords {
  std::string model;
  bool json = false, strict = false;
};

std::string findings_json(const std::vector<Finding>& findings) {
  io::JsonText json;
  json.object().key("findings").array();
  for (const Finding& f : findings) {
    json.object(true).member("rule", f.rule).member("severity", std::string(to_string(f.severity)));
    json.member("place", f.place).member("value", f.value).member("message", f.message).close();
  }
  json.close().close();
  return json.text() + '\n';
}

std::string findings_text(const Model& model, const std::vector<Finding>& findings) {
  TextTable table({"severity", "rule", "place", "what, and why it matters"});
  std::map<Severity, int> count;
  for (const Finding& f : findings) {
    table.add({std::string(to_string(f.severity)), f.rule, f.place, f.message});
    ++count[f.severity];
  }
  const std::string sum = model.name + ": " + std::to_string(count[Severity::error]) + " errors, " +
                          std::to_string(count[Severity::warning]) + " warnings, " +
                          std::to_string(count[Severity::note]) + " notes\n";
  return findings.empty() ? sum : sum + '\n' + table.text({}, 4);
}

}  // namespace

void add_lint(CLI::App& app, Action& action) {
  auto words = std::make_shared<LintWords>();
  CLI::App* command = app.add_subcommand("lint", "Look for faults in a model: its numbers, its sides, its paths");
  command->add_option("MODEL", words->model, "A model, or a file (.toml, .osim)")->required();
  command->add_flag("--json", words->json, "As one JSON document");
  command->add_flag("--strict", words->strict, "Exit code 5 where there is an error");
  command->callback([words, &action] {
    action = [words] {
      const Model model = compile(io::read_model(words->model));
      const std::vector<Finding> findings = lint(model);
      print(words->json ? findings_json(findings) : findings_text(model, findings));
      const bool wrong = !findings.empty() && findings.front().severity == Severity::error;
      return wrong && words->strict ? gate_failed : done;
    };
  });
}

}  // namespace psoas::cli
