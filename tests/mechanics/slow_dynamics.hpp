#pragma once

#include <cmath>
#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"

/// A slow, obvious second way to inverse dynamics: positions alone, written as Taylor series in time, give every
/// velocity and acceleration; d'Alembert's principle gives the generalised forces. No spatial algebra, no recursion
/// over forces.
namespace slow {

/// A number with its first and second derivative by one parameter.
struct Taylor {
  double x = 0.0, dx = 0.0, ddx = 0.0;
};
inline Taylor operator+(Taylor a, Taylor b) { return {a.x + b.x, a.dx + b.dx, a.ddx + b.ddx}; }
inline Taylor operator-(Taylor a, Taylor b) { return {a.x - b.x, a.dx - b.dx, a.ddx - b.ddx}; }
inline Taylor operator*(Taylor a, Taylor b) {
  return {a.x * b.x, a.dx * b.x + a.x * b.dx, a.ddx * b.x + 2.0 * a.dx * b.dx + a.x * b.ddx};
}
inline Taylor chain(Taylor a, double f, double df, double ddf) {
  return {f, df * a.dx, df * a.ddx + ddf * a.dx * a.dx};
}
inline Taylor sine(Taylor a) { return chain(a, std::sin(a.x), std::cos(a.x), -std::sin(a.x)); }
inline Taylor cosine(Taylor a) { return chain(a, std::cos(a.x), -std::sin(a.x), -std::cos(a.x)); }
inline Taylor number(double x) { return {x, 0.0, 0.0}; }

struct TaylorFrame {
  Taylor R[3][3];
  Taylor p[3];
};

inline TaylorFrame compose(const TaylorFrame& a, const TaylorFrame& b) {
  TaylorFrame c;
  for (int i = 0; i < 3; ++i) {
    c.p[i] = a.p[i];
    for (int j = 0; j < 3; ++j) {
      c.p[i] = c.p[i] + a.R[i][j] * b.p[j];
      c.R[i][j] = number(0.0);
      for (int k = 0; k < 3; ++k) c.R[i][j] = c.R[i][j] + a.R[i][k] * b.R[k][j];
    }
  }
  return c;
}

inline TaylorFrame constant(const psoas::spatial::Transform<double>& X) {
  TaylorFrame f;
  for (int i = 0; i < 3; ++i) {
    f.p[i] = number(X.p(i));
    for (int j = 0; j < 3; ++j) f.R[i][j] = number(X.R(i, j));
  }
  return f;
}

inline TaylorFrame turned(const psoas::Vec3& u, Taylor angle) {
  const Taylor c = cosine(angle), s = sine(angle);
  TaylorFrame f;
  for (int i = 0; i < 3; ++i) {
    f.p[i] = number(0.0);
    for (int j = 0; j < 3; ++j) {
      const Taylor uu = number(u(i) * u(j));
      f.R[i][j] = uu + (number(i == j ? 1.0 : 0.0) - uu) * c;
    }
  }
  const double cross[3][3] = {{0, -u(2), u(1)}, {u(2), 0, -u(0)}, {-u(1), u(0), 0}};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) f.R[i][j] = f.R[i][j] + number(cross[i][j]) * s;
  }
  return f;
}

inline TaylorFrame shifted(const psoas::Vec3& u, Taylor way) {
  TaylorFrame f = constant({});
  for (int i = 0; i < 3; ++i) f.p[i] = number(u(i)) * way;
  return f;
}

inline Taylor evaluate(const psoas::Function& function, Taylor q) {
  const psoas::FunctionValue f = function.evaluate(q.x);
  return chain(q, f.value, f.slope, f.curvature);
}

