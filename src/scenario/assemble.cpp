#include <algorithm>
#include <cmath>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/mechanics/band.hpp"
#include "psoas/scenario/mirror_task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "scenario/bands.hpp"
#include "scenario/choice.hpp"
#include "scenario/keyframes.hpp"
#include "scenario/phase_motion.hpp"
#include "scenario/planes.hpp"

namespace psoas {
namespace {

using assembly::Bearing;
using assembly::ClosedKeyframe;

class Assembler {
 public:
  Assembler(const Model& model, const Scenario& scenario) : model_(model), scenario_(scenario), scratch_(model) {}

  Task run() {
    task_.name = scenario_.name;
    check_phases();
    add_bounds();
    keyframes_ = assembly::close_keyframes(model_, scenario_, task_.moved);
    for (const auto& [name, keyframe] : keyframes_) kept_[name] = keyframe.q;
    bearings_ = assembly::bearings_of(model_, scenario_, keyframes_.at(scenario_.phases.front().from).q);
    for (const Bearing& bearing : bearings_) task_.planes.push_back(bearing.plane);
    task_.bands = assembly::bands_of(model_, scenario_);
    add_parameters();
    for (const ScenarioPhase& phase : scenario_.phases) add_phase(phase);
    const std::string& when = scenario_.mirror_when;
    const bool other_side = !when.empty() && assembly::has_choice(scenario_, when, "mirror_when", scenario_.where);
    return other_side ? mirrored(model_, task_) : std::move(task_);
  }

 private:
  void check_phases() const {
    std::vector<Fault> faults;
    std::vector<std::string> keyframes, supports;
    for (const Keyframe& k : scenario_.keyframes) keyframes.push_back(k.name);
    for (const ScenarioSupport& s : scenario_.supports) supports.push_back(s.name);
    const auto check = [&](const char* kind, const std::string& name, const std::vector<std::string>& known,
                           const std::string& where) {
      if (std::count(known.begin(), known.end(), name)) return;
      faults.push_back({where, std::string("no ") + kind + " \"" + name + '"' + did_you_mean(name, known)});
    };
    if (scenario_.phases.empty()) faults.push_back({scenario_.where, "a scenario needs at least one phase"});
    for (std::size_t i = 0; i < scenario_.phases.size(); ++i) {
      const ScenarioPhase& phase = scenario_.phases[i];
      check("keyframe", phase.from, keyframes, phase.where);
      check("keyframe", phase.to, keyframes, phase.where);
      for (const std::string& name : phase.supports) check("support", name, supports, phase.where);
      if (i > 0 && phase.from != scenario_.phases[i - 1].to) {
        faults.push_back({phase.where, "phase \"" + phase.name + "\" must start from keyframe \"" +
                                           scenario_.phases[i - 1].to + "\", where the one before it ends"});
      }
    }
    if (!(scenario_.rate > 0.0 && scenario_.rate <= 10000.0)) {
      faults.push_back({scenario_.where, "the rate must be above 0 and at most 10000 Hz"});
    }
    if (!faults.empty()) throw SpecError(std::move(faults));
  }

  void add_bounds() {
    task_.tone = scenario_.tone;
    task_.lower = VecX::Zero(model_.n_strands());
    task_.upper = VecX::Ones(model_.n_strands());
    for (int s = 0; s < model_.n_strands(); ++s) {
      if (model_.strands[static_cast<std::size_t>(s)].tone) task_.lower(s) = scenario_.tone;
    }
  }

  // places that follow from the pose, and the tightest moment of a band, are results and stand beside the parameters
  void add_parameters() {
    task_.parameters = parameter_values(scenario_);
    for (const ScenarioParameter& p : scenario_.parameters) {
      if (!p.choices.empty()) task_.choices[p.name] = p.choice;
    }
    for (std::size_t i = 0; i < scenario_.supports.size(); ++i) {
      const SupportPlane& plane = task_.planes[i];
      if (scenario_.supports[i].point || plane.normal.y() < 0.5) continue;
      task_.parameters[plane.name + "_height_m"] = plane.point.y();
    }
  }

