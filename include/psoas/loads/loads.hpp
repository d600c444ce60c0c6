#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/recruitment.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

/// One number that a joint carries: a component of the sum of everything that acts beyond the joint.
struct Load {
  std::string name;                               ///< "spine.L4_L5.compression_N"
  std::string_view unit;                          ///< N, Nm, BW
  int body = 0;                                   ///< the joint that carries this body
  int kind = 0;                                   ///< which component, see LoadKind
  Vec6 component = Vec6::Constant(not_a_number);  ///< value = component . wrench  [-, 1/m]
  double value = not_a_number;
};

/// Components of a lumbar level, in the frame of the lower vertebra's upper endplate, and of a hip, in the femur.
enum LoadKind : int { compression, shear_ap, shear_ml, flexion, hip_force, hip_force_bw, lateral, anterior, superior };

/// What every lumbar level and both hips carry. Written by compute_loads().
///
/// Lumbar: force of the upper on the lower vertebra at the disc centre; compression +, shear + anterior and + right,
/// flexion moment +. Hip: force of the pelvis on the femoral head in the femur frame; lateral, anterior, superior +.
struct Loads {
  std::vector<Load> loads;
  std::vector<Vec6>
      beyond;  ///< sum of all forces on everything beyond each body's joint, NaN where not reported [N m, N]
  std::uint64_t stamp = 0;

  explicit Loads(const Model& model) : beyond(model.bodies.size(), Vec6::Constant(not_a_number)) {
    for (const Level& level : model.levels) {
      const std::string at = "spine." + level.name + '.';
      add(at + "compression_N", "N", level.body, compression);
      add(at + "shear_ap_N", "N", level.body, shear_ap);
      add(at + "shear_ml_N", "N", level.body, shear_ml);
      add(at + "flexion_Nm", "Nm", level.body, flexion);
    }
    for (const Hip& hip : model.hips) {
      const std::string at = "hip." + hip.side + '.';
      add(at + "force_N", "N", hip.body, hip_force);
      add(at + "force_BW", "BW", hip.body, hip_force_bw);
      add(at + "lateral_N", "N", hip.body, lateral);
      add(at + "anterior_N", "N", hip.body, anterior);
      add(at + "superior_N", "N", hip.body, superior);
    }
  }

 private:
  void add(std::string name, std::string_view unit, int body, LoadKind kind) {
    loads.push_back({std::move(name), unit, body, kind, Vec6::Constant(not_a_number), not_a_number});
  }
};

namespace detail {

/// Sum of weight, inertia, external forces, supports and muscles on everything beyond the joint of a body.
inline Vec6 wrench_beyond(const Model& model, int body, const InverseDynamics& id, const Paths& paths,
                          const Supports& supports, const Recruitment& r) noexcept {
  const auto b = static_cast<std::size_t>(body);
  Vec6 sum = id.gravity[b] + id.inertia[b] + id.external[b];
  for (std::size_t n = 0; n < supports.columns.size(); ++n) {
    const Supports::Column& column = supports.columns[n];
    if (!model.beyond(model.nodes[static_cast<std::size_t>(column.node)].body, body)) continue;
    sum += spatial::force_wrench<double>(r.node_force[n], column.place);
  }
  for (const CutTerm& cut : model.crossed_by[b]) {
    sum += r.force(cut.strand) * paths.crossing[static_cast<std::size_t>(cut.crossing)];
  }
  return sum;
}

inline Vec6 force_component(const Vec3& along) noexcept { return spatial::join<double>(Vec3::Zero(), along); }

/// Component of a moment about a point: along . (m - c x f) = along . m - (along x c) . f
inline Vec6 moment_component(const Vec3& along, const Vec3& c) noexcept {
  return spatial::join<double>(along, -along.cross(c));
}

/// Axes of the upper endplate of the vertebra below a level: forward, normal (up), right.
inline Mat3 endplate_axes(const Model& model, const Kinematics& k, const Level& level) noexcept {
  const int lower = model.bodies[static_cast<std::size_t>(level.body)].parent;
  const Mat3 R = lower == ground ? Mat3::Identity() : k.X_GB[static_cast<std::size_t>(lower)].R;
  const double s = std::sin(level.tilt), c = std::cos(level.tilt);
  Mat3 axes;
  axes << R * Vec3(c, s, 0.0), R * Vec3(-s, c, 0.0), R.col(2);
  return axes;
}

inline Vec6 lumbar_component(const Mat3& axes, const Vec3& center, int kind) noexcept {
  switch (kind) {
    case compression: return force_component(-axes.col(1));
    case shear_ap: return force_component(axes.col(0));
    case shear_ml: return force_component(axes.col(2));
    default: return moment_component(-axes.col(2), center);
  }
}

/// The pelvis pushes the femur with minus everything else that acts on the leg.
inline Vec6 hip_component(const Model& model, const Hip& hip, const Mat3& R, const Vec6& beyond, int kind) noexcept {
  switch (kind) {
    case hip_force: return force_component(spatial::linear<double>(beyond).normalized());
    case hip_force_bw: return force_component(spatial::linear<double>(beyond).normalized() / model.body_weight);
    case lateral: return force_component(hip.side == "l" ? Vec3(R.col(2)) : Vec3(-R.col(2)));
    case anterior: return force_component(-R.col(0));
    default: return force_component(-R.col(1));
  }
}

}  // namespace detail

/// Loads of all lumbar levels and hips. Reserves never enter: they are no structure of the body.
///
/// @reads kinematics inverse_dynamics paths supports recruitment @cost O(crossings + nodes) @allocates nothing
void compute_loads(const Model& model, const Kinematics& k, const InverseDynamics& id, const Paths& paths,
                   const Supports& supports, const Recruitment& r, Loads& out) noexcept;

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/loads/impl/loads.hpp"
#endif
