#pragma once

#include "psoas/core/compiled.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/options.hpp"
#include "psoas/recruit/recruitment.hpp"

namespace psoas {

/// Shares the demand of a frame between muscles, supports, tissue, motors and reserves at the least cost.
///
///   minimise   sum w_i a_i^p + supports + shears + level rotations + motors + reserves
///   subject to every equation of motion, muscle forces balanced on helper frames, level rotations of an axis that
///              add up to zero, lower <= a <= upper, node forces inside their friction pyramids
///
/// @return    ok, or why there is no answer; then every number of `out` is NaN. infeasible where a lower bound is above
///            the upper one or no number, or where there is not one of each for every strand
/// @allocates nothing once a program of the same size has been seen
[[nodiscard]] Status recruit_muscles(const Model& model, const Paths& paths, const Strengths& strengths,
                                     const Passive& passive, const Demand& demand, const Supports& supports,
                                     const VecX& lower, const VecX& upper, const recruit::RecruitOptions& options,
                                     Recruitment& out) noexcept;

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/recruit/impl/recruit.hpp"
#endif
