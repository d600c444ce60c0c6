#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/check.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/fault_collector.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/spatial/rotation.hpp"
#include "psoas/subject/factors.hpp"
#include "psoas/subject/personalize.hpp"
#include "psoas/subject/subject.hpp"

namespace psoas {
namespace subject {

/// Everything about a subject that no person has, one fault each.
inline std::vector<Fault> faults_in(const Subject& s) {
  std::vector<Fault> faults;
  const auto within = [&](const std::optional<double>& value, const char* name, double low, double high,
                          const char* unit) {
    if (!value || (*value >= low && *value <= high)) return;
    faults.push_back({"", std::string("subject.") + name + " must be " + detail::text_of(low) + " to " +
                              detail::text_of(high) + ' ' + unit + ", got " + detail::text_of(*value)});
  };
  within(s.mass_kg, "mass_kg", 20.0, 300.0, "kg");
  within(s.height_m, "height_m", 1.2, 2.3, "m");
  within(s.age_y, "age_y", 15.0, 110.0, "years");
  within(s.sacral_slope_deg, "sacral_slope_deg", 0.0, 75.0, "deg");
  within(s.lordosis_deg, "lordosis_deg", 0.0, 110.0, "deg");
  const std::vector<std::string> sides{"none", "right", "left", "both"};
  if (s.psoas_minor && std::find(sides.begin(), sides.end(), *s.psoas_minor) == sides.end()) {
    faults.push_back({"", "subject.psoas_minor must be none, right, left or both, got \"" + *s.psoas_minor + '"' +
                              did_you_mean(*s.psoas_minor, sides)});
  }
  return faults;
}

inline PersonSpec person_of(const PersonSpec& base, const Subject& s) {
  PersonSpec p = base;
  p.mass = s.mass_kg.value_or(base.mass);
  p.height = s.height_m.value_or(base.height);
  if (s.sex) p.sex = *s.sex == Sex::female ? "female" : "male";
  p.age = s.age_y.value_or(base.age);
  if (s.sacral_slope_deg) p.sacral_slope = *s.sacral_slope_deg * degree;
  if (s.lordosis_deg) p.lordosis = *s.lordosis_deg * degree;
  p.psoas_minor = s.psoas_minor.value_or(base.psoas_minor);
  return p;
}

/// Scales one description from its own person to another.
class Scaler {
 public:
  Scaler(const ModelSpec& base, PersonSpec to) : base_(base), from_(base.person), to_(std::move(to)), out_(base) {}

  ModelSpec run() {
    out_.person = to_;
    if (from_.mass != to_.mass || from_.height != to_.height || from_.sex != to_.sex || from_.age != to_.age) {
      scale_bodies();
      for (JointSpec& joint : out_.joints) scale_joint(joint);
      for (SurfaceSpec& surface : out_.surfaces) scale_surface(surface);
      for (MuscleSpec& muscle : out_.muscles) {
        for (PointSpec& point : muscle.points) scale_point(point);
      }
      for (LigamentSpec& ligament : out_.ligaments) {
        for (PointSpec& point : ligament.points) scale_point(point);
      }
      for (BushingSpec& bushing : out_.bushings) scale_bushing(bushing);
      for (PatchSpec& patch : out_.patches) {
        for (PointSpec& node : patch.nodes) scale_point(node);
      }
      const double k = to_.height / from_.height;
      for (LevelSpec& level : out_.levels) level.disc_stiffness.value *= k * k * k;
      for (HipSpec& hip : out_.hips) hip.capsule_stiffness.value *= k * k * k;
      refit_muscles();
      refit_ligaments();
    }
    drop_psoas_minor();
    return std::move(out_);
  }

 private:
  Vec3 lengths(const std::string& body) const {
    if (body == "ground") return Vec3::Ones();
    const double k = to_.height / from_.height;
    if (to_.sex == from_.sex) return Vec3::Constant(k);
    const Vec3 ratio = female_length_ratio(body);
    return to_.sex == "female" ? Vec3(k * ratio) : Vec3(k * ratio.cwiseInverse());
  }

  double mass_ratio(const std::string& body) const {
    if (to_.sex == from_.sex) return 1.0;
    return to_.sex == "female" ? female_mass_ratio(body) : 1.0 / female_mass_ratio(body);
  }

  void scale_bodies() {
    double sum = 0.0, weighted = 0.0;
    for (const BodySpec& body : base_.bodies) {
      sum += body.mass.value;
      weighted += body.mass.value * mass_ratio(body.name);
    }
    for (BodySpec& body : out_.bodies) {
      const double mu = to_.mass / from_.mass * (mass_ratio(body.name) / (weighted / sum));
      const Vec3 k = lengths(body.name);
      body.mass.value *= mu;
      body.mass_center = body.mass_center.cwiseProduct(k);
      // second moments stretch with the body: exact for an affine map
      const Mat3 second = 0.5 * body.inertia.trace() * Mat3::Identity() - body.inertia;
      const Mat3 stretched = mu * k.asDiagonal() * second * k.asDiagonal();
      body.inertia = stretched.trace() * Mat3::Identity() - stretched;
    }
  }

  void scale_joint(JointSpec& joint) const {
    const Vec3 parent = joint.parent == "ground" ? Vec3::Ones() : lengths(joint.parent);
    joint.parent_offset = joint.parent_offset.cwiseProduct(parent);
    joint.child_offset = joint.child_offset.cwiseProduct(lengths(joint.child));
    if (joint.parent == "ground") return;
    for (AxisSpec& axis : joint.translations) {
      axis.function = axis.function.scaled(parent.cwiseProduct(axis.axis).dot(axis.axis));
    }
  }