/// Frames of all bodies when coordinate c runs as q[c]. Followers are computed unless `override_coordinate` names one.
inline std::vector<TaylorFrame> frames(const psoas::Model& model, std::vector<Taylor> q, int override_coordinate = -1) {
  for (std::size_t c = 0; c < q.size(); ++c) {
    const psoas::Coordinate& coordinate = model.coordinates[c];
    if (coordinate.leader < 0) continue;
    Taylor value = evaluate(coordinate.coupling, q[static_cast<std::size_t>(coordinate.leader)]);
    if (static_cast<int>(c) == override_coordinate) value = value + q[c];
    q[c] = value;
  }
  std::vector<TaylorFrame> out;
  for (const psoas::Body& body : model.bodies) {
    TaylorFrame X = constant(body.parent_frame);
    if (body.parent >= 0) X = compose(out[static_cast<std::size_t>(body.parent)], X);
    for (bool rotation : {false, true}) {
      for (int i = body.first_axis; i < body.first_axis + body.n_axes; ++i) {
        const psoas::JointAxis& axis = model.axes[static_cast<std::size_t>(i)];
        if (axis.rotation != rotation) continue;
        const Taylor q_axis = axis.coordinate < 0 ? number(0.0) : q[static_cast<std::size_t>(axis.coordinate)];
        const Taylor value = evaluate(axis.function, q_axis);
        X = compose(X, rotation ? turned(axis.axis, value) : shifted(axis.axis, value));
      }
    }
    out.push_back(compose(X, constant(body.child_frame_inverse)));
  }
  return out;
}

inline psoas::Vec3 spin(const psoas::Mat3& R, const psoas::Mat3& dR) {
  const psoas::Mat3 W = dR * R.transpose();
  return {0.5 * (W(2, 1) - W(1, 2)), 0.5 * (W(0, 2) - W(2, 0)), 0.5 * (W(1, 0) - W(0, 1))};
}

struct BodyMotion {
  psoas::Vec3 center, velocity, acceleration, omega, alpha;
  psoas::Mat3 R;
};

inline BodyMotion motion(const TaylorFrame& X, const psoas::Vec3& at) {
  BodyMotion m;
  psoas::Mat3 dR, ddR;
  for (int i = 0; i < 3; ++i) {
    Taylor c = X.p[i];
    for (int j = 0; j < 3; ++j) {
      c = c + X.R[i][j] * number(at(j));
      m.R(i, j) = X.R[i][j].x, dR(i, j) = X.R[i][j].dx, ddR(i, j) = X.R[i][j].ddx;
    }
    m.center(i) = c.x, m.velocity(i) = c.dx, m.acceleration(i) = c.ddx;
  }
  m.omega = spin(m.R, dR);
  m.alpha = spin(m.R, ddR);  // the antisymmetric part of R'' R^T is the angular acceleration
  return m;
}

/// Generalised force of the equation of one coordinate: sum over bodies of (m (c'' - g)) . dc/dq + dH/dt . dw/dq'.
inline double generalised_force(const psoas::Model& model, const psoas::Pose& pose, int coordinate) {
  std::vector<Taylor> in_time, along;
  for (Eigen::Index c = 0; c < pose.q.size(); ++c) {
    in_time.push_back({pose.q(c), pose.v(c), pose.a(c)});
    along.push_back({pose.q(c), c == coordinate ? 1.0 : 0.0, 0.0});
  }
  const bool follower = model.coordinates[static_cast<std::size_t>(coordinate)].leader >= 0;
  if (follower) along[static_cast<std::size_t>(coordinate)] = {0.0, 1.0, 0.0};
  const auto moving = frames(model, in_time), varied = frames(model, along, follower ? coordinate : -1);
  double sum = 0.0;
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const psoas::Body& body = model.bodies[b];
    if (body.mass == 0.0) continue;
    const BodyMotion m = motion(moving[b], body.mass_center), d = motion(varied[b], body.mass_center);
    const psoas::Vec3 force = body.mass * (m.acceleration + psoas::Vec3(0.0, model.gravity, 0.0));
    const psoas::Mat3 I = m.R * body.inertia * m.R.transpose();
    sum += force.dot(d.velocity) + (I * m.alpha + m.omega.cross(I * m.omega)).dot(d.omega);
  }
  return sum;
}

}  // namespace slow
