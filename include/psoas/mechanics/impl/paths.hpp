#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/model.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"
#include "psoas/wrap/surface_path.hpp"
#include "psoas/wrap/taut_path.hpp"

namespace psoas {

namespace detail {

inline void place_points(const Model& model, const Kinematics& k, Paths& out) noexcept {
  for (std::size_t i = 0; i < model.points.size(); ++i) {
    const PathPoint& point = model.points[i];
    Vec3 at = point.at;
    if (point.coordinate >= 0) {
      for (int c = 0; c < 3; ++c) {
        at(c) =
            model.point_functions[static_cast<std::size_t>(point.functions + c)].evaluate(k.q(point.coordinate)).value;
      }
    }
    out.place[i] = k.X_GB[static_cast<std::size_t>(point.body)].apply_to_point(at);
  }
}

/// The segments between the points that are on in this pose.
inline void choose_course(const Model& model, const Strand& strand, int i, const VecX& q, Paths& out) noexcept {
  int n = 0, at = strand.first_point;
  for (int s = strand.first_segment; s < strand.first_segment + strand.n_segments; ++s) {
    const Segment& segment = model.segments[static_cast<std::size_t>(s)];
    if (segment.first_point != at || !model.points[static_cast<std::size_t>(segment.last_point)].is_on(q)) continue;
    out.course[static_cast<std::size_t>(strand.first_course + n++)] = s;
    at = segment.last_point;
  }
  out.n_course[static_cast<std::size_t>(i)] = n;
}

inline Vec6 line_through(const Vec3& x, const Vec3& u) noexcept { return spatial::join<double>(x.cross(u), u); }

/// A segment without surfaces.
inline void straight_segment(const Segment& segment, std::size_t s, Paths& out) noexcept {
  const Vec3& first = out.place[static_cast<std::size_t>(segment.first_point)];
  const Vec3 way = out.place[static_cast<std::size_t>(segment.last_point)] - first;
  const double length = way.norm();
  out.segment_length(static_cast<Eigen::Index>(s)) = length;
  out.legs[static_cast<std::size_t>(segment.first_leg)] = {line_through(first, way / length), 0, -1};
  out.n_legs[s] = 1;
}

/// A segment past one surface, in closed form.
inline void wrapped_segment(const Model& model, const Kinematics& k, const Segment& segment, std::size_t s,
                            Paths& out) noexcept {
  const PathWrap& wrap = model.path_wraps[static_cast<std::size_t>(segment.first_wrap)];
  const WrapSurface& surface = model.surfaces[static_cast<std::size_t>(wrap.surface)];
  const spatial::Transform<double> X = k.X_GB[static_cast<std::size_t>(surface.body)] * surface.frame;
  const Vec3& first = out.place[static_cast<std::size_t>(segment.first_point)];
  const Vec3& last = out.place[static_cast<std::size_t>(segment.last_point)];
  const auto path = wrap::surface_path<double>(wrap.shape, X.point_to_local(first), X.point_to_local(last));
  out.segment_length(static_cast<Eigen::Index>(s)) = path.length;
  out.inside += path.inside ? 1 : 0;
  out.touching[s] = path.wrapped ? 1 : 0;
  Paths::Leg* leg = out.legs.data() + segment.first_leg;
  leg[0] = {line_through(first, X.apply_to_vector(path.departure)), 0, path.wrapped ? 1 : -1};
  if (path.wrapped) leg[1] = {line_through(last, X.apply_to_vector(path.arrival)), 1, -1};
  out.n_legs[s] = path.wrapped ? 2 : 1;
}

/// Several surfaces on one segment, solved together.
inline void taut_segment(const Model& model, const Kinematics& k, const Segment& segment, std::size_t s,
                         Paths& out) noexcept {
  std::array<wrap::Obstacle, wrap::max_obstacles> obstacles;
  for (int w = 0; w < segment.n_wraps; ++w) {
    const PathWrap& wrap = model.path_wraps[static_cast<std::size_t>(segment.first_wrap + w)];
    const WrapSurface& surface = model.surfaces[static_cast<std::size_t>(wrap.surface)];
    const spatial::Transform<double> X = k.X_GB[static_cast<std::size_t>(surface.body)] * surface.frame;
    obstacles[static_cast<std::size_t>(w)] = {wrap.shape, X.R, X.p};
  }
  const Vec3& first = out.place[static_cast<std::size_t>(segment.first_point)];
  const Vec3& last = out.place[static_cast<std::size_t>(segment.last_point)];
  const wrap::TautPath path =
      wrap::taut_path(first, last, {obstacles.data(), static_cast<std::size_t>(segment.n_wraps)});
  if (!usable(path.status)) out.status = path.status;
  out.segment_length(static_cast<Eigen::Index>(s)) = path.length;
  Paths::Leg* leg = out.legs.data() + segment.first_leg;
  int n = 0, from = 0;
  for (int w = 0; w < segment.n_wraps; ++w) {
    const wrap::Touch& touch = path.touches[static_cast<std::size_t>(w)];
    out.inside += touch.inside ? 1 : 0;
    if (!touch.touched) continue;
    leg[n++] = {line_through(touch.entry, touch.arriving), from, 1 + w};
    from = 1 + w;
  }
  leg[n++] = {line_through(last, path.arrival), from, -1};
  out.n_legs[s] = n;
  out.touching[s] = n > 1 ? 1 : 0;
}

inline void compute_segments(const Model& model, const Kinematics& k, Paths& out) noexcept {
  for (std::size_t s = 0; s < model.segments.size(); ++s) {
    const Segment& segment = model.segments[s];
    if (segment.same_as >= 0) {
      const auto twin = static_cast<std::size_t>(segment.same_as);
      const Segment& other = model.segments[twin];
      out.segment_length(static_cast<Eigen::Index>(s)) = out.segment_length(segment.same_as);
      out.n_legs[s] = out.n_legs[twin];
      out.touching[s] = out.touching[twin];
      for (int l = 0; l < out.n_legs[s]; ++l) {
        out.legs[static_cast<std::size_t>(segment.first_leg + l)] =
            out.legs[static_cast<std::size_t>(other.first_leg + l)];
      }
    } else if (segment.n_wraps == 0) {
      straight_segment(segment, s, out);
    } else if (segment.n_wraps == 1) {
      wrapped_segment(model, k, segment, s, out);
    } else {
      taut_segment(model, k, segment, s, out);
    }
  }
}

/// Pulls of one segment on everything beyond each joint that it crosses.
inline void add_pulls(const Model& model, const Strand& strand, const Segment& segment, std::size_t s,
                      Paths& out) noexcept {
  const auto mask_at = [&](int end) {
    if (end == 0) return segment.mask_first;
    if (end < 0) return segment.mask_last;
    return model.wrap_mask[static_cast<std::size_t>(segment.first_wrap + end - 1)];
  };
  for (int l = 0; l < out.n_legs[s]; ++l) {
    const Paths::Leg& leg = out.legs[static_cast<std::size_t>(segment.first_leg + l)];
    const std::uint32_t from = mask_at(leg.from), to = mask_at(leg.to);
    std::uint32_t crossed = from ^ to;
    for (int c = strand.first_crossing; crossed != 0; ++c, crossed >>= 1) {
      if ((crossed & 1u) == 0) continue;
      const bool beyond = ((to >> (c - strand.first_crossing)) & 1u) != 0;
      if (beyond) {
        out.crossing[static_cast<std::size_t>(c)] -= leg.line;
      } else {
        out.crossing[static_cast<std::size_t>(c)] += leg.line;
      }
    }
  }
}

/// Direction in which a segment leaves its first point, or reaches its last.
inline Vec3 end_direction(const Model& model, const Paths& paths, std::size_t s, bool last) noexcept {
  const int leg = model.segments[s].first_leg + (last ? paths.n_legs[s] - 1 : 0);
  return spatial::linear<double>(paths.legs[static_cast<std::size_t>(leg)].line);
}

/// What a point that slides in its body adds to moment arm and speed, at one end of a segment.
inline void add_sliding(const Model& model, const Kinematics& k, int p, int s, bool last, int strand,
                        Paths& out) noexcept {
  const PathPoint& point = model.points[static_cast<std::size_t>(p)];
  if (point.coordinate < 0) return;
  Vec3 slope;
  for (int c = 0; c < 3; ++c) {
    slope(c) =
        model.point_functions[static_cast<std::size_t>(point.functions + c)].evaluate(k.q(point.coordinate)).slope;
  }
  slope = k.X_GB[static_cast<std::size_t>(point.body)].apply_to_vector(slope);
  const Vec3 direction = end_direction(model, out, static_cast<std::size_t>(s), last);
  const double rate = last ? direction.dot(slope) : -direction.dot(slope);
  out.speed(strand) += rate * k.v(point.coordinate);
  const int arm = model.point_arm[static_cast<std::size_t>(p)];
  if (arm >= 0) out.moment_arm(arm) -= rate * k.gain(point.coordinate);
}

}  // namespace detail

PSOAS_INLINE void compute_paths(const Model& model, const Kinematics& k, Paths& out) noexcept {
  out.status = Status::ok;
  out.inside = 0;
  detail::place_points(model, k, out);
  detail::compute_segments(model, k, out);
  for (Vec6& wrench : out.crossing) wrench.setZero();
  out.moment_arm.setZero();
  const bool still = k.v.isZero(0.0);
  for (int i = 0; i < model.n_strands(); ++i) {
    const Strand& strand = model.strands[static_cast<std::size_t>(i)];
    if (strand.conditional) detail::choose_course(model, strand, i, k.q, out);
    const int* const course = out.course.data() + strand.first_course;
    const int n_course = out.n_course[static_cast<std::size_t>(i)];
    double length = 0.0;
    for (int j = 0; j < n_course; ++j) {
      const auto s = static_cast<std::size_t>(course[j]);
      length += out.segment_length(static_cast<Eigen::Index>(s));
      detail::add_pulls(model, strand, model.segments[s], s, out);
    }
    out.length(i) = length;
    out.speed(i) = 0.0;
    for (int t = model.arm_term_start[static_cast<std::size_t>(i)];
         t < model.arm_term_start[static_cast<std::size_t>(i) + 1]; ++t) {
      const ArmTerm& term = model.arm_terms[static_cast<std::size_t>(t)];
      out.moment_arm(term.arm) +=
          k.twist[static_cast<std::size_t>(term.motion)].dot(out.crossing[static_cast<std::size_t>(term.crossing)]);
    }
    for (int c = strand.first_crossing; !still && c < strand.first_crossing + strand.n_crossings; ++c) {
      const auto body = static_cast<std::size_t>(model.crossing_body[static_cast<std::size_t>(c)]);
      Vec6 relative = k.V_GB[body];
      if (model.bodies[body].parent != ground) relative -= k.V_GB[static_cast<std::size_t>(model.bodies[body].parent)];
      out.speed(i) -= relative.dot(out.crossing[static_cast<std::size_t>(c)]);
    }
    for (int j = 0; strand.sliding && j < n_course; ++j) {
      const Segment& segment = model.segments[static_cast<std::size_t>(course[j])];
      detail::add_sliding(model, k, segment.first_point, course[j], false, i, out);
      detail::add_sliding(model, k, segment.last_point, course[j], true, i, out);
    }
  }
  for (std::size_t t = 0; t < model.balanced_terms.size(); ++t) {
    const BalancedTerm& term = model.balanced_terms[t];
    const BalancedAxis& axis = model.balanced[static_cast<std::size_t>(term.balanced)];
    const Vec3 along = k.X_GB[static_cast<std::size_t>(axis.body)].R.col(axis.axis);
    out.balanced_pull(static_cast<Eigen::Index>(t)) =
        along.dot(spatial::linear<double>(out.crossing[static_cast<std::size_t>(term.crossing)]));
  }
  if (!out.length.allFinite()) out.status = Status::not_finite;
  out.stamp = k.stamp;
}

}  // namespace psoas
