#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/imported.hpp"
#include "psoas/core/table.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"

/// From a recording made with one model to the motion of another.
namespace psoas {

/// What a family of models means by its coordinates, as far as it differs from the model that a motion is brought to.
///
/// All of them have X forward, Y up, Z right, pelvis, hips and trunk turning about Z, X, Y in this order, and neutral
/// postures whose segments stand parallel.
struct Convention {
  std::string name;                   ///< what the command line calls it
  std::string models;                 ///< whose it is
  Vec3 mid_hip = Vec3::Zero();        ///< midway between the hip centres, in the pelvis frame  [m]
  std::vector<std::string> reversed;  ///< coordinates with the other sign
  std::vector<std::string> dropped;   ///< coordinates that have no counterpart and need none
};

/// Rajagopal 2016, its descendants (Lai 2017, Uhlrich 2022), and with them the files of OpenCap and AddBiomechanics:
/// knee flexion positive, toe flexion positive.
/// @source RajagopalLaiUhlrich2023.osim: hip centres (-0.056276, -0.07849, +-0.07726) m in the pelvis
PSOAS_INLINE Convention rajagopal_convention();

/// gait2392, gait2354 and Hamner 2010: knee flexion negative, toe extension positive.
/// @source gait2392_thelen2003muscle.osim: hip centres (-0.0707, -0.0661, +-0.0835) m in the pelvis
PSOAS_INLINE Convention gait2392_convention();

/// The model's own. @throws Error for a model without hips on its first body
PSOAS_INLINE Convention own_convention(const Model& model);

/// By name: `rajagopal`, `gait2392`, or the name of the model. @throws Error naming them
PSOAS_INLINE Convention convention_named(std::string_view name, const Model& to);

/// The convention that a table was recorded in, found from its columns alone:
///
/// * a column that only the model itself has (a neck, a lumbar level): the model's own;
/// * a patella (`knee_angle_r_beta`): Rajagopal's;
/// * otherwise the sign of the knee where it is bent most: positive Rajagopal's, negative gait2392's. It must be bent
///   by 20 degrees somewhere, since straight knees are bent a little either way.
///
/// @throws Error for a table without hips and knees by these names (with its first columns), for knees that are never
///         bent by 20 degrees, and for two knees that bend by as much in opposite senses
PSOAS_INLINE Convention convention_of(const Table& table, const Model& to);

/// A recording as the motion of another model: columns by name, signs turned, and the pelvis moved so that the middles
/// of the hip centres coincide in every frame,
///
///   p' = p + R (c - c')
///
/// p is the origin of the pelvis, R its orientation, c the middle of the hip centres in the pelvis frame, a prime the
/// model that the motion is brought to. Orientations of pelvis, legs and arms are kept; positions beyond the hips
/// follow the other model's lengths. Centres are those of the unscaled convention: how large the recorded model was
/// cannot be told from a motion. One joint between pelvis and trunk is spread over the levels by the model's own
/// followers, which makes the trunk as a whole turn as far (exactly for bending about one axis).
///
/// The notes say what was turned, moved, dropped or left at its default.
/// @throws Error where no column is a coordinate, or a coordinate has two
PSOAS_INLINE Imported<Motion> retarget(const Table& table, const Convention& from, const Model& to);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/model/impl/retarget.hpp"
#endif
