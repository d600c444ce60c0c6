#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/json_text.hpp"
#include "io/subject_json.hpp"
#include "psoas/io/summary.hpp"

namespace psoas::io {
namespace {

constexpr std::array sections{"spine", "hip", "psoas", "muscle_groups", "supports", "moments"};

/// What one body part, muscle or support has: `hip.r`, with force_N, anterior_N, …
struct Owner {
  std::string_view section, name;
  std::vector<std::pair<std::string_view, const SummaryLeaf*>> leaves;
};

/// Leaves by section and owner, in their order. Psoas minor is named where it is absent as well.
std::vector<Owner> owners_of(const std::vector<SummaryLeaf>& leaves) {
  std::vector<Owner> owners;
  for (const char* name : {"major_r", "major_l", "minor_r", "minor_l"}) owners.push_back({"psoas", name, {}});
  for (const SummaryLeaf& leaf : leaves) {
    const std::string_view name = leaf.name;
    const std::size_t first = name.find('.'), last = name.rfind('.');
    if (first == last) continue;
    const std::string_view section = name.substr(0, first), owner = name.substr(first + 1, last - first - 1);
    auto place = std::find_if(owners.begin(), owners.end(),
                              [&](const Owner& o) { return o.section == section && o.name == owner; });
    if (place == owners.end()) place = owners.insert(place, {section, owner, {}});
    place->leaves.emplace_back(name.substr(last + 1), &leaf);
  }
  return owners;
}

void write_leaf(JsonText& json, const SummaryLeaf& leaf) {
  json.object(true);
  json.member("peak", leaf.peak.value).member("time_s", leaf.peak.time).member("mean", leaf.mean);
  json.key("band");
  if (leaf.band) {
    json.array().value(leaf.band->first).value(leaf.band->second).close();
  } else {
    json.null();
  }
  json.member("ratio_to_standing", leaf.ratio_to_standing);
  json.key("phases").object();
  for (const auto& [phase, mean] : leaf.phases) json.member(phase, mean);
  json.close().close();
}

void write_section(JsonText& json, std::string_view section, const std::vector<Owner>& owners) {
  json.key(section).object();
  for (const Owner& owner : owners) {
    if (owner.section != section) continue;
    json.key(owner.name);
    if (owner.leaves.empty()) {
      json.null();
      continue;
    }
    json.object();
    for (const auto& [quantity, leaf] : owner.leaves) {
      json.key(quantity);
      write_leaf(json, *leaf);
    }
    json.close();
  }
  json.close();
}

void write_gates(JsonText& json, const std::vector<Gate>& gates) {
  json.key("gates").array();
  for (const Gate& gate : gates) {
    json.object(true).member("name", gate.name).member("value", gate.value);
    json.member("warn", gate.warn).member("fail", gate.fail).member("verdict", to_string(gate.verdict));
    json.key("at");
    if (gate.at.empty()) {
      json.null();
    } else {
      json.value(gate.at);
    }
    json.member("time_s", gate.time).close();
  }
  json.close();
}

/// How a simulation went, and what was watched.
void write_forward(JsonText& json, const ForwardReport& report) {
  json.key("forward").object();
  json.member("status", to_string(report.status));
  json.key("reason");
  report.reason.empty() ? json.null() : json.value(report.reason);
  json.member("duration_s", report.duration).member("steps", static_cast<std::uint64_t>(report.steps));
  json.member("rhs_evaluations", static_cast<std::uint64_t>(report.rhs_evaluations));
  json.member("fiber_evaluations", static_cast<std::uint64_t>(report.fiber_evaluations));
  json.member("elastic_tendons", report.elastic_tendons).member("rigid_tendons", report.rigid_tendons);
  if (report.settled) json.member("settled", *report.settled);
  for (const auto& [name, numbers] : report.watched) {
    json.key(name).object(true);
    for (const auto& [key, number] : numbers) json.member(key, number);
    json.close();
  }
  json.close();
}

}  // namespace

std::string summary_json(const Outcome& outcome) {
  JsonText json;
  json.object().member("schema", 1).member("scenario", outcome.name).member("status", to_string(outcome.status));
  json.key("subject");
  write_subject(json, *outcome.model);
  json.key("parameters").object(true);
  for (const auto& [name, value] : outcome.task.parameters) json.member(name, value);
  for (const auto& [name, word] : outcome.task.choices) json.member(name, word);
  json.close();
  json.member("cost", outcome.cost).member("frames", static_cast<int>(outcome.time.size()));
  json.member("failed_frames", outcome.failed_frames());
  const std::vector<SummaryLeaf> leaves = summarize(outcome);
  const std::vector<Owner> owners = owners_of(leaves);
  for (const char* section : sections) write_section(json, section, owners);
  write_gates(json, outcome.gates);
  if (outcome.forward) write_forward(json, *outcome.forward);
  json.close();
  return json.text() + '\n';
}

}  // namespace psoas::io
