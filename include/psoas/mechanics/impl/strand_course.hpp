#pragma once

#include <cmath>
#include <vector>

#include "psoas/mechanics/strand_course.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas {

namespace detail {

/// Where a line touches a surface, in the frame of the surface: the point of it that is nearest to the axis of a
/// cylinder or the centre of the others, measured in half axes on an ellipsoid.
inline Vec3 touching_point(const wrap::Surface& shape, const Vec3& on_line, const Vec3& along) {
  Vec3 scale = Vec3::Ones();
  if (shape.kind == wrap::Surface::Kind::cylinder) scale.z() = 0.0;
  if (shape.kind == wrap::Surface::Kind::ellipsoid) scale = shape.half_axes.cwiseInverse();
  const Vec3 x = on_line.cwiseProduct(scale), u = along.cwiseProduct(scale);
  return on_line - along * (x.dot(u) / u.squaredNorm());
}

/// A point between two of a surface, at a share of the way round.
inline Vec3 between_on(const wrap::Surface& shape, const Vec3& a, const Vec3& b, double share, bool far_way) {
  const bool cylinder = shape.kind == wrap::Surface::Kind::cylinder;
  Vec3 scale = Vec3::Ones();
  if (shape.kind == wrap::Surface::Kind::ellipsoid) scale = shape.half_axes.cwiseInverse();
  Vec3 from = a.cwiseProduct(scale), to = b.cwiseProduct(scale);
  if (cylinder) from.z() = to.z() = 0.0;
  const Vec3 normal = cylinder ? Vec3(Vec3::UnitZ()) : Vec3(from.cross(to).stableNormalized());
  double turn = std::atan2(normal.dot(from.cross(to)), from.dot(to));
  if (far_way) turn -= std::copysign(2.0 * pi, turn);
  Vec3 out = (Eigen::AngleAxisd(share * turn, normal) * from).cwiseQuotient(scale);
  if (cylinder) out.z() = (1.0 - share) * a.z() + share * b.z();
  return out;
}

}  // namespace detail

PSOAS_INLINE std::vector<Vec3> strand_course(const Model& model, const Kinematics& k, const Paths& paths, int strand,
                                             int between) {
  const auto i = static_cast<std::size_t>(strand);
  const Strand& of = model.strands.at(i);
  std::vector<Vec3> points;
  for (int j = 0; j < paths.n_course[i]; ++j) {
    const int s = paths.course[static_cast<std::size_t>(of.first_course + j)];
    const Segment& segment = model.segments[static_cast<std::size_t>(s)];
    if (j == 0) points.push_back(paths.place[static_cast<std::size_t>(segment.first_point)]);
    for (int l = 1; l < paths.n_legs[static_cast<std::size_t>(s)]; ++l) {
      const Paths::Leg& before = paths.legs[static_cast<std::size_t>(segment.first_leg + l - 1)];
      const Paths::Leg& after = paths.legs[static_cast<std::size_t>(segment.first_leg + l)];
      const PathWrap& wrap = model.path_wraps[static_cast<std::size_t>(segment.first_wrap + after.from - 1)];
      const WrapSurface& surface = model.surfaces[static_cast<std::size_t>(wrap.surface)];
      const spatial::Transform<double> X = k.X_GB[static_cast<std::size_t>(surface.body)] * surface.frame;
      const auto touch = [&](const Paths::Leg& leg) {
        const Vec3 u = spatial::linear<double>(leg.line), moment = spatial::angular<double>(leg.line);
        return detail::touching_point(wrap.shape, X.point_to_local(u.cross(moment)), X.vector_to_local(u));
      };
      const Vec3 arrival = touch(before), departure = touch(after);
      points.push_back(X.apply_to_point(arrival));
      // the path goes on the way it came: where the short way round would turn back, it takes the long one
      const Vec3 came = X.vector_to_local(spatial::linear<double>(before.line));
      const Vec3 ahead = detail::between_on(wrap.shape, arrival, departure, 1e-3, false) - arrival;
      const bool far_way = came.dot(ahead) < 0.0;
      const bool arc = wrap.shape.kind != wrap::Surface::Kind::torus && (departure - arrival).norm() > 1e-9;
      for (int n = 1; arc && n <= between; ++n) {
        const double share = static_cast<double>(n) / (between + 1);
        points.push_back(X.apply_to_point(detail::between_on(wrap.shape, arrival, departure, share, far_way)));
      }
      points.push_back(X.apply_to_point(departure));
    }
    points.push_back(paths.place[static_cast<std::size_t>(segment.last_point)]);
  }
  return points;
}

}  // namespace psoas
