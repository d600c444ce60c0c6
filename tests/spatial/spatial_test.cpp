#include <gtest/gtest.h>

#include <vector>

#include "psoas/core/dual.hpp"
#include "psoas/core/random.hpp"
#include "psoas/spatial/inertia.hpp"
#include "psoas/spatial/rotation.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas::spatial {
namespace {

struct Draw {
  Random random{2024};
  Vec3 vector() { return {random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)}; }
  Vec3 unit() { return vector().normalized(); }
  Vec6 six() { return join<double>(vector(), vector()); }
  Pose3 pose() { return {rotation_exp<double>(3.0 * vector()), vector()}; }
};

TEST(Rotation, IsOrthogonalAndRightHanded) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec3 w = 3.0 * draw.vector();
    for (const Mat3& R :
         {rotation_exp<double>(w), axis_rotation<double>(draw.unit(), w.x()), xyz_body_rotation<double>(w)}) {
      EXPECT_LT((R.transpose() * R - Mat3::Identity()).norm(), 1e-14);
      EXPECT_NEAR(R.determinant(), 1.0, 1e-14);
    }
  }
}

TEST(Rotation, AxisRotationAndExponentialAgree) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec3 u = draw.unit();
    for (const double angle : {1e-9, 0.0007, 0.00101, 0.3, 2.9, 3.14159})
      EXPECT_LT((rotation_exp<double>(angle * u) - axis_rotation<double>(u, angle)).norm(), 1e-14);
  }
}

TEST(Rotation, LogarithmUndoesTheExponential) {
  Draw draw;
  for (int i = 0; i < 50; ++i)
    for (const double angle : {1e-12, 1e-5, 0.5, 2.0, 3.1415}) {
      const Vec3 w = angle * draw.unit();
      EXPECT_LT((rotation_log(rotation_exp<double>(w)) - w).norm(), 1e-13);
    }
  EXPECT_EQ(rotation_log(Mat3::Identity()), Vec3::Zero());
}

TEST(Rotation, XyzBodyRotationIsTheProductOfItsThreeHinges) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec3 a = draw.vector();
    const Mat3 product = axis_rotation<double>(Vec3::UnitX(), a.x()) * axis_rotation<double>(Vec3::UnitY(), a.y()) *
                         axis_rotation<double>(Vec3::UnitZ(), a.z());
    EXPECT_LT((xyz_body_rotation<double>(a) - product).norm(), 1e-15);
    EXPECT_LT((xyz_body_angles(product) - a).norm(), 1e-14);
  }
  const Mat3 locked = xyz_body_rotation<double>(0.3, pi / 2, 0.2);
  EXPECT_LT((xyz_body_rotation<double>(xyz_body_angles(locked)) - locked).norm(), 1e-12);
}

TEST(Rotation, DerivativeOfTheExponentialIsExactInDualNumbers) {
  using D = Dual<3>;
  Draw draw;
  for (const double size : {0.0, 1e-4, 0.9e-3, 1.1e-3, 0.8}) {
    const Vec3 w = size * draw.unit();
    const Vector3<D> wd(D::variable(w[0], 0), D::variable(w[1], 1), D::variable(w[2], 2));
    const Matrix3<D> R = rotation_exp<D>(wd);
    for (int k = 0; k < 3; ++k) {
      const Vec3 h = 1e-6 * Vec3::Unit(k);
      const Mat3 slope = (rotation_exp<double>(w + h) - rotation_exp<double>(w - h)) / 2e-6;
      for (int i = 0; i < 9; ++i) EXPECT_NEAR(R(i / 3, i % 3).slopes[k], slope(i / 3, i % 3), 1e-9);
    }
  }
}

