#include "run_table.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>
#include <vector>

#include "causes.hpp"
#include "psoas/io/summary.hpp"
#include "run_notes.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

using io::SummaryLeaf;
using Bold = std::pair<std::string, std::string>;

bool starts(const std::string& text, std::string_view with) { return text.rfind(with, 0) == 0; }

bool ends(const std::string& text, std::string_view with) {
  return text.size() >= with.size() && text.compare(text.size() - with.size(), with.size(), with) == 0;
}

/// The owner in a channel name: `L4_L5` in `spine.L4_L5.compression_N`.
std::string owner_of(const std::string& name) {
  const std::size_t first = name.find('.') + 1;
  return name.substr(first, name.rfind('.') - first);
}

/// `L4/L5` for a level, `right` for a side, blanks for underscores.
std::string readable(std::string owner) {
  if (owner == "r") return "right";
  if (owner == "l") return "left";
  const bool level = owner.size() > 1 && (owner[0] == 'L' || owner[0] == 'T') && std::isdigit(owner[1]) != 0;
  std::replace(owner.begin(), owner.end(), '_', level ? '/' : ' ');
  if (ends(owner, " r")) owner.replace(owner.size() - 1, 1, "right");
  if (ends(owner, " l")) owner.replace(owner.size() - 1, 1, "left");
  return owner;
}

std::string percent(double share) { return fixed(100.0 * share, 0); }

std::string head(const Outcome& o, const Scenario& scenario, const Bold& bold) {
  std::string text = bold.first + o.name + bold.second;
  if (!scenario.description.empty()) text += ": " + scenario.description;
  text += "\nmodel " + o.model->name + ", " + fixed(o.model->mass, 1) + " kg";
  if (o.model->spec) text += ", " + fixed(o.model->spec->person.height, 2) + " m, " + o.model->spec->person.sex;
  for (const ScenarioParameter& p : scenario.parameters) {
    text += ", " + p.name + ' ' + (p.choices.empty() ? brief(p.value) : p.choice);
  }
  text += "\ncost " + o.cost + ", tone " + brief(o.task.tone);
  if (o.task.tone > 0.0) text += " (least activation of trunk muscles and psoas)";
  text += ", " + std::to_string(o.time.size());
  text += o.time.size() == 1 ? " frame" : " frames";
  if (o.time.size() > 1) text += " in " + fixed(o.time.back() - o.time.front(), 2) + " s";
  text += ", status " + std::string(to_string(o.status));
  if (o.status == Status::reserve) text += ": reserves carried more than their gate allows, loads are lower bounds";
  return text + "\n\n";
}

using Cells = std::vector<std::string>;

/// One cell where the motion has one phase, one for each phase where it has more.
Cells mean_titles(const Outcome& o) {
  Cells titles;
  for (const Phase& phase : o.task.phases) titles.push_back("mean " + phase.name + " [N]");
  return titles.size() > 1 ? titles : Cells{"mean [N]"};
}

Cells mean_cells(const SummaryLeaf& leaf) {
  Cells cells;
  for (const auto& [phase, mean] : leaf.phases) cells.push_back(fixed(mean, 0));
  return cells.size() > 1 ? cells : Cells{fixed(leaf.mean, 0)};
}

/// `6.96 down`: when, and in which phase where there are several.
std::string moment_of(const Outcome& o, double time) {
  std::string text = fixed(time, 2);
  if (o.task.phases.size() < 2) return text;
  const auto holds = [&](const Phase& phase) { return time >= phase.from && time <= phase.to; };
  const auto phase = std::find_if(o.task.phases.begin(), o.task.phases.end(), holds);
  return phase == o.task.phases.end() ? text : text + ' ' + phase->name;
}

void append(Cells& cells, const Cells& more) { cells.insert(cells.end(), more.begin(), more.end()); }

void add_load_row(const Outcome& o, const SummaryLeaf& leaf, const std::string& name, TextTable& table) {
  Cells cells{name, fixed(leaf.peak.value, 0), moment_of(o, leaf.peak.time)};
  append(cells, mean_cells(leaf));
  append(cells, {fixed(leaf.peak.value / o.model->body_weight, 2), fixed(leaf.ratio_to_standing, 2),
                 percent(psoas_share(o, leaf.name))});
  table.add(cells);
}

std::string load_table(const Outcome& o, const std::vector<SummaryLeaf>& leaves, const Bold& bold) {
  Cells titles{"load", "peak [N]", "at [s]"};
  append(titles, mean_titles(o));
  append(titles, {"peak [BW]", "x standing", "psoas share [%]"});
  TextTable table(titles);
  for (const SummaryLeaf& leaf : leaves) {
    if (!starts(leaf.name, "spine.")) continue;
    const std::string level = readable(owner_of(leaf.name));
    if (ends(leaf.name, ".compression_N")) add_load_row(o, leaf, level + " compression", table);
    if (ends(leaf.name, ".shear_ap_N")) add_load_row(o, leaf, level + " shear, + forward", table);
  }
  for (const SummaryLeaf& leaf : leaves) {
    if (!starts(leaf.name, "hip.") || !ends(leaf.name, ".force_N")) continue;
    add_load_row(o, leaf, "hip " + readable(owner_of(leaf.name)), table);
  }
  return table.empty() ? "" : table.text(bold) + '\n';
}