  void scale_surface(SurfaceSpec& surface) const {
    const Vec3 k = lengths(surface.body);
    const Mat3 axes = spatial::xyz_body_rotation<double>(surface.rotation);
    surface.center = surface.center.cwiseProduct(k);
    const double across = std::sqrt(k.prod() / k.cwiseProduct(axes.col(2)).norm());
    surface.radius.value *= across;
    surface.ring_radius.value *= across;
    for (int i = 0; i < 3; ++i) surface.half_axes(i) *= k.cwiseProduct(axes.col(i)).norm();
  }

  /// Similar bodies of one material: stiffness along a line grows with size, about an axis with its third power.
  void scale_bushing(BushingSpec& bushing) const {
    const double k = to_.height / from_.height;
    for (FrameSpec& frame : bushing.frames) frame.at = frame.at.cwiseProduct(lengths(frame.body));
    for (Vec3* v : {&bushing.translational_stiffness, &bushing.translational_damping}) *v *= k;
    for (Vec3* v : {&bushing.rotational_stiffness, &bushing.rotational_damping}) *v *= k * k * k;
  }

  void scale_point(PointSpec& point) const {
    const Vec3 k = lengths(point.body);
    point.at = point.at.cwiseProduct(k);
    for (int i = 0; i < 3; ++i) {
      auto& function = point.functions[static_cast<std::size_t>(i)];
      if (function) function = function->scaled(k(i));
    }
  }

  static VecX neutral_lengths(const ModelSpec& spec) {
    const Model model = compile(spec);
    Kinematics k(model);
    Paths paths(model);
    compute_kinematics(model, rest_pose(model), k);
    compute_paths(model, k, paths);
    if (!usable(paths.status)) throw Error("the scaled body has a path without a length in its neutral pose");
    return paths.length;
  }

  /// Fibre and tendon grow with the path, so that the neutral fibre keeps its normalised length; the strands of psoas
  /// major share one fibre length, and their tendons are fitted to each path again. Strength follows muscle volume
  /// over fibre length.
  void refit_muscles() {
    const VecX before = neutral_lengths(base_), after = neutral_lengths(out_);
    double psoas_ratio = 0.0, psoas_area = 0.0;
    for (std::size_t i = 0; i < out_.muscles.size(); ++i) {
      const MuscleSpec& m = out_.muscles[i];
      if (m.groups.empty() || m.groups[0] != "psoas") continue;
      psoas_ratio += m.pcsa.value * after(static_cast<Eigen::Index>(i)) / before(static_cast<Eigen::Index>(i));
      psoas_area += m.pcsa.value;
    }
    const double volume = muscle_volume(to_) / muscle_volume(from_), age = age_factor(to_.age) / age_factor(from_.age);
    for (std::size_t i = 0; i < out_.muscles.size(); ++i) {
      MuscleSpec& m = out_.muscles[i];
      const double L = after(static_cast<Eigen::Index>(i)), L0 = before(static_cast<Eigen::Index>(i));
      const bool psoas = !m.groups.empty() && m.groups[0] == "psoas";
      const double ratio = psoas ? psoas_ratio / psoas_area : L / L0;
      m.optimal_fiber_length.value *= ratio;
      // along-tendon part of the fibre in the neutral pose, kept as a share of the optimal length
      m.tendon_slack_length.value =
          psoas ? L - ratio * (L0 - m.tendon_slack_length.value) : m.tendon_slack_length.value * ratio;
      const Region region = region_of(m);
      m.pcsa.value *= volume / ratio * (sex_factor(to_.sex, region) / sex_factor(from_.sex, region)) * age;
    }
  }

  static std::vector<double> neutral_ligaments(const ModelSpec& spec) {
    const Model model = compile(spec);
    Kinematics k(model);
    compute_kinematics(model, rest_pose(model), k);
    std::vector<double> out;
    for (const Ligament& ligament : model.ligaments) out.push_back(ligament_length(k, ligament));
    return out;
  }

  /// Each keeps its stretch in the neutral pose; its force grows with its cross-section.
  void refit_ligaments() {
    if (out_.ligaments.empty()) return;
    const double k = to_.height / from_.height;
    const std::vector<double> before = neutral_ligaments(base_), after = neutral_ligaments(out_);
    for (std::size_t i = 0; i < out_.ligaments.size(); ++i) {
      if (before[i] > 0.0) out_.ligaments[i].rest_length.value *= after[i] / before[i];
      out_.ligaments[i].force = out_.ligaments[i].force.scaled(k * k);
    }
  }

  void drop_psoas_minor() {
    if (to_.psoas_minor == "both") return;
    const std::string kept = to_.psoas_minor == "right" ? "r" : to_.psoas_minor == "left" ? "l" : "";
    std::erase_if(out_.muscles, [&](const MuscleSpec& m) {
      const bool minor = std::find(m.groups.begin(), m.groups.end(), "psoas_minor") != m.groups.end();
      return minor && m.side != kept;
    });
  }

  const ModelSpec& base_;
  PersonSpec from_, to_;
  ModelSpec out_;
};

}  // namespace subject

PSOAS_INLINE ModelSpec personalize(const ModelSpec& spec, const Subject& subject) {
  std::vector<Fault> faults = subject::faults_in(subject);
  if (faults.empty()) faults = faults_in(spec);
  if (!faults.empty()) throw SpecError(std::move(faults));
  return subject::Scaler(spec, subject::person_of(spec.person, subject)).run();
}

}  // namespace psoas
