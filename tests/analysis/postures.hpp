#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "psoas/analysis/frame.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/scenario/scenario.hpp"
#include "whole_body.hpp"

/// Solved frames of the ready scenarios, for laws that hold of every frame.
namespace postures {

inline psoas::Task task(const psoas::Model& model, const std::string& name,
                        const std::vector<std::pair<std::string, std::string>>& parameters = {}) {
  psoas::Scenario scenario = psoas::io::read_scenario(name);
  for (const auto& [parameter, value] : parameters) psoas::set_parameter(scenario, parameter, value);
  return psoas::assemble(model, scenario);
}

/// A posture held still, and one in the middle of a movement, on both legs, on one, lying.
inline const std::vector<std::pair<psoas::Task, int>>& all() {
  static const std::vector<std::pair<psoas::Task, int>> frames = [] {
    const psoas::Model& model = whole_body::model();
    std::vector<std::pair<psoas::Task, int>> out;
    out.emplace_back(task(model, "standing"), 0);
    out.emplace_back(task(model, "sitting"), 0);
    out.emplace_back(task(model, "lunge"), 0);
    psoas::Task bridge = task(model, "bridge");
    const int last = static_cast<int>(bridge.frames.size()) - 1;
    for (const int frame : {0, 20, last / 2, last - 15}) out.emplace_back(bridge, frame);
    return out;
  }();
  return frames;
}

/// Solves a frame from cold; the reason is the test's to look at.
inline psoas::Status solve(const psoas::Model& model, const psoas::Task& task, int frame, psoas::Workspace& w,
                           psoas::AnalyzeOptions options = {}) {
  options.recruit.warm_start = false;
  return psoas::solve_frame(model, psoas::at(task, frame), options, w);
}

inline double load(const psoas::Workspace& w, const std::string& name) {
  for (const psoas::Load& l : w.loads.loads) {
    if (l.name == name) return l.value;
  }
  return psoas::not_a_number;
}

}  // namespace postures
