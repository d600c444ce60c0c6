#include "run_table.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>
#include <vector>

#include "causes.hpp"
#include "psoas/io/summary.hpp"
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
  text += "\ncost " + o.cost + ", tone " + brief(o.task.tone) + ", " + std::to_string(o.time.size());
  text += o.time.size() == 1 ? " frame" : " frames";
  if (o.time.size() > 1) text += " in " + fixed(o.time.back() - o.time.front(), 2) + " s";
  text += ", status " + std::string(to_string(o.status));
  if (o.status == Status::reserve) text += ": reserves carried more than their gate allows, loads are lower bounds";
  return text + "\n\n";
}

void add_load_row(const Outcome& o, const SummaryLeaf& leaf, const std::string& name, TextTable& table) {
  table.add({name, fixed(leaf.peak.value, 0), fixed(leaf.peak.time, 2), fixed(leaf.mean, 0),
             fixed(leaf.peak.value / o.model->body_weight, 2), fixed(leaf.ratio_to_standing, 2),
             percent(psoas_share(o, leaf.name))});
}

std::string load_table(const Outcome& o, const std::vector<SummaryLeaf>& leaves, const Bold& bold) {
  TextTable table({"load", "peak [N]", "at [s]", "mean [N]", "peak [BW]", "x standing", "psoas share [%]"});
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
  TextTable table({"muscle", "peak [N]", "at [s]", "mean [N]", "passive then [N]", "activation then [-]",
                   "fibre then [optimal]", "x standing"});
  for (const SummaryLeaf& leaf : leaves) {
    if (!ends(leaf.name, ".force_N")) continue;
    if (!starts(leaf.name, "psoas.") && !starts(leaf.name, "muscle_groups.iliacus_")) continue;
    const std::string name = (starts(leaf.name, "psoas.") ? "psoas " : "") + readable(owner_of(leaf.name));
    table.add({name, fixed(leaf.peak.value, 0), fixed(leaf.peak.time, 2), fixed(leaf.mean, 0),
               fixed(beside(o, leaf, "passive_N"), 0), fixed(beside(o, leaf, "activation"), 3),
               fixed(beside(o, leaf, "fiber_length_norm"), 2), fixed(leaf.ratio_to_standing, 2)});
  }
  return table.empty() ? "" : table.text(bold) + '\n';
}

std::string support_table(const Outcome& o, const std::vector<SummaryLeaf>& leaves, const Bold& bold) {
  TextTable table({"support", "peak, vertical [N]", "at [s]", "mean [N]", "peak [BW]"});
  for (const SummaryLeaf& leaf : leaves) {
    if (!starts(leaf.name, "supports.") || !ends(leaf.name, ".vertical_N")) continue;
    table.add({readable(owner_of(leaf.name)), fixed(leaf.peak.value, 0), fixed(leaf.peak.time, 2), fixed(leaf.mean, 0),
               fixed(leaf.peak.value / o.model->body_weight, 2)});
  }
  return table.empty() ? "" : table.text(bold) + '\n';
}

/// The three largest causes of a load, and the rest.
std::string causes_line(const Outcome& o, const std::string& load, const std::string& name) {
  const std::vector<CauseShare> causes = causes_at_peak(o, load);
  if (causes.empty()) return "";
  const Peak peak = o.peak(load);
  std::string text = name + ", " + fixed(peak.value, 0) + " N at " + fixed(peak.time, 2) + " s, comes from ";
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
  return text.empty() ? "" : text + '\n';
}

std::string gates_line(const Outcome& o, bool colors) {
  const Verdict verdict = o.verdict();
  const char* color = verdict == Verdict::pass ? "\033[32m" : verdict == Verdict::warn ? "\033[33m" : "\033[31m";
  std::string text = "gates: ";
  text += (colors ? color : "") + std::string(to_string(verdict)) + (colors ? "\033[0m" : "");
  text += " (" + std::to_string(o.gates.size()) + " checked)";
  for (const Gate& gate : o.gates) {
    if (gate.verdict == Verdict::pass) continue;
    const bool failed = gate.verdict == Verdict::fail;
    text += "\n  " + std::string(to_string(gate.verdict)) + ' ' + gate.name + ' ' + brief(gate.value);
    text += " (limit " + brief(failed ? gate.fail : gate.warn) + ')';
    if (!gate.at.empty()) text += " at " + gate.at;
    if (std::isfinite(gate.time)) text += ", " + fixed(gate.time, 2) + " s";
  }
  return text + '\n';
}

/// A wish that assembly moved, as one line; both sides as one where they moved alike.
struct Move {
  double size;  ///< degrees or centimetres; places of the whole body come last
  std::string text;
};

std::vector<Move> moves(const Outcome& o) {
  constexpr double least = 0.05;
  std::vector<Move> out;
  for (const Moved& m : o.task.moved) {
    const auto& all = o.model->coordinates;
    const auto c = std::find_if(all.begin(), all.end(), [&](const Coordinate& x) { return x.name == m.coordinate; });
    const bool metres = c != all.end() && c->translational;
    const double size = std::abs(m.got - m.wish) / (metres ? 0.01 : degree);
    if (size < least) continue;
    const std::string base = m.coordinate.substr(0, m.coordinate.size() - 2);
    const auto other = [&](const Moved& n) {
      return n.keyframe == m.keyframe && n.coordinate == base + "_r" && n.got == m.got && n.wish == m.wish;
    };
    const auto& moved = o.task.moved;
    if (ends(m.coordinate, "_l") && std::any_of(moved.begin(), moved.end(), other)) continue;
    const std::string got = metres ? fixed(m.wish, 3) + " to " + fixed(m.got, 3) + " m"
                                   : fixed(m.wish / degree, 1) + " to " + fixed(m.got / degree, 1) + " deg";
    out.push_back({metres ? size - 1e6 : size, m.keyframe + ' ' + m.coordinate + ' ' + got});
  }
  std::stable_sort(out.begin(), out.end(), [](const Move& a, const Move& b) { return a.size > b.size; });
  return out;
}

/// The four largest moves of assembly; the manifest has them all.
std::string assembly_line(const Outcome& o) {
  const std::vector<Move> all = moves(o);
  if (all.empty()) return "assembly moved nothing by more than 0.05 deg or 0.5 mm\n";
  std::string text = "assembly moved ";
  const std::size_t shown = std::min<std::size_t>(4, all.size());
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + all[i].text;
  if (all.size() > shown) text += " and " + std::to_string(all.size() - shown) + " more (manifest.json)";
  return text + '\n';
}

std::string foot(const Outcome& o, const Scenario& scenario) {
  std::string text;
  for (const Neighbour& n : scenario.neighbours) {
    text += "published: " + n.load + ": " + n.text + " (" + n.source + (n.verified ? ")" : ", not verified)") + '\n';
  }
  text += "x standing: over the peak of " + (o.reference ? o.reference->name : o.name);
  return text + "; psoas share: psoas major, both sides, in that peak\n" +
         "A model estimate for research and teaching. Not a medical device.\n";
}

}  // namespace

std::string run_table(const Outcome& outcome, const Scenario& scenario, bool colors) {
  const Bold bold = colors ? Bold{"\033[1m", "\033[0m"} : Bold{};
  const std::vector<SummaryLeaf> leaves = io::summarize(outcome);
  return head(outcome, scenario, bold) + load_table(outcome, leaves, bold) + muscle_table(outcome, leaves, bold) +
         support_table(outcome, leaves, bold) + limiting_structures(outcome) + gates_line(outcome, colors) +
         assembly_line(outcome) + foot(outcome, scenario);
}

}  // namespace psoas::cli
