#pragma once

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/model/check.hpp"
#include "psoas/model/link_checker.hpp"
#include "psoas/model/spec.hpp"

namespace psoas {

namespace detail {

/// Goes through a description part by part.
class SpecChecker : LinkChecker {
 public:
  explicit SpecChecker(const ModelSpec& spec) : LinkChecker(spec) {}

  std::vector<Fault> run() {
    collect_names();
    check_model();
    for (const BodySpec& body : spec_.bodies) check_body(body);
    check_tree();
    for (const JointSpec& joint : spec_.joints) check_joint(joint);
    check_coordinates();
    for (const SurfaceSpec& surface : spec_.surfaces) check_surface(surface);
    for (const MuscleSpec& muscle : spec_.muscles) check_muscle(muscle);
    check_actuators();
    check_links();
    check_regions();
    return std::move(faults_);
  }

 private:
  void check_model() {
    const PersonSpec& person = spec_.person;
    if (!(spec_.gravity >= 0.0) || !std::isfinite(spec_.gravity)) fault("", "gravity must be >= 0 m/s2");
    if (!(person.mass > 0.0)) fault("", "person: mass must be > 0 kg, got " + text_of(person.mass));
    if (!(person.height > 0.0)) fault("", "person: height must be > 0 m, got " + text_of(person.height));
    if (spec_.bodies.empty()) fault("", "a model needs at least one body");
    const RecruitSpec& r = spec_.recruit;
    if (!known({"volume", "pcsa", "activation"}, r.cost)) {
      fault(r.where, "recruit: no cost \"" + r.cost + '"' + did_you_mean(r.cost, {"volume", "pcsa", "activation"}));
    }
    if (r.power < 2 || r.power > 10) fault(r.where, "recruit: power must be 2 to 10, got " + std::to_string(r.power));
    const std::pair<const char*, double> weights[] = {{"w_support", r.w_support},
                                                      {"w_shear", r.w_shear},
                                                      {"w_reserve", r.w_reserve},
                                                      {"w_motor", r.w_motor},
                                                      {"w_motor_pressing", r.w_motor_pressing},
                                                      {"w_abdomen", r.w_abdomen}};
    for (const auto& [name, weight] : weights) {
      if (!(weight > 0.0) || !std::isfinite(weight)) {
        fault(r.where, std::string("recruit: ") + name + " must be > 0, got " + text_of(weight));
      }
    }
    if (!(r.level_rotation_cost > 0.0)) fault(r.where, "recruit: level_rotation_cost must be > 0");
  }

  void check_body(const BodySpec& body) {
    const std::string who = "body \"" + body.name + '"';
    require(body.mass.value >= 0.0 && std::isfinite(body.mass.value), body.mass, who + ": mass", ">= 0 kg", body.where);
    source(body.source, who, body.where);
    const Mat3& I = body.inertia;
    if (!I.allFinite() || !body.mass_center.allFinite()) {
      fault(body.where, who + ": mass centre and inertia must be finite");
      return;
    }
    if (body.mass.value > 0.0 && !spec_.imported) {
      // principal moments of a real body obey the triangle inequality: the second moments are not negative
      const Mat3 second = 0.5 * I.trace() * Mat3::Identity() - I;
      const double least = Eigen::SelfAdjointEigenSolver<Mat3>(second, Eigen::EigenvaluesOnly).eigenvalues()(0);
      if (least < -1e-9 * std::max(1.0, I.trace())) {
        fault(body.where, who + ": no real body has this inertia (one principal moment exceeds the sum of the others)");
      }
    }
  }

  void check_tree() {
    std::map<std::string, std::string> parent;
    for (const JointSpec& joint : spec_.joints) {
      if (!parent.emplace(joint.child, joint.parent).second) {
        fault(joint.where, "body \"" + joint.child + "\" is carried by two joints");
      }
    }
    std::set<std::string> in_loop;
    for (const BodySpec& body : spec_.bodies) {
      if (!parent.count(body.name)) fault(body.where, "body \"" + body.name + "\" is carried by no joint");
      std::string at = body.name;
      for (std::size_t steps = 0; parent.count(at) && at != "ground"; ++steps) {
        at = parent[at];
        if (at != body.name && steps <= spec_.bodies.size()) continue;
        if (at == body.name && in_loop.insert(body.name).second) report_loop(body, parent, in_loop);
        break;
      }
    }
  }

  /// One fault for a closed loop of joints, naming its bodies.
  void report_loop(const BodySpec& body, std::map<std::string, std::string>& parent, std::set<std::string>& in_loop) {
    std::string names = body.name;
    for (std::string at = parent[body.name]; at != body.name; at = parent[at]) {
      names += ", " + at;
      in_loop.insert(at);
    }
    fault(body.where, "a closed loop of joints: " + names);
  }

