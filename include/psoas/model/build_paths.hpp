#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/model/build_tree.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/spec.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::detail {

inline wrap::Surface shape_of(const SurfaceSpec& surface, const std::string& side) {
  if (side.size() == 2) {  // "+x"
    Vec3 direction = Vec3::Zero();
    direction(side[1] - 'x') = side[0] == '-' ? -1.0 : 1.0;
    return wrap::Surface::cylinder_over(surface.radius.value, direction);
  }
  const wrap::WrapSide way = side == "shortest"    ? wrap::WrapSide::shortest
                             : side == "clockwise" ? wrap::WrapSide::clockwise
                                                   : wrap::WrapSide::counterclockwise;
  if (surface.kind == "ellipsoid") return wrap::Surface::ellipsoid(surface.half_axes, way);
  if (surface.kind == "torus") return wrap::Surface::torus(surface.ring_radius.value, surface.radius.value, way);
  return surface.kind == "sphere" ? wrap::Surface::sphere(surface.radius.value, way)
                                  : wrap::Surface::cylinder(surface.radius.value, way);
}

/// Second part of compile(): surfaces, strands with their segments, crossings and sparse moment arms.
class PathBuilder : protected TreeBuilder {
 protected:
  using TreeBuilder::TreeBuilder;
  ~PathBuilder() = default;

  void add_surfaces() {
    for (const SurfaceSpec& spec : spec_.surfaces) {
      surface_[spec.name] = static_cast<int>(model_.surfaces.size());
      model_.surfaces.push_back({spec.name, body_.at(spec.body), frame_of(spec.center, spec.rotation)});
    }
  }

  void add_strand(const MuscleSpec& spec) {
    Strand strand;
    strand.name = spec.name;
    strand.side = spec.side;
    strand.tone = spec.tone;
    for (const PointSpec& point : spec.points) {
      strand.conditional = strand.conditional || point.condition;
      strand.sliding = strand.sliding || !point.coordinate.empty();
    }
    strand.first_point = static_cast<int>(model_.points.size());
    strand.n_points = static_cast<int>(spec.points.size());
    for (const PointSpec& point : spec.points) add_point(point);
    add_crossings(spec, strand);
    add_segments(spec, strand);
    add_arms(strand);
    model_.strands.push_back(std::move(strand));
  }

  void add_point(const PointSpec& spec) {
    PathPoint point;
    point.body = body_.at(spec.body);
    point.at = spec.at;
    if (!spec.coordinate.empty()) {
      point.coordinate = coordinate_.at(spec.coordinate);
      point.functions = static_cast<int>(model_.point_functions.size());
      point.row = row_of(point.coordinate);
      for (int k = 0; k < 3; ++k) {
        model_.point_functions.push_back(spec.functions[at(k)].value_or(Function::constant(spec.at(k))));
      }
    }
    if (spec.condition) {
      point.condition = coordinate_.at(spec.condition->coordinate);
      point.on_minimum = spec.condition->minimum, point.on_maximum = spec.condition->maximum;
    }
    model_.points.push_back(point);
  }

  /// Joints that separate the bodies of a path: some of its bodies lie beyond, some do not.
  void add_crossings(const MuscleSpec& spec, Strand& strand) {
    std::vector<int> touched;
    for (const PointSpec& point : spec.points) touched.push_back(body_.at(point.body));
    for (const PathWrapSpec& wrap : spec.wraps) touched.push_back(model_.surfaces[at(surface_.at(wrap.surface))].body);
    strand.first_crossing = static_cast<int>(model_.crossing_body.size());
    for (int b = 0; b < model_.n_bodies(); ++b) {
      const auto inside = std::count_if(touched.begin(), touched.end(), [&](int t) { return model_.beyond(t, b); });
      if (inside > 0 && inside < static_cast<std::ptrdiff_t>(touched.size())) model_.crossing_body.push_back(b);
    }
    strand.n_crossings = static_cast<int>(model_.crossing_body.size()) - strand.first_crossing;
    if (strand.n_crossings > 32) throw Error("muscle \"" + spec.name + "\" crosses more than 32 joints");
  }

  std::uint32_t mask_of(int body, const Strand& strand) const {
    std::uint32_t mask = 0;
    for (int k = 0; k < strand.n_crossings; ++k) {
      if (model_.beyond(body, model_.crossing_body[at(strand.first_crossing + k)])) mask |= 1u << k;
    }
    return mask;
  }