TEST(Transform, InverseUndoesAndCompositionChains) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Pose3 X = draw.pose(), Y = draw.pose();
    const Vec3 x = draw.vector();
    EXPECT_LT((X.inverse().apply_to_point(X.apply_to_point(x)) - x).norm(), 1e-14);
    EXPECT_LT((X.point_to_local(X.apply_to_point(x)) - x).norm(), 1e-14);
    EXPECT_LT((X.vector_to_local(X.apply_to_vector(x)) - x).norm(), 1e-14);
    EXPECT_LT(((X * Y).apply_to_point(x) - X.apply_to_point(Y.apply_to_point(x))).norm(), 1e-14);
    EXPECT_LT(((X * X.inverse()).R - Mat3::Identity()).norm() + (X * X.inverse()).p.norm(), 1e-14);
  }
}

TEST(Twist, HingeTwistLeavesItsAxisAtRest) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec3 u = draw.unit(), c = draw.vector();
    const Vec6 S = hinge_twist<double>(u, c);
    EXPECT_LT(point_velocity<double>(S, c + 1.7 * u).norm(), 1e-14);
    EXPECT_LT((hinge_twist<double>(u, c - 0.4 * u) - S).norm(), 1e-14);
  }
}

TEST(Twist, HingeTwistIsTheRateOfTheRotatedPoint) {
  Draw draw;
  for (int i = 0; i < 20; ++i) {
    const Vec3 u = draw.unit(), c = draw.vector(), x = draw.vector();
    const auto moved = [&](double angle) -> Vec3 { return c + axis_rotation<double>(u, angle) * (x - c); };
    const Vec3 rate = (moved(1e-6) - moved(-1e-6)) / 2e-6;
    EXPECT_LT((point_velocity<double>(hinge_twist<double>(u, c), x) - rate).norm(), 1e-9);
  }
}

TEST(Twist, CrossProductObeysJacobiAndIsAntisymmetric) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec6 a = draw.six(), b = draw.six(), c = draw.six();
    const Vec6 jacobi = twist_cross<double>(a, twist_cross<double>(b, c)) +
                        twist_cross<double>(b, twist_cross<double>(c, a)) +
                        twist_cross<double>(c, twist_cross<double>(a, b));
    EXPECT_LT(jacobi.norm(), 1e-14);
    EXPECT_LT((twist_cross<double>(a, b) + twist_cross<double>(b, a)).norm(), 1e-15);
  }
}

TEST(Twist, CrossProductIsTheRateOfACarriedTwist) {
  Draw draw;
  for (int i = 0; i < 20; ++i) {
    const Vec6 V = draw.six(), S = draw.six();
    const auto carried = [&](double t) -> Vec6 {
      // motion that has twist V at t = 0, to second order
      const Pose3 X{rotation_exp<double>(t * angular<double>(V)), t * linear<double>(V)};
      return transform_twist<double>(X, S);
    };
    const Vec6 rate = (carried(1e-5) - carried(-1e-5)) / 2e-5;
    EXPECT_LT((twist_cross<double>(V, S) - rate).norm(), 1e-9);
  }
}

TEST(Wrench, DualCrossProductKeepsPower) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec6 V = draw.six(), S = draw.six(), F = draw.six();
    EXPECT_NEAR(power<double>(S, wrench_cross<double>(V, F)), -power<double>(twist_cross<double>(V, S), F), 1e-14);
  }
}

TEST(Wrench, PowerIsTheSameInEveryFrame) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Pose3 X = draw.pose();
    const Vec6 V = draw.six(), F = draw.six();
    EXPECT_NEAR(power<double>(transform_twist<double>(X, V), transform_wrench<double>(X, F)), power<double>(V, F),
                1e-14);
  }
}

TEST(Wrench, PowerOfAForceIsForceTimesVelocityOfItsPoint) {
  Draw draw;
  for (int i = 0; i < 50; ++i) {
    const Vec6 V = draw.six();
    const Vec3 f = draw.vector(), x = draw.vector();
    EXPECT_NEAR(power<double>(V, force_wrench<double>(f, x)), f.dot(point_velocity<double>(V, x)), 1e-14);
    EXPECT_LT(angular<double>(wrench_about<double>(force_wrench<double>(f, x), x)).norm(), 1e-15);
    EXPECT_NEAR(power<double>(V, moment_wrench<double>(f)), f.dot(angular<double>(V)), 1e-15);
    EXPECT_NEAR(power<double>(slide_twist<double>(x), force_wrench<double>(f, V.head<3>())), f.dot(x), 1e-15);
  }
}

