#pragma once

#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "psoas/model/spec.hpp"

namespace psoas::test {

/// Collects where two descriptions differ, places in files aside. Numbers are compared bit for bit.
class Differences {
 public:
  std::string text;

  void of(const std::string& at, double a, double b) {
    const bool both_nan = a != a && b != b;
    if (!both_nan && std::bit_cast<std::uint64_t>(a) != std::bit_cast<std::uint64_t>(b)) {
      text += at + ": " + std::to_string(a) + " and " + std::to_string(b) + '\n';
    }
  }
  void of(const std::string& at, const std::string& a, const std::string& b) {
    if (a != b) text += at + ": \"" + a + "\" and \"" + b + "\"\n";
  }
  void of(const std::string& at, bool a, bool b) { of(at, double(a), double(b)); }
  void of(const std::string& at, int a, int b) { of(at, double(a), double(b)); }
  void of(const std::string& at, Role a, Role b) { of(at, int(a), int(b)); }
  void of(const std::string& at, Function::Kind a, Function::Kind b) { of(at, int(a), int(b)); }
  template <int Rows, int Columns>
  void of(const std::string& at, const Eigen::Matrix<double, Rows, Columns>& a,
          const Eigen::Matrix<double, Rows, Columns>& b) {
    for (int i = 0; i < a.size(); ++i) of(at + '(' + std::to_string(i) + ')', a.data()[i], b.data()[i]);
  }
  template <class Items>
  void of_items(const std::string& at, const Items& a, const Items& b) {
    of(at + " count", int(a.size()), int(b.size()));
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) of(at + '[' + std::to_string(i) + ']', a[i], b[i]);
  }
  template <class T>
  void of(const std::string& at, const std::vector<T>& a, const std::vector<T>& b) {
    of_items(at, a, b);
  }
  template <class T, std::size_t N>
  void of(const std::string& at, const std::array<T, N>& a, const std::array<T, N>& b) {
    of_items(at, a, b);
  }
  template <class T>
  void of(const std::string& at, const std::optional<T>& a, const std::optional<T>& b) {
    of(at + " given", a.has_value(), b.has_value());
    if (a && b) of(at, *a, *b);
  }
  void of(const std::string& at, const Function& a, const Function& b) {
    of(at + " kind", a.kind(), b.kind());
    of(at + " coefficients", a.coefficients(), b.coefficients());
    of(at + " x", a.knots_x(), b.knots_x());
    of(at + " y", a.knots_y(), b.knots_y());
  }
  void of(const std::string& at, const Quantity& a, const Quantity& b) {
    of(at + ".value", a.value, b.value);
    of(at + ".sd", a.sd, b.sd);
    of(at + ".source", a.source, b.source);
    of(at + ".verified", a.verified, b.verified);
  }
  void of(const std::string& at, const SourceSpec& a, const SourceSpec& b) {
    of(at + ".citation", a.citation, b.citation);
    of(at + ".licence", a.licence, b.licence);
    of(at + ".note", a.note, b.note);
  }
  void of(const std::string& at, const BodySpec& a, const BodySpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".mass", a.mass, b.mass);
    of(at + ".mass_center", a.mass_center, b.mass_center);
    of(at + ".inertia", a.inertia, b.inertia);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const AxisSpec& a, const AxisSpec& b) {
    of(at + ".axis", a.axis, b.axis);
    of(at + ".coordinate", a.coordinate, b.coordinate);
    of(at + ".function", a.function, b.function);
  }
  void of(const std::string& at, const JointSpec& a, const JointSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".parent", a.parent, b.parent);
    of(at + ".child", a.child, b.child);
    of(at + ".parent_offset", a.parent_offset, b.parent_offset);
    of(at + ".parent_rotation", a.parent_rotation, b.parent_rotation);
    of(at + ".child_offset", a.child_offset, b.child_offset);
    of(at + ".child_rotation", a.child_rotation, b.child_rotation);
    of(at + ".rotations", a.rotations, b.rotations);
    of(at + ".translations", a.translations, b.translations);
    of(at + ".helper", a.helper, b.helper);
    of(at + ".balanced_axes", a.balanced_axes, b.balanced_axes);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const CoordinateSpec& a, const CoordinateSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".role", a.role, b.role);
    of(at + ".equation", a.equation, b.equation);
    of(at + ".translational", a.translational, b.translational);
    of(at + ".default_value", a.default_value, b.default_value);
    of(at + ".minimum", a.minimum, b.minimum);
    of(at + ".maximum", a.maximum, b.maximum);
    of(at + ".warn_minimum", a.warn_minimum, b.warn_minimum);
    of(at + ".warn_maximum", a.warn_maximum, b.warn_maximum);
    of(at + ".leader", a.leader, b.leader);
    of(at + ".coupling", a.coupling, b.coupling);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const SurfaceSpec& a, const SurfaceSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".kind", a.kind, b.kind);
    of(at + ".body", a.body, b.body);
    of(at + ".center", a.center, b.center);
    of(at + ".rotation", a.rotation, b.rotation);
    of(at + ".radius", a.radius, b.radius);
    of(at + ".ring_radius", a.ring_radius, b.ring_radius);
    of(at + ".half_axes", a.half_axes, b.half_axes);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const ConditionSpec& a, const ConditionSpec& b) {
    of(at + ".coordinate", a.coordinate, b.coordinate);
    of(at + ".minimum", a.minimum, b.minimum);
    of(at + ".maximum", a.maximum, b.maximum);
  }
  void of(const std::string& at, const PointSpec& a, const PointSpec& b) {
    of(at + ".body", a.body, b.body);
    of(at + ".at", a.at, b.at);
    of(at + ".coordinate", a.coordinate, b.coordinate);
    of(at + ".functions", a.functions, b.functions);
    of(at + ".condition", a.condition, b.condition);
  }
  void of(const std::string& at, const PathWrapSpec& a, const PathWrapSpec& b) {
    of(at + ".surface", a.surface, b.surface);
    of(at + ".segment", a.segment, b.segment);
    of(at + ".side", a.side, b.side);
  }
  void of(const std::string& at, const MuscleSpec& a, const MuscleSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".groups", a.groups, b.groups);
    of(at + ".side", a.side, b.side);
    of(at + ".points", a.points, b.points);
    of(at + ".wraps", a.wraps, b.wraps);
    of(at + ".pcsa", a.pcsa, b.pcsa);
    of(at + ".specific_tension", a.specific_tension, b.specific_tension);
    of(at + ".strength", a.strength, b.strength);
    of(at + ".optimal_fiber_length", a.optimal_fiber_length, b.optimal_fiber_length);
    of(at + ".tendon_slack_length", a.tendon_slack_length, b.tendon_slack_length);
    of(at + ".pennation", a.pennation, b.pennation);
    of(at + ".passive_strain", a.passive_strain, b.passive_strain);
    of(at + ".active_width", a.active_width, b.active_width);
    of(at + ".max_contraction_velocity", a.max_contraction_velocity, b.max_contraction_velocity);
    of(at + ".minimum_activation", a.minimum_activation, b.minimum_activation);
    of(at + ".type", int(a.type), int(b.type));
    for (const auto& [name, member] : muscle::thelen_members) {
      of(at + ".thelen." + std::string(name), a.thelen.*member, b.thelen.*member);
    }
    for (const auto& [name, member] : muscle::millard_members) {
      of(at + ".millard." + std::string(name), a.millard.*member, b.millard.*member);
    }
    of(at + ".passive_offset", a.passive_offset, b.passive_offset);
    of(at + ".tone", a.tone, b.tone);
    of(at + ".note", a.note, b.note);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const LevelSpec& a, const LevelSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".joint", a.joint, b.joint);
    of(at + ".coordinates", a.coordinates, b.coordinates);
    of(at + ".disc_stiffness", a.disc_stiffness, b.disc_stiffness);
    of(at + ".lordosis_share", a.lordosis_share, b.lordosis_share);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const HipSpec& a, const HipSpec& b) {
    of(at + ".side", a.side, b.side);
    of(at + ".joint", a.joint, b.joint);
    of(at + ".flexion", a.flexion, b.flexion);
    of(at + ".capsule_stiffness", a.capsule_stiffness, b.capsule_stiffness);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const LigamentSpec& a, const LigamentSpec& b) {
    of(at + " name", a.name, b.name);
    of(at + " points", a.points, b.points);
    of(at + " rest length", a.rest_length, b.rest_length);
    of(at + " force", a.force, b.force);
    of(at + " source", a.source, b.source);
  }
  void of(const std::string& at, const FrameSpec& a, const FrameSpec& b) {
    of(at + " body", a.body, b.body);
    of(at + " at", a.at, b.at);
    of(at + " rotation", a.rotation, b.rotation);
  }
  void of(const std::string& at, const BushingSpec& a, const BushingSpec& b) {
    of(at + " name", a.name, b.name);
    of(at + " frames", a.frames, b.frames);
    of(at + " rotational stiffness", a.rotational_stiffness, b.rotational_stiffness);
    of(at + " translational stiffness", a.translational_stiffness, b.translational_stiffness);
    of(at + " rotational damping", a.rotational_damping, b.rotational_damping);
    of(at + " translational damping", a.translational_damping, b.translational_damping);
    of(at + " source", a.source, b.source);
  }
  void of(const std::string& at, const PatchSpec& a, const PatchSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".reported_as", a.reported_as, b.reported_as);
    of(at + ".nodes", a.nodes, b.nodes);
    of(at + ".source", a.source, b.source);
  }
  void of(const std::string& at, const ActuatorSpec& a, const ActuatorSpec& b) {
    of(at + ".name", a.name, b.name);
    of(at + ".coordinate", a.coordinate, b.coordinate);
    of(at + ".optimal_force", a.optimal_force, b.optimal_force);
    of(at + ".minimum_control", a.minimum_control, b.minimum_control);
    of(at + ".maximum_control", a.maximum_control, b.maximum_control);
  }
  void of(const std::string& at, const PersonSpec& a, const PersonSpec& b) {
    of(at + ".mass", a.mass, b.mass);
    of(at + ".height", a.height, b.height);
    of(at + ".sex", a.sex, b.sex);
    of(at + ".age", a.age, b.age);
    of(at + ".sacral_slope", a.sacral_slope, b.sacral_slope);
    of(at + ".lordosis", a.lordosis, b.lordosis);
    of(at + ".psoas_minor", a.psoas_minor, b.psoas_minor);
  }
  void of(const std::string& at, const RecruitSpec& a, const RecruitSpec& b) {
    of(at + ".cost", a.cost, b.cost);
    of(at + ".power", a.power, b.power);
    of(at + ".w_support", a.w_support, b.w_support);
    of(at + ".w_shear", a.w_shear, b.w_shear);
    of(at + ".w_reserve", a.w_reserve, b.w_reserve);
    of(at + ".w_motor", a.w_motor, b.w_motor);
    of(at + ".w_motor_pressing", a.w_motor_pressing, b.w_motor_pressing);
    of(at + ".w_abdomen", a.w_abdomen, b.w_abdomen);
    of(at + ".level_rotation_cost", a.level_rotation_cost, b.level_rotation_cost);
  }
  void of(const ModelSpec& a, const ModelSpec& b) {
    of("name", a.name, b.name);
    of("description", a.description, b.description);
    of("gravity", a.gravity, b.gravity);
    of("imported", a.imported, b.imported);
    of("person", a.person, b.person);
    of("sources", keys(a.sources), keys(b.sources));
    for (const auto& [key, source] : a.sources) {
      if (b.sources.count(key)) of("source " + key, source, b.sources.at(key));
    }
    of("body", a.bodies, b.bodies);
    of("joint", a.joints, b.joints);
    of("coordinate", a.coordinates, b.coordinates);
    of("surface", a.surfaces, b.surfaces);
    of("muscle", a.muscles, b.muscles);
    of("level", a.levels, b.levels);
    of("hip", a.hips, b.hips);
    of("ligament", a.ligaments, b.ligaments);
    of("bushing", a.bushings, b.bushings);
    of("patch", a.patches, b.patches);
    of("actuator", a.actuators, b.actuators);
    of("recruit", a.recruit, b.recruit);
  }

 private:
  static std::vector<std::string> keys(const std::map<std::string, SourceSpec>& sources) {
    std::vector<std::string> out;
    for (const auto& [key, source] : sources) out.push_back(key);
    return out;
  }
};

/// Where two descriptions differ, a line each; empty where they are equal.
inline std::string differences(const ModelSpec& a, const ModelSpec& b) {
  Differences out;
  out.of(a, b);
  return out.text;
}

}  // namespace psoas::test