  void check_joint(const JointSpec& joint) {
    const std::string who = "joint \"" + joint.name + '"';
    if (joint.parent != "ground") reference(bodies_, joint.parent, who, "body", joint.where);
    reference(bodies_, joint.child, who, "body", joint.where);
    source(joint.source, who, joint.where);
    if (joint.rotations.size() > 3) fault(joint.where, who + ": at most three rotations");
    if (joint.translations.size() > 3) fault(joint.where, who + ": at most three translations");
    for (const auto* axes : {&joint.rotations, &joint.translations}) {
      for (const AxisSpec& axis : *axes) {
        if (std::abs(axis.axis.norm() - 1.0) > 1e-5) fault(joint.where, who + ": an axis is not a unit vector");
        if (!axis.coordinate.empty()) reference(coordinates_, axis.coordinate, who, "coordinate", joint.where);
        function(axis.function, who, joint.where);
      }
    }
    for (int axis : joint.balanced_axes) {
      if (axis < 0 || axis > 2) fault(joint.where, who + ": balanced axes are x, y or z");
    }
  }

  void check_coordinates() {
    std::map<std::string, std::string> leader;
    for (const CoordinateSpec& c : spec_.coordinates) {
      const std::string who = "coordinate \"" + c.name + '"';
      source(c.source, who, c.where);
      if (!(c.minimum < c.maximum)) fault(c.where, who + ": its range must run from a smaller to a larger value");
      if (!(c.default_value >= c.minimum && c.default_value <= c.maximum)) {
        fault(c.where, who + ": its default lies outside its range");
      }
      if (c.role != Role::follows) continue;
      reference(coordinates_, c.leader, who, "coordinate", c.where);
      function(c.coupling, who, c.where);
      leader[c.name] = c.leader;
    }
    for (const CoordinateSpec& c : spec_.coordinates) {
      std::string at = c.name;
      for (std::size_t steps = 0; leader.count(at); ++steps) {
        if (steps > spec_.coordinates.size()) {
          fault(c.where, "coordinate \"" + c.name + "\" follows itself");
          break;
        }
        at = leader[at];
      }
    }
  }

  void check_surface(const SurfaceSpec& surface) {
    const std::string who = "surface \"" + surface.name + '"';
    reference(bodies_, surface.body, who, "body", surface.where);
    source(surface.source, who, surface.where);
    const Names kinds{"cylinder", "sphere", "ellipsoid", "torus"};
    if (!known(kinds, surface.kind)) {
      fault(surface.where, who + ": no kind \"" + surface.kind + '"' + did_you_mean(surface.kind, kinds));
    }
    if (surface.kind == "ellipsoid") {
      if (!(surface.half_axes.minCoeff() > 0.0) || !surface.half_axes.allFinite()) {
        fault(surface.where, who + ": half axes must be > 0 m");
      }
      return;
    }
    require(surface.radius.value > 0.0 && std::isfinite(surface.radius.value), surface.radius, who + ": radius",
            "> 0 m", surface.where);
    if (surface.kind != "torus") return;
    require(surface.ring_radius.value > surface.radius.value && std::isfinite(surface.ring_radius.value),
            surface.ring_radius, who + ": ring_radius", "> the radius of its tube", surface.where);
  }

  void check_point(const PointSpec& point, const std::string& who, const std::string& where) {
    reference(bodies_, point.body, who, "body", where);
    if (!point.at.allFinite()) fault(where, who + ": a point is not finite");
    if (point.condition) {
      reference(coordinates_, point.condition->coordinate, who, "coordinate", where);
      if (!(point.condition->minimum < point.condition->maximum)) {
        fault(where, who + ": the range of a conditional point must run from a smaller to a larger value");
      }
    }
    if (point.coordinate.empty()) return;
    reference(coordinates_, point.coordinate, who, "coordinate", where);
    for (const auto& f : point.functions) {
      if (f) function(*f, who, where);
    }
  }

