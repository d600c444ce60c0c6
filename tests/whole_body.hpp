#pragma once

#include <map>
#include <string>

#include "psoas/core/random.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/pose.hpp"

/// The default body for tests, read once, and the same body with every coordinate set free.
namespace whole_body {

inline const psoas::ModelSpec& spec() {
  static const psoas::ModelSpec it = psoas::io::read_model("whole_body");
  return it;
}

inline const psoas::Model& model() {
  static const psoas::Model it = psoas::compile(spec());
  return it;
}

/// Levels no longer follow the trunk and helper frames no longer follow the spine: each takes a value of its own.
inline psoas::ModelSpec unbound(psoas::ModelSpec spec) {
  for (psoas::CoordinateSpec& c : spec.coordinates) {
    if (c.role == psoas::Role::follows) c.role = c.equation ? psoas::Role::free : psoas::Role::prescribed;
  }
  return spec;
}

inline const psoas::Model& unbound_model() {
  static const psoas::Model it = psoas::compile(unbound(spec()));
  return it;
}

/// A pose with every coordinate somewhere in the middle four fifths of its range, rates of order one.
inline psoas::Pose random_pose(const psoas::Model& model, psoas::Random& random) {
  psoas::Pose pose = psoas::rest_pose(model);
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const psoas::Coordinate& coordinate = model.coordinates[c];
    const double low = std::max(coordinate.minimum, -1.0), high = std::min(coordinate.maximum, 1.0);
    const auto i = static_cast<Eigen::Index>(c);
    pose.q(i) = low + (high - low) * (0.1 + 0.8 * random.uniform());
    pose.v(i) = 2.0 * random.uniform() - 1.0;
    pose.a(i) = 4.0 * random.uniform() - 2.0;
  }
  return pose;
}

}  // namespace whole_body
