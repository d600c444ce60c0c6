#include "psoas/io/summary.hpp"

#include <cmath>
#include <string_view>

#include "io/csv_text.hpp"
#include "io/number_text.hpp"

namespace psoas::io {
namespace {

constexpr double same_time = 1e-9;  ///< [s]

std::string unit_of(std::string_view name) {
  for (const std::string_view unit : {"N", "Nm", "BW"}) {
    if (name.size() > unit.size() && name.substr(name.size() - unit.size()) == unit &&
        name[name.size() - unit.size() - 1] == '_') {
      return std::string(unit);
    }
  }
  return "-";
}

double mean_between(const Outcome& outcome, const VecX& values, double from, double to) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t f = 0; f < outcome.time.size(); ++f) {
    const double value = values(static_cast<Eigen::Index>(f));
    if (std::isnan(value) || outcome.time[f] < from - same_time || outcome.time[f] > to + same_time) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / count : not_a_number;
}

double ratio(const Outcome& outcome, const std::string& name) {
  // a simulation or a recording is no posture to measure by
  const bool recorded = outcome.task.phases.empty() && outcome.time.size() > 1;
  if (!outcome.reference && (outcome.forward || recorded)) return not_a_number;
  if (outcome.reference && outcome.reference->find(name) == nullptr) return not_a_number;
  return outcome.relative_to_standing(name);
}

}  // namespace

std::vector<SummaryLeaf> summarize(const Outcome& outcome) {
  std::vector<SummaryLeaf> leaves;
  leaves.reserve(outcome.channels.size());
  for (const Channel& channel : outcome.channels) {
    SummaryLeaf leaf;
    leaf.name = channel.name;
    leaf.unit = unit_of(channel.name);
    leaf.peak = outcome.peak_of(channel);
    leaf.mean = mean_between(outcome, channel.values, -infinity, infinity);
    leaf.ratio_to_standing = ratio(outcome, channel.name);
    for (const Phase& phase : outcome.task.phases) {
      leaf.phases.emplace_back(phase.name, mean_between(outcome, channel.values, phase.from, phase.to));
    }
    leaves.push_back(std::move(leaf));
  }
  return leaves;
}

std::string summary_csv(const Outcome& outcome) {
  std::string text = "quantity,unit,peak,time_s,mean,band_low,band_high,ratio_to_standing";
  for (const Phase& phase : outcome.task.phases) text += ',' + csv_cell("mean_" + phase.name);
  text += '\n';
  for (const SummaryLeaf& leaf : summarize(outcome)) {
    text += csv_cell(leaf.name) + ',' + leaf.unit;
    for (const double number : {leaf.peak.value, leaf.peak.time, leaf.mean, leaf.band ? leaf.band->first : not_a_number,
                                leaf.band ? leaf.band->second : not_a_number, leaf.ratio_to_standing}) {
      text += ',' + cell_text(number);
    }
    for (const auto& [phase, mean] : leaf.phases) text += ',' + cell_text(mean);
    text += '\n';
  }
  return text;
}

}  // namespace psoas::io