  void check_muscle(const MuscleSpec& m) {
    const std::string who = "muscle \"" + m.name + '"';
    source(m.source, who, m.where);
    if (m.points.size() < 2) fault(m.where, who + ": a path needs at least two points");
    for (const PointSpec& point : m.points) check_point(point, who, m.where);
    if (!m.points.empty() && (m.points.front().condition || m.points.back().condition)) {
      fault(m.where, who + ": the first and the last point of a path cannot be conditional");
    }
    std::map<int, int> wraps_on;
    for (const PathWrapSpec& wrap : m.wraps) {
      reference(surfaces_, wrap.surface, who, "surface", m.where);
      if (wrap.segment < 0 || wrap.segment + 2 > static_cast<int>(m.points.size())) {
        fault(m.where, who + ": no segment " + std::to_string(wrap.segment) + " to wrap");
      }
      const auto surface = std::find_if(spec_.surfaces.begin(), spec_.surfaces.end(),
                                        [&](const SurfaceSpec& s) { return s.name == wrap.surface; });
      if (wrap.side.size() == 2 && surface != spec_.surfaces.end() && surface->kind != "cylinder") {
        fault(m.where, who + ": only a cylinder has a half to pass over, \"" + wrap.surface + "\" is none");
      }
      if (++wraps_on[wrap.segment] > 4) fault(m.where, who + ": at most four surfaces on one segment");
      const Names sides{"clockwise", "counterclockwise", "shortest", "+x", "-x", "+y", "-y"};
      if (!known(sides, wrap.side))
        fault(m.where, who + ": no side \"" + wrap.side + '"' + did_you_mean(wrap.side, sides));
    }
    const auto positive = [&](const Quantity& q, const char* name, const char* rule) {
      require(q.value > 0.0 && std::isfinite(q.value), q, who + ": " + name, rule, m.where);
    };
    positive(m.pcsa, "pcsa", "> 0 m2");
    positive(m.specific_tension, "specific_tension", "> 0 N/m2");
    positive(m.optimal_fiber_length, "optimal_fiber_length", "> 0 m");
    positive(m.passive_strain, "passive_strain", "> 0");
    positive(m.max_contraction_velocity, "max_contraction_velocity", "> 0 1/s");
    const auto check = [&](bool holds, const Quantity& q, const char* name, const char* rule) {
      require(holds && std::isfinite(q.value), q, who + ": " + name, rule, m.where);
    };
    check(m.strength.value >= 0.0, m.strength, "strength", ">= 0");
    check(m.tendon_slack_length.value >= 0.0, m.tendon_slack_length, "tendon_slack_length", ">= 0 m");
    check(m.pennation.value >= 0.0 && m.pennation.value < 1.4, m.pennation, "pennation", "in [0, 1.4) rad");
    check(m.active_width.value >= 1.0, m.active_width, "active_width", ">= 1");
    check(m.minimum_activation.value >= 0.0 && m.minimum_activation.value < 1.0, m.minimum_activation,
          "minimum_activation", "in [0, 1)");
    std::vector<std::string> shape;
    if (m.type == muscle::MuscleType::Thelen2003) shape = muscle::faults_in(m.thelen);
    if (m.type == muscle::MuscleType::Millard2012) shape = muscle::faults_in(m.millard, m.passive_strain.value);
    for (const std::string& rule : shape) fault(m.where, who + ": " + rule);
  }

  void check_actuators() {
    for (const ActuatorSpec& actuator : spec_.actuators) {
      const std::string who = "actuator \"" + actuator.name + '"';
      reference(coordinates_, actuator.coordinate, who, "coordinate", actuator.where);
      require(actuator.optimal_force.value != 0.0 && std::isfinite(actuator.optimal_force.value),
              actuator.optimal_force, who + ": optimal_force", "finite and not 0", actuator.where);
      if (!(actuator.minimum_control <= actuator.maximum_control)) {
        fault(actuator.where, who + ": minimum_control must not be above maximum_control");
      }
    }
  }

  void check_regions() {
    for (const LevelSpec& level : spec_.levels) {
      const std::string who = "level \"" + level.name + '"';
      reference(joints_, level.joint, who, "joint", level.where);
      for (const std::string& c : level.coordinates) reference(coordinates_, c, who, "coordinate", level.where);
      require(level.disc_stiffness.value >= 0.0, level.disc_stiffness, who + ": disc_stiffness", ">= 0", level.where);
      source(level.source, who, level.where);
    }
    for (const HipSpec& hip : spec_.hips) {
      const std::string who = "hip \"" + hip.side + '"';
      reference(joints_, hip.joint, who, "joint", hip.where);
      reference(coordinates_, hip.flexion, who, "coordinate", hip.where);
      require(hip.capsule_stiffness.value >= 0.0, hip.capsule_stiffness, who + ": capsule_stiffness", ">= 0",
              hip.where);
    }
    for (const PatchSpec& patch : spec_.patches) {
      const std::string who = "patch \"" + patch.name + '"';
      if (patch.nodes.empty()) fault(patch.where, who + ": needs at least one node");
      for (const PointSpec& node : patch.nodes) check_point(node, who, patch.where);
    }
  }
};

}  // namespace detail

PSOAS_INLINE std::vector<Fault> faults_in(const ModelSpec& spec) { return detail::SpecChecker(spec).run(); }

}  // namespace psoas