/// Value of another channel of the same owner in the frame of a peak.
double beside(const Outcome& o, const SummaryLeaf& leaf, const char* quantity) {
  const Channel* channel = o.find(leaf.name.substr(0, leaf.name.rfind('.') + 1) + quantity);
  return channel == nullptr || leaf.peak.frame < 0 ? not_a_number : channel->values(leaf.peak.frame);
}

std::string muscle_table(const Outcome& o, const std::vector<SummaryLeaf>& leaves, const Bold& bold) {
  Cells titles{"muscle", "peak [N]", "at [s]"};
  append(titles, mean_titles(o));
  append(titles, {"passive then [N]", "activation then [-]", "fibre then [optimal]", "x standing"});
  TextTable table(titles);
  for (const SummaryLeaf& leaf : leaves) {
    if (!ends(leaf.name, ".force_N")) continue;
    if (!starts(leaf.name, "psoas.") && !starts(leaf.name, "muscle_groups.iliacus_")) continue;
    const std::string name = (starts(leaf.name, "psoas.") ? "psoas " : "") + readable(owner_of(leaf.name));
    Cells cells{name, fixed(leaf.peak.value, 0), moment_of(o, leaf.peak.time)};
    append(cells, mean_cells(leaf));
    append(cells, {fixed(beside(o, leaf, "passive_N"), 0), fixed(beside(o, leaf, "activation"), 3),
                   fixed(beside(o, leaf, "fiber_length_norm"), 2), fixed(leaf.ratio_to_standing, 2)});
    table.add(cells);
  }
  return table.empty() ? "" : table.text(bold) + '\n';
}

std::string support_table(const Outcome& o, const std::vector<SummaryLeaf>& leaves, const Bold& bold) {
  Cells titles{"support, vertical", "peak [N]", "at [s]"};
  append(titles, mean_titles(o));
  append(titles, {"peak [BW]"});
  TextTable table(titles);
  for (const SummaryLeaf& leaf : leaves) {
    if (!starts(leaf.name, "supports.") || !ends(leaf.name, ".vertical_N")) continue;
    Cells cells{readable(owner_of(leaf.name)), fixed(leaf.peak.value, 0), moment_of(o, leaf.peak.time)};
    append(cells, mean_cells(leaf));
    append(cells, {fixed(leaf.peak.value / o.model->body_weight, 2)});
    table.add(cells);
  }
  return table.empty() ? "" : table.text(bold) + '\n';
}

/// The three largest causes of a load, and the rest.
std::string causes_line(const Outcome& o, const std::string& load, const std::string& name) {
  const std::vector<CauseShare> causes = causes_at_peak(o, load);
  if (causes.empty()) return "";
  const Peak peak = o.peak(load);
  std::string text = name + ", " + fixed(peak.value, 0) + " N at " + moment_of(o, peak.time) + ", comes from ";
  double rest = peak.value;
  const auto part = [&](double value) { return fixed(value, 0) + " N (" + percent(value / peak.value) + " %)"; };
  for (std::size_t i = 0; i < std::min<std::size_t>(3, causes.size()); ++i) {
    std::string cause = causes[i].name;
    std::replace(cause.begin(), cause.end(), '_', ' ');
    text += (i == 0 ? "" : ", ") + cause + ' ' + part(causes[i].value);
    rest -= causes[i].value;
  }
  if (causes.size() > 3) text += ", " + std::to_string(causes.size() - 3) + " others " + part(rest);
  return text + '\n';
}

std::string limiting_structures(const Outcome& o) {
  std::string text;
  for (const char* level : {"L4_L5", "L5_S1"}) {
    for (const char* leaf : {"compression_N", "shear_ap_N"}) {
      const std::string name = readable(level) + (leaf[0] == 'c' ? " compression" : " shear");
      text += causes_line(o, std::string("spine.") + level + '.' + leaf, name);
    }
  }
  for (const char* side : {"r", "l"}) {
    text += causes_line(o, std::string("hip.") + side + ".force_N", "hip " + readable(side));
  }
  return text.empty() ? "" : text + '\n';
}

}  // namespace

std::string run_table(const Outcome& outcome, const Scenario& scenario, bool colors) {
  const Bold bold = colors ? Bold{"\033[1m", "\033[0m"} : Bold{};
  const std::vector<SummaryLeaf> leaves = io::summarize(outcome);
  return head(outcome, scenario, bold) + load_table(outcome, leaves, bold) + muscle_table(outcome, leaves, bold) +
         support_table(outcome, leaves, bold) + limiting_structures(outcome) + run_notes(outcome, scenario, colors);
}

}  // namespace psoas::cli
