#include "run_notes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "text_table.hpp"

namespace psoas::cli {
namespace {

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
    if (m.coordinate.ends_with("_l") && std::any_of(moved.begin(), moved.end(), other)) continue;
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

std::string run_notes(const Outcome& outcome, const Scenario& scenario, bool colors) {
  return gates_line(outcome, colors) + assembly_line(outcome) + foot(outcome, scenario);
}

}  // namespace psoas::cli