  /// Every pair of points between which the path may run straight or wrapped: neighbours, and those with nothing but
  /// conditional points between them.
  void add_segments(const MuscleSpec& spec, Strand& strand) {
    strand.first_segment = static_cast<int>(model_.segments.size());
    for (int first = 0; first + 1 < strand.n_points; ++first) {
      for (int last = first + 1; last < strand.n_points; ++last) {
        add_segment(spec, strand, first, last);
        if (!spec.points[at(last)].condition) break;
      }
    }
    strand.n_segments = static_cast<int>(model_.segments.size()) - strand.first_segment;
    strand.first_course = model_.n_course;
    model_.n_course += strand.n_points - 1;
  }

  void add_segment(const MuscleSpec& spec, const Strand& strand, int first, int last) {
    Segment segment;
    segment.first_point = strand.first_point + first;
    segment.last_point = strand.first_point + last;
    segment.first_wrap = static_cast<int>(model_.path_wraps.size());
    for (const PathWrapSpec& wrap : spec.wraps) {
      if (wrap.segment < first || wrap.segment >= last) continue;
      const int surface = surface_.at(wrap.surface);
      model_.path_wraps.push_back({surface, shape_of(spec_.surfaces[at(surface)], wrap.side)});
      model_.wrap_mask.push_back(mask_of(model_.surfaces[at(surface)].body, strand));
    }
    segment.n_wraps = static_cast<int>(model_.path_wraps.size()) - segment.first_wrap;
    segment.mask_first = mask_of(model_.points[at(segment.first_point)].body, strand);
    segment.mask_last = mask_of(model_.points[at(segment.last_point)].body, strand);
    segment.first_leg = model_.n_legs;
    model_.n_legs += segment.n_wraps + 1;
    segment.same_as = earlier_twin(segment);
    model_.segments.push_back(segment);
  }

  bool same_point(const PathPoint& a, const PathPoint& b) const {
    return a.body == b.body && a.at == b.at && a.coordinate < 0 && b.coordinate < 0;
  }

  /// A segment already there with the same ends and wraps (the eleven strands of psoas share their last one).
  int earlier_twin(const Segment& segment) const {
    if (segment.n_wraps == 0) return -1;
    for (std::size_t s = 0; s < model_.segments.size(); ++s) {
      const Segment& other = model_.segments[s];
      if (other.same_as >= 0 || other.n_wraps != segment.n_wraps) continue;
      bool same = same_point(model_.points[at(segment.first_point)], model_.points[at(other.first_point)]) &&
                  same_point(model_.points[at(segment.last_point)], model_.points[at(other.last_point)]);
      for (int w = 0; w < segment.n_wraps; ++w) {
        const PathWrap& a = model_.path_wraps[at(segment.first_wrap + w)];
        const PathWrap& b = model_.path_wraps[at(other.first_wrap + w)];
        same = same && a.surface == b.surface && a.shape == b.shape;
      }
      if (same) return static_cast<int>(s);
    }
    return -1;
  }

  /// Sparse pattern of the moment arms: one entry for each equation that the strand takes part in, in their order.
  void add_arms(Strand& strand) {
    std::map<int, int> entry;  // of each equation
    for (int k = 0; k < strand.n_crossings; ++k) {
      for (const JointMotion& motion : model_.motions) {
        if (motion.body == model_.crossing_body[at(strand.first_crossing + k)] && motion.row >= 0) entry[motion.row];
      }
    }
    for (int p = strand.first_point; p < strand.first_point + strand.n_points; ++p) {
      if (model_.points[at(p)].row >= 0) entry[model_.points[at(p)].row];
    }
    strand.first_arm = static_cast<int>(model_.arm_row.size());
    strand.n_arms = static_cast<int>(entry.size());
    for (auto& [row, index] : entry) {
      index = static_cast<int>(model_.arm_row.size());
      model_.arm_row.push_back(row);
    }
    model_.arm_term_start.push_back(static_cast<int>(model_.arm_terms.size()));
    for (int k = 0; k < strand.n_crossings; ++k) {
      const int crossing = strand.first_crossing + k;
      for (std::size_t m = 0; m < model_.motions.size(); ++m) {
        const JointMotion& motion = model_.motions[m];
        if (motion.body != model_.crossing_body[at(crossing)] || motion.row < 0) continue;
        model_.arm_terms.push_back({crossing, static_cast<int>(m), entry.at(motion.row)});
      }
    }
    for (int p = strand.first_point; p < strand.first_point + strand.n_points; ++p) {
      const int row = model_.points[at(p)].row;
      model_.point_arm.push_back(row >= 0 ? entry.at(row) : -1);
    }
  }

  std::map<std::string, int> surface_;
};

}  // namespace psoas::detail
