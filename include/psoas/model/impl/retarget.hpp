#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/retarget.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas {

namespace detail {

inline bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

inline std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return text + (names.size() > most ? ", ..." : "");
}

/// What both published conventions call their coordinates, arms included.
inline std::vector<std::string> shared_coordinates() {
  std::vector<std::string> names{"pelvis_tilt", "pelvis_list",      "pelvis_rotation", "pelvis_tx",      "pelvis_ty",
                                 "pelvis_tz",   "lumbar_extension", "lumbar_bending",  "lumbar_rotation"};
  for (const char* sided :
       {"hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle", "mtp_angle",
        "arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup", "wrist_flex", "wrist_dev"}) {
    for (const char* side : {"_r", "_l"}) names.push_back(std::string(sided) + side);
  }
  return names;
}

inline std::vector<std::string> coordinates_of(const Table& table) {
  std::vector<std::string> names;
  for (const std::string& label : table.labels) names.push_back(coordinate_of_label(label));
  return names;
}

/// The value of largest magnitude among the knees [rad].
inline double most_bent_knee(const Table& table, const std::vector<std::string>& names) {
  double least = 0.0, most = 0.0;
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (names[c] != "knee_angle_r" && names[c] != "knee_angle_l") continue;
    const VecX column = table.values.col(static_cast<Eigen::Index>(c)) * (table.in_degrees ? degree : 1.0);
    least = std::min(least, column.minCoeff());
    most = std::max(most, column.maxCoeff());
  }
  if (std::min(-least, most) >= 20 * degree) {
    throw Error("motion \"" + table.name + "\": the knees bend both ways, from " +
                std::to_string(std::lround(least / degree)) + " to " + std::to_string(std::lround(most / degree)) +
                " deg: no convention does");
  }
  return most > -least ? most : least;
}

/// The columns of a table that a convention knows, with the signs of the model.
inline Table with_signs_of(const Table& table, const Convention& from, std::vector<std::string>& notes) {
  Table out = table;
  std::vector<std::string> turned, dropped;
  std::vector<Eigen::Index> kept;
  const std::vector<std::string> names = coordinates_of(table);
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (among(from.dropped, names[c])) {
      dropped.push_back(names[c]);
      continue;
    }
    kept.push_back(static_cast<Eigen::Index>(c));
    if (!among(from.reversed, names[c])) continue;
    out.values.col(static_cast<Eigen::Index>(c)) *= -1.0;
    turned.push_back(names[c]);
  }
  out.values = RowMatX(out.values(Eigen::all, kept));
  out.labels.clear();
  for (const Eigen::Index c : kept) out.labels.push_back(table.labels[static_cast<std::size_t>(c)]);
  if (!turned.empty()) notes.push_back("signs turned: " + listed(turned, turned.size()));
  if (!dropped.empty()) notes.push_back("not needed, dropped: " + listed(dropped, dropped.size()));
  return out;
}

/// Brings the middles of the hip centres together.
inline void move_pelvis(const Convention& from, const Model& to, bool placed, Imported<Motion>& out) {
  const Vec3 shift = from.mid_hip - own_convention(to).mid_hip;
  if (shift.isZero(0.0)) return;
  if (!placed) {
    out.notes.push_back("pelvis_tx, pelvis_ty, pelvis_tz are not all there: the hip centres are not brought together");
    return;
  }
  const auto row = [&](const char* name) { return out.value.q.row(to.coordinate(name)); };
  for (Eigen::Index f = 0; f < out.value.q.cols(); ++f) {
    const Mat3 R = spatial::axis_rotation<double>(Vec3::UnitZ(), row("pelvis_tilt")(f)) *
                   spatial::axis_rotation<double>(Vec3::UnitX(), row("pelvis_list")(f)) *
                   spatial::axis_rotation<double>(Vec3::UnitY(), row("pelvis_rotation")(f));
    const Vec3 moved = R * shift;
    row("pelvis_tx")(f) += moved.x();
    row("pelvis_ty")(f) += moved.y();
    row("pelvis_tz")(f) += moved.z();
  }
  char text[240];
  std::snprintf(
      text, sizeof text,
      "pelvis frames taken as parallel, their origins moved by (%.1f, %.1f, %.1f) mm in the pelvis so that the "
      "hip centres of %s (unscaled) and %s coincide midway",
      1e3 * shift.x(), 1e3 * shift.y(), 1e3 * shift.z(), from.name.c_str(), to.name.c_str());
  out.notes.push_back(text);
}

}  // namespace detail

