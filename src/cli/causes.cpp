#include "causes.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace psoas::cli {
namespace {

/// The muscle that a strand belongs to, without its side.
std::string muscle_of(const Model& model, const std::string& strand) {
  for (const Group& group : model.groups) {
    if (!group.main) continue;
    for (const int s : group.strands) {
      if (model.strands[static_cast<std::size_t>(s)].name == strand) return group.base;
    }
  }
  return strand;
}

std::string name_of(const Model& model, const LedgerEntry& entry) {
  if (entry.cause == "muscle") return muscle_of(model, entry.part);
  if (entry.cause == "gravity") return "weight beyond the joint";
  if (entry.cause == "inertia") return "inertia beyond the joint";
  if (entry.cause == "support") return "support at " + entry.part;
  if (entry.cause == "external") return "load " + entry.part;
  if (entry.cause == "ligament" || entry.cause == "bushing") return entry.cause + ' ' + entry.part;
  return entry.cause;
}

}  // namespace

std::vector<CauseShare> causes_at_peak(const Outcome& outcome, std::string_view load) {
  const Channel* channel = outcome.find(load);
  if (channel == nullptr) return {};
  const double time = outcome.peak_of(*channel).time;
  std::map<std::string, double> sums;
  for (const LedgerEntry& entry : outcome.ledger) {
    if (entry.load != load || entry.time != time || entry.cause == "total" || entry.cause == "sum") continue;
    sums[name_of(*outcome.model, entry)] += entry.value;
  }
  std::vector<CauseShare> causes;
  for (const auto& [name, value] : sums) causes.push_back({name, value});
  std::stable_sort(causes.begin(), causes.end(),
                   [](const CauseShare& a, const CauseShare& b) { return std::abs(a.value) > std::abs(b.value); });
  return causes;
}

double psoas_share(const Outcome& outcome, std::string_view load) {
  const std::vector<CauseShare> causes = causes_at_peak(outcome, load);
  double total = 0.0, psoas = 0.0;
  for (const CauseShare& cause : causes) {
    total += cause.value;
    if (cause.name == "psoas") psoas += cause.value;
  }
  return causes.empty() || total == 0.0 ? not_a_number : psoas / total;
}

}  // namespace psoas::cli
