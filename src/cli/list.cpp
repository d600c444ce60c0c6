#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "io/json_text.hpp"
#include "model_text.hpp"
#include "options.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/io/read_simulation.hpp"
#include "talk.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

struct ListWords {
  std::string kind, model = "whole_body";
  bool json = false;
};

/// One thing of a list: its name, then facts about it, each below its title.
struct Listing {
  std::string kind;
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;
};

Listing scenarios() {
  Listing out{"scenarios", {"name", "description"}, {}};
  for (const std::string& name : io::scenario_names()) out.rows.push_back({name, io::read_scenario(name).description});
  return out;
}

Listing simulations() {
  Listing out{"simulations", {"name", "description"}, {}};
  for (const std::string& name : io::simulation_names()) {
    out.rows.push_back({name, io::read_simulation(name).about.description});
  }
  return out;
}

Listing models() {
  Listing out{"models", {"name", "description"}, {}};
  for (const std::string& name : io::model_names()) out.rows.push_back({name, io::read_model(name).description});
  return out;
}

Listing muscles(const Model& model) {
  Listing out{"muscles", {"name", "side", "groups"}, {}};
  for (int s = 0; s < model.n_strands(); ++s) {
    std::string groups;
    for (const std::string& name : groups_of(model, s)) groups += (groups.empty() ? "" : " ") + name;
    const Strand& strand = model.strands[static_cast<std::size_t>(s)];
    out.rows.push_back({strand.name, strand.side, groups});
  }
  return out;
}

Listing coordinates(const Model& model) {
  Listing out{"coordinates", {"name", "role", "unit"}, {}};
  for (const Coordinate& c : model.coordinates) {
    out.rows.push_back({c.name, role_name(c.role), c.translational ? "m" : "deg"});
  }
  return out;
}

Listing loads(const Model& model) {
  Listing out{"loads", {"name"}, {}};
  for (const std::string& name : load_names(model)) out.rows.push_back({name});
  return out;
}

std::vector<Listing> asked_for(const ListWords& words) {
  if (words.kind.empty()) return {scenarios(), simulations(), models()};
  word("list", words.kind, {"scenarios", "simulations", "models", "muscles", "coordinates", "loads"});
  if (words.kind == "scenarios") return {scenarios()};
  if (words.kind == "simulations") return {simulations()};
  if (words.kind == "models") return {models()};
  const Model model = read_and_compile(words.model);
  if (words.kind == "muscles") return {muscles(model)};
  if (words.kind == "coordinates") return {coordinates(model)};
  return {loads(model)};
}

std::string json_text(const std::vector<Listing>& listings) {
  io::JsonText json;
  json.object();
  for (const Listing& listing : listings) {
    json.key(listing.kind).array();
    for (const auto& row : listing.rows) {
      json.object(true);
      for (std::size_t i = 0; i < row.size(); ++i) json.member(listing.titles[i], row[i]);
      json.close();
    }
    json.close();
  }
  json.close();
  return json.text() + '\n';
}

std::string plain_text(const std::vector<Listing>& listings) {
  std::string text;
  for (const Listing& listing : listings) {
    std::vector<std::string> titles = listing.titles;
    titles[0] = listing.kind;
    TextTable table(titles);
    for (const auto& row : listing.rows) table.add(row);
    text += (text.empty() ? "" : "\n") + table.text({}, titles.size());
  }
  return text;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  auto words = std::make_shared<ListWords>();
  CLI::App* command = app.add_subcommand("list", "List scenarios, simulations, models, muscles, coordinates or loads");
  command->add_option("KIND", words->kind,
                      "scenarios, simulations, models, muscles, coordinates or loads [the first three]");
  command->add_option("--model", words->model, "Model of muscles, coordinates and loads [whole_body]")
      ->type_name("FILE");
  command->add_flag("--json", words->json, "As one JSON document");
  command->callback([words, &action] {
    action = [words] {
      const std::vector<Listing> listings = asked_for(*words);
      print(words->json ? json_text(listings) : plain_text(listings));
      return done;
    };
  });
}

}  // namespace psoas::cli
