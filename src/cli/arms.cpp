#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "io/json_text.hpp"
#include "io/number_text.hpp"
#include "model_text.hpp"
#include "options.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

struct ArmsWords {
  std::string model = "whole_body", coordinate, from, to, steps = "51";
  std::vector<std::string> muscles, pose;
  bool json = false;
};

/// One line of the answer.
struct ArmRow {
  std::string muscle;
  double at, length, arm;
};

/// A coordinate that can be moved, and whose equation feels a muscle.
int swept_coordinate(const Model& model, const std::string& name) {
  const int c = model.coordinate(name);
  const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
  if (coordinate.leader >= 0) {
    throw Failure(usage, "coordinate \"" + name + "\" follows \"" +
                             model.coordinates[static_cast<std::size_t>(coordinate.leader)].name +
                             "\": sweep that one");
  }
  if (coordinate.row < 0)
    throw Failure(usage, "coordinate \"" + name + "\" has no equation, so no muscle an arm about it");
  return c;
}

/// A value in the coordinate's own unit, degrees or metres.
double edge(const Coordinate& c, const char* option, const std::string& text, double own) {
  const double unit = c.translational ? 1.0 : degree;
  if (!text.empty()) return real_number(option, text) * unit;
  if (std::abs(own) < 10.0) return own;
  throw Failure(usage, "coordinate \"" + c.name + "\" has no range of its own: give --from and --to");
}

Pose posture(const Model& model, const std::vector<std::string>& words) {
  Pose pose = rest_pose(model);
  for (const Override& o : key_values("--pose", words)) {
    const int c = model.coordinate(o.path);
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    pose.q(c) = real_number("--pose " + o.path, o.value) * (coordinate.translational ? 1.0 : degree);
  }
  return pose;
}

std::vector<int> wanted_strands(const Model& model, const std::vector<std::string>& names) {
  std::vector<int> out;
  for (const std::string& name : names) {
    const std::vector<int> strands = strands_of(model, name);
    if (strands.empty()) {
      std::vector<std::string> known;
      for (const Group& group : model.groups) known.push_back(group.name);
      for (const Strand& strand : model.strands) known.push_back(strand.name);
      throw Failure(invalid_input, "no muscle \"" + name + '"' + did_you_mean(name, known));
    }
    out.insert(out.end(), strands.begin(), strands.end());
  }
  return out;
}

std::vector<ArmRow> swept(const Model& model, const ArmsWords& words, int c, double least, double most) {
  const auto steps = static_cast<int>(whole_number("--steps", words.steps, 2, 100000));
  const std::vector<int> strands = wanted_strands(model, words.muscles);
  const int row = model.coordinates[static_cast<std::size_t>(c)].row;
  Pose pose = posture(model, words.pose);
  Kinematics kinematics(model);
  Paths paths(model);
  std::vector<ArmRow> rows;
  for (int i = 0; i < steps; ++i) {
    pose.q(c) = least + (most - least) * i / (steps - 1);
    compute_kinematics(model, pose, kinematics);
    compute_paths(model, kinematics, paths);
    if (!usable(paths.status)) throw Failure(numerical_failure, "a path could not be solved in this range");
    for (const int s : strands) {
      const std::string& name = model.strands[static_cast<std::size_t>(s)].name;
      rows.push_back({name, pose.q(c), paths.length(s), moment_arm(model, paths, s, row)});
    }
  }
  return rows;
}

std::string answer(const ArmsWords& words) {
  const Model model = read_and_compile(words.model);
  const int c = swept_coordinate(model, words.coordinate);
  const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
  const double unit = coordinate.translational ? 1.0 : degree;
  const double least = edge(coordinate, "--from", words.from, coordinate.minimum);
  const double most = edge(coordinate, "--to", words.to, coordinate.maximum);
  if (!(least < most)) throw Failure(usage, "--from must be less than --to");
  const std::vector<ArmRow> rows = swept(model, words, c, least, most);
  const std::string at = coordinate.name + (coordinate.translational ? "_m" : "_deg");
  const char* arm = coordinate.translational ? "moment_arm" : "moment_arm_m";
  if (words.json) {
    io::JsonText json;
    json.object().member("model", model.name).key("rows").array();
    for (const ArmRow& r : rows) {
      json.object(true).member("muscle", r.muscle).member(at, r.at / unit);
      json.member("length_m", r.length).member(arm, r.arm).close();
    }
    json.close().close();
    return json.text() + '\n';
  }
  std::string text = "muscle," + at + ",length_m," + arm + '\n';
  for (const ArmRow& r : rows) {
    text += r.muscle + ',' + io::number_text(r.at / unit) + ',' + io::number_text(r.length) + ',' +
            io::number_text(r.arm) + '\n';
  }
  return text;
}

}  // namespace

void add_arms(CLI::App& app, Action& action) {
  auto words = std::make_shared<ArmsWords>();
  CLI::App* command = app.add_subcommand(
      "arms", "Length and moment arm (- d length / d coordinate) of muscles over a coordinate's range, as CSV");
  command->add_option("--muscle", words->muscles, "A strand or a group; may be given again")->required();
  command->add_option("--coordinate", words->coordinate, "The coordinate that moves")->required();
  command->add_option("--model", words->model, "A model, or a file (.toml, .osim) [whole_body]")->type_name("FILE");
  command->add_option("--from", words->from, "First value, degrees or metres [the coordinate's least]");
  command->add_option("--to", words->to, "Last value, degrees or metres [the coordinate's greatest]");
  command->add_option("--steps", words->steps, "How many values [51]");
  command->add_option("--pose", words->pose, "COORDINATE=VALUE,... of the others, degrees or metres [defaults]");
  command->add_flag("--json", words->json, "As one JSON document");
  command->callback([words, &action] {
    action = [words] {
      print(answer(*words));
      return done;
    };
  });
}

}  // namespace psoas::cli
