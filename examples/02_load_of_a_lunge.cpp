// What a lunge loads on the lowest lumbar discs of one woman, and which structure causes it.
//
// Newton-Euler gives what the posture needs, a convex program shares it between muscles, floor and tissue, and the
// forces that cross a disc add up to its load. Prints the compression at L4/L5 [N] and the largest parts of it [N].

#include <algorithm>
#include <cmath>
#include <iostream>

#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/scenario/run.hpp"
#include "psoas/subject/personalize.hpp"

int main() {
  const psoas::Subject who{.mass_kg = 62, .height_m = 1.64, .sex = psoas::Sex::female};
  const psoas::Model model = psoas::compile(psoas::personalize(psoas::io::read_model("whole_body"), who));
  const psoas::Outcome lunge = psoas::run(model, psoas::io::read_scenario("lunge"));
  if (!lunge.usable()) return 4;

  const std::string load = "spine.L4_L5.compression_N";
  const psoas::Peak peak = lunge.peak(load);
  std::cout << peak.value << " N at " << peak.time << " s, " << lunge.relative_to_standing(load) << " x standing\n";

  std::vector<psoas::LedgerEntry> parts;
  for (const psoas::LedgerEntry& entry : lunge.ledger) {
    if (entry.load == load && entry.cause == "sum") parts.push_back(entry);
  }
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return std::abs(a.value) > std::abs(b.value); });
  for (std::size_t i = 0; i < std::min<std::size_t>(5, parts.size()); ++i) {
    std::cout << "  " << parts[i].part << ' ' << parts[i].value << " N\n";
  }
  return 0;
}