  void add_phase(const ScenarioPhase& phase) {
    const ClosedKeyframe &from = keyframes_.at(phase.from), &to = keyframes_.at(phase.to);
    const double duration = to.time - from.time;
    const bool still = phase.from == phase.to;
    if (!still && !(duration > 0.0)) {
      throw SpecError({{phase.where, "phase \"" + phase.name + "\" must end after it starts, it lasts " +
                                         std::to_string(duration) + " s"}});
    }
    if (duration * scenario_.rate > 1e6) {
      throw SpecError({{phase.where, "phase \"" + phase.name + "\" would have more than a million frames"}});
    }
    task_.phases.push_back({phase.name, from.time, to.time});
    assembly::PhaseMotion motion(model_, scenario_, phase.name, from, to, kept_);
    const int steps = still ? 0 : std::max(1, static_cast<int>(std::ceil(duration * scenario_.rate - 1e-9)));
    const bool joins = !task_.frames.empty();
    for (int i = 0; i <= steps; ++i) {
      if (i == 0 && joins) {
        support(task_.frames.back(), phase);  // both phases hold at the frame between them
        continue;
      }
      TaskFrame frame;
      frame.time = i == steps ? to.time : from.time + duration * i / steps;
      frame.pose = i == steps ? rest_at(to.q) : i == 0 ? rest_at(from.q) : motion.at(duration * i / steps);
      assembly::check_ranges(model_, frame.pose.q,
                             "phase \"" + phase.name + "\" at " + std::to_string(frame.time) + " s");
      for (const ScenarioLoad& load : scenario_.loads) {
        frame.loads.push_back({load.name, body_of(load), load.at, load.force});
      }
      pull(frame);
      support(frame, phase);
      task_.frames.push_back(std::move(frame));
    }
  }

  void pull(TaskFrame& frame) {
    compute_kinematics(model_, frame.pose, scratch_);
    for (const Band& band : task_.bands) {
      const BandPull pull = band_pull(scratch_, band);
      frame.loads.push_back({band.name, band.ends[0].body, band.ends[0].at, pull.force});
      frame.loads.push_back({band.name, band.ends[1].body, band.ends[1].at, -pull.force});
      double& longest = task_.parameters.try_emplace(band.name + "_length_m", 0.0).first->second;
      double& strongest = task_.parameters.try_emplace(band.name + "_force_N", 0.0).first->second;
      longest = std::max(longest, pull.length), strongest = std::max(strongest, pull.tension);
    }
  }

  Pose rest_at(const VecX& q) const { return {q, VecX::Zero(q.size()), VecX::Zero(q.size())}; }

  int body_of(const ScenarioLoad& load) const {
    try {
      return model_.body(load.body);
    } catch (const Error& error) {
      throw SpecError({{load.where, error.what()}});
    }
  }

  /// Adds the nodes that may press in this phase, those left out that may already.
  void support(TaskFrame& frame, const ScenarioPhase& phase) {
    std::vector<bool> on;
    for (const Bearing& bearing : bearings_) {
      on.push_back(std::count(phase.supports.begin(), phase.supports.end(), bearing.plane.name) > 0);
    }
    for (const ActiveNode& node : assembly::active_nodes(model_, frame.pose, bearings_, on, scratch_)) {
      const bool there = std::any_of(frame.supports.begin(), frame.supports.end(), [&](const ActiveNode& other) {
        return other.node == node.node && other.plane == node.plane;
      });
      if (!there) frame.supports.push_back(node);
    }
  }

  const Model& model_;
  const Scenario& scenario_;
  Kinematics scratch_;
  Task task_;
  std::map<std::string, ClosedKeyframe> keyframes_;
  std::map<std::string, VecX> kept_;
  std::vector<Bearing> bearings_;
};

}  // namespace

Task assemble(const Model& model, const Scenario& scenario) { return Assembler(model, scenario).run(); }

}  // namespace psoas