PSOAS_INLINE Convention rajagopal_convention() {
  return {"rajagopal",
          "Rajagopal 2016 and its descendants, OpenCap",
          Vec3(-0.056276, -0.07849, 0.0),
          {"mtp_angle_r", "mtp_angle_l"},
          {"knee_angle_r_beta", "knee_angle_l_beta"}};
}

PSOAS_INLINE Convention gait2392_convention() {
  return {
      "gait2392", "gait2392, gait2354, Hamner 2010", Vec3(-0.0707, -0.0661, 0.0), {"knee_angle_r", "knee_angle_l"}, {}};
}

PSOAS_INLINE Convention own_convention(const Model& model) {
  Vec3 sum = Vec3::Zero();
  for (const Hip& hip : model.hips) {
    const Body& femur = model.bodies[static_cast<std::size_t>(hip.body)];
    if (femur.parent != 0) throw Error("the hip " + hip.side + " of " + model.name + " is not on its first body");
    sum += femur.parent_frame.p;
  }
  if (model.hips.empty()) throw Error("no motion can be brought to " + model.name + ": it has no hips");
  return {model.name, model.name, sum / static_cast<double>(model.hips.size()), {}, {}};
}

PSOAS_INLINE Convention convention_named(std::string_view name, const Model& to) {
  std::vector<std::string> known;
  for (const Convention& one : {rajagopal_convention(), gait2392_convention(), own_convention(to)}) {
    if (one.name == name) return one;
    known.push_back(one.name);
  }
  throw Error("no convention \"" + std::string(name) + "\": there are " + detail::listed(known, known.size()) +
              did_you_mean(name, known));
}

PSOAS_INLINE Convention convention_of(const Table& table, const Model& to) {
  const std::vector<std::string> names = detail::coordinates_of(table), shared = detail::shared_coordinates();
  const auto has = [&](const char* name) { return detail::among(names, name); };
  for (const Coordinate& c : to.coordinates) {
    if (detail::among(names, c.name) && !detail::among(shared, c.name)) return own_convention(to);
  }
  const std::string tail = " (conventions: rajagopal, gait2392, " + to.name + ")";
  if (!(has("hip_flexion_r") || has("hip_flexion_l")) || !(has("knee_angle_r") || has("knee_angle_l"))) {
    throw Error("motion \"" + table.name +
                "\" is of no known convention: it needs hip_flexion_r and knee_angle_r, and " +
                (names.empty() ? std::string("has no columns") : "has " + detail::listed(names, 4)) + tail);
  }
  if (has("knee_angle_r_beta") || has("knee_angle_l_beta")) return rajagopal_convention();
  const double knee = detail::most_bent_knee(table, names);
  if (std::abs(knee) < 20 * degree) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "\": its knees bend by no more than %.1f deg, which does not tell whose signs it has",
                  std::abs(knee) / degree);
    throw Error("motion \"" + table.name + text + "; name the convention" + tail);
  }
  return knee > 0.0 ? rajagopal_convention() : gait2392_convention();
}

PSOAS_INLINE Imported<Motion> retarget(const Table& table, const Convention& from, const Model& to) {
  std::vector<std::string> notes{"brought to " + to.name + " from the convention " + from.name + " (" + from.models +
                                 ")"};
  const Table turned = detail::with_signs_of(table, from, notes);
  Imported<Motion> out = motion_of(turned, to);
  notes.insert(notes.end(), out.notes.begin(), out.notes.end());
  out.notes = std::move(notes);
  const std::vector<std::string> names = detail::coordinates_of(turned);
  const bool placed =
      detail::among(names, "pelvis_tx") && detail::among(names, "pelvis_ty") && detail::among(names, "pelvis_tz");
  detail::move_pelvis(from, to, placed, out);
  std::string followers;
  for (const Coordinate& c : to.coordinates) {
    if (c.leader < 0 || c.row < 0 || to.coordinates[static_cast<std::size_t>(c.leader)].name != "lumbar_extension") {
      continue;
    }
    char share[80];
    std::snprintf(share, sizeof share, "%s%s %.1f %%", followers.empty() ? "" : ", ", c.name.c_str(),
                  100.0 * (c.coupling.evaluate(1.0).value - c.coupling.evaluate(0.0).value));
    followers += share;
  }
  if (detail::among(names, "lumbar_extension") && !followers.empty()) {
    out.notes.push_back("one lumbar joint is spread over the levels: " + followers);
  }
  return out;
}

}  // namespace psoas