/// A body as a cloud of point masses: the slow, obvious answer.
struct Cloud {
  std::vector<double> mass;
  std::vector<Vec3> at;

  explicit Cloud(Draw& draw) {
    for (int i = 0; i < 8; ++i) {
      mass.push_back(draw.random.uniform(0.1, 1.0));
      at.push_back(draw.vector());
    }
  }
  RigidInertia<double> rigid() const {
    double total = 0.0;
    Vec3 center = Vec3::Zero();
    for (std::size_t i = 0; i < mass.size(); ++i) total += mass[i], center += mass[i] * at[i];
    center /= total;
    Mat3 inertia = Mat3::Zero();
    for (std::size_t i = 0; i < mass.size(); ++i)
      inertia -= mass[i] * skew<double>(at[i] - center) * skew<double>(at[i] - center);
    return RigidInertia<double>::at_center(total, center, inertia);
  }
  Vec6 momentum(const Vec6& V) const {
    Vec6 sum = Vec6::Zero();
    for (std::size_t i = 0; i < mass.size(); ++i)
      sum += force_wrench<double>(mass[i] * point_velocity<double>(V, at[i]), at[i]);
    return sum;
  }
};

TEST(Inertia, MomentumAndEnergyAreThoseOfItsPointMasses) {
  Draw draw;
  for (int i = 0; i < 20; ++i) {
    const Cloud cloud(draw);
    const Vec6 V = draw.six();
    EXPECT_LT((cloud.rigid().momentum(V) - cloud.momentum(V)).norm(), 1e-13);
    double energy = 0.0;
    for (std::size_t k = 0; k < cloud.mass.size(); ++k)
      energy += 0.5 * cloud.mass[k] * point_velocity<double>(V, cloud.at[k]).squaredNorm();
    EXPECT_NEAR(cloud.rigid().kinetic_energy(V), energy, 1e-13);
  }
}

TEST(Inertia, MotionWrenchIsTheForceOnEveryPointMass) {
  Draw draw;
  for (int i = 0; i < 20; ++i) {
    const Cloud cloud(draw);
    const Vec6 V = draw.six(), A = draw.six();
    Vec6 sum = Vec6::Zero();
    for (std::size_t k = 0; k < cloud.mass.size(); ++k) {
      const Vec3 acceleration =
          point_velocity<double>(A, cloud.at[k]) + angular<double>(V).cross(point_velocity<double>(V, cloud.at[k]));
      sum += force_wrench<double>(cloud.mass[k] * acceleration, cloud.at[k]);
    }
    EXPECT_LT((cloud.rigid().motion_wrench(V, A) - sum).norm(), 1e-13);
  }
}

TEST(Inertia, TwoBodiesThatMoveAsOneAdd) {
  Draw draw;
  const RigidInertia<double> a = Cloud(draw).rigid(), b = Cloud(draw).rigid();
  const Vec6 V = draw.six();
  EXPECT_LT(((a + b).momentum(V) - a.momentum(V) - b.momentum(V)).norm(), 1e-13);
}

TEST(Inertia, MovesWithItsBody) {
  Draw draw;
  for (int i = 0; i < 20; ++i) {
    const Pose3 X = draw.pose();
    const Vec3 center = draw.vector(), moments = draw.vector().cwiseAbs();
    const Mat3 about = Mat3(moments.asDiagonal());
    const Vec6 V = draw.six();
    const Vec6 here = RigidInertia<double>::at_center(2.0, center, about).momentum(V);
    const Vec6 there = inertia_at<double>(X, 2.0, center, about).momentum(transform_twist<double>(X, V));
    EXPECT_LT((transform_wrench<double>(X, here) - there).norm(), 1e-13);
  }
}

}  // namespace
}  // namespace psoas::spatial
