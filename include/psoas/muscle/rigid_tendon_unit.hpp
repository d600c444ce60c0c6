#pragma once

#include <cmath>
#include <variant>

#include "psoas/core/types.hpp"
#include "psoas/muscle/curves.hpp"
#include "psoas/muscle/parameters.hpp"
#include "psoas/muscle/rigid_tendon.hpp"
#include "psoas/muscle/shapes.hpp"

/// A muscle of any model whose tendon does not stretch. De Groote-Fregly muscles have rigid_tendon.hpp, which is
/// quicker and takes dual numbers.
namespace psoas::muscle {

/// What does not change from pose to pose. Made by rigid_tendon_unit(); the parameters must be free of faults.
struct RigidTendonUnit {
  AnyCurves curves;
  double max_isometric_force;       ///< [N]
  double per_optimal_fiber_length;  ///< [1/m]
  double tendon_slack_length;       ///< [m]
  double norm_thickness;            ///< sine of the pennation at optimal length               [-]
  double per_max_velocity;          ///< 1 / (maximal velocity * optimal fibre length)         [s/m]
  double damping;                   ///< [-]
};

/// The constants of one muscle; a damping that was not given is 0 here.
inline RigidTendonUnit rigid_tendon_unit(MuscleType type, const MuscleParameters& given, const ThelenShape& thelen = {},
                                         const MillardShape& millard = {}) {
  const auto curves = [&]() -> AnyCurves {
    switch (type) {
      case MuscleType::Thelen2003: return Thelen2003(given, thelen);
      case MuscleType::Millard2012: return Millard2012(given, millard);
      case MuscleType::DeGrooteFregly2016: break;
    }
    return DeGrooteFregly2016(given);
  };
  return {.curves = curves(),
          .max_isometric_force = given.max_isometric_force,
          .per_optimal_fiber_length = 1.0 / given.optimal_fiber_length,
          .tendon_slack_length = given.tendon_slack_length,
          .norm_thickness = std::sin(given.pennation_at_optimal),
          .per_max_velocity = 1.0 / (given.max_contraction_velocity * given.optimal_fiber_length),
          .damping = std::isnan(given.damping) ? 0.0 : given.damping};
}

/// Force of a muscle with a rigid tendon and fibres of constant thickness h = sin(pennation at optimal):
///
///   l = sqrt(along^2 + h^2)     cos = along / l     v = cos * speed / (maximal velocity * optimal)
///   active = F0 cos fL(l) fV(v, 1)                  passive = F0 cos (fP(l) + damping v)
///
/// with along = (path length - tendon slack length) / optimal, as rigid_tendon_force() has it for De Groote-Fregly
/// curves, slack muscles included.
///
/// @param length  path length                          [m]
/// @param speed   its rate, lengthening positive       [m/s]
/// @note  The maximal velocity of a Thelen2003 falls with activation. Here it is that of full activation, so that the
///        force is affine in activation; so it is in OpenSim's StaticOptimization.
inline RigidTendonForce<double> rigid_tendon_force(const RigidTendonUnit& m, double length, double speed) {
  return std::visit(
      [&](const auto& curves) {
        return detail::rigid_tendon_force_by<double>(
            m, length, speed, [&](double l, double v) -> detail::FiberCurves<double> {
              return {curves.active_force_length(l), curves.force_velocity(v, 1.0), curves.passive_force_length(l)};
            });
      },
      m.curves);
}

}  // namespace psoas::muscle
