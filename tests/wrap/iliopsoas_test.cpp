#include <gtest/gtest.h>

#include "psoas/wrap/surface_path.hpp"

/// Psoas and iliacus at the hip: last path segment round a pelvis-fixed cylinder through the hip centre.
namespace psoas::wrap {
namespace {

const Vec3 hip_center(-0.0707, -0.0661, 0.0835);

struct Muscle {
  Vec3 brim;       // pelvis [m]
  Vec3 insertion;  // femur [m]
  double radius;   // [m]
};
const Muscle psoas_major{{-0.0368, -0.0470, 0.0740}, {-0.0188, -0.0597, 0.0104}, 0.0275};
const Muscle iliacus{{-0.0326, -0.0483, 0.0840}, {-0.0193, -0.0621, 0.0129}, 0.0300};
const Vec3 iliacus_origin(-0.0674, 0.0365, 0.0854);

struct Pose {
  double flexion, adduction, rotation;  // [deg], body-fixed z, x, y
};

Mat3 femur(const Pose& pose) {
  const auto turn = [](double degrees, const Vec3& axis) { return Eigen::AngleAxisd(degrees * degree, axis); };
  return (turn(pose.flexion, Vec3::UnitZ()) * turn(pose.adduction, Vec3::UnitX()) * turn(pose.rotation, Vec3::UnitY()))
      .toRotationMatrix();
}

Wrapped<double> at(const Muscle& m, const Pose& pose) {
  return surface_path<double>(Surface::cylinder(m.radius, WrapSide::clockwise), m.brim - hip_center,
                              femur(pose) * m.insertion);
}

/// Moment arms about flexion, adduction, internal rotation: −axis · (Q × dL/dQ).
Vec3 arms(const Muscle& m, const Pose& pose) {
  const Vec3 moment = (femur(pose) * m.insertion).cross(at(m, pose).slope_at_second());
  const Vec3 adduction_axis = femur({pose.flexion, 0, 0}).col(0);
  const Vec3 rotation_axis = femur({pose.flexion, pose.adduction, 0}).col(1);
  return {-moment.z(), -adduction_axis.dot(moment), -rotation_axis.dot(moment)};
}

double iliacus_length(const Pose& pose) { return (iliacus.brim - iliacus_origin).norm() + at(iliacus, pose).length; }

struct Row {
  Pose pose;
  double length;
  Vec3 arms;
  double arc;
};

TEST(Iliacus, LengthsArmsAndArcsAreTheTabulatedOnes) {
  const Row rows[] = {
      {{0, 0, 0}, 0.1928442693, {0.0297738142, -0.0014830152, 0.0066458035}, 0.44139476},
      {{-30, 0, 0}, 0.2084496735, {0.0298303882, -0.0025174325, 0.0069790411}, 0.96499353},
      {{20, 0, 0}, 0.1824603207, {0.0297188557, -0.0005956689, 0.0063586095}, 0.09232891},
      {{30, 0, 0}, 0.1772120995, {0.0312358048, 0.0001851592, 0.0064310517}, 0.0},
      {{60, 0, 0}, 0.1586720528, {0.0388864909, 0.0041759565, 0.0067800286}, 0.0},
      {{90, 0, 0}, 0.1375665790, {0.0401087069, 0.0100328965, 0.0052136460}, 0.0},
      {{120, 0, 0}, 0.1200879702, {0.0205130579, 0.0179276172, -0.0013105405}, 0.0},
      {{45, -30, 30}, 0.1670479309, {0.0246981390, 0.0090594920, 0.0100007777}, 0.0},
      {{100, 20, -30}, 0.1353464680, {0.0362534067, -0.0190952009, 0.0079968754}, 0.0},
      {{-15, -10, 15}, 0.1979131987, {0.0289795016, -0.0041787269, 0.0097863224}, 0.70240171},
  };
  for (const Row& row : rows) {
    EXPECT_NEAR(iliacus_length(row.pose), row.length, 1e-10) << "flexion " << row.pose.flexion;
    EXPECT_LT((arms(iliacus, row.pose) - row.arms).cwiseAbs().maxCoeff(), 1e-10) << "flexion " << row.pose.flexion;
    EXPECT_NEAR(at(iliacus, row.pose).arc_angle, row.arc, 1e-8) << "flexion " << row.pose.flexion;
  }
}

TEST(PsoasMajor, ArmsAtTheHipAreTheTabulatedOnes) {
  const struct { double flexion, arm; } rows[] = {{0, 0.0269406102}, {30, 0.0273861680}, {120, 0.0207018257}};
  for (const auto& row : rows) EXPECT_NEAR(arms(psoas_major, {row.flexion, 0, 0}).x(), row.arm, 1e-10);
  EXPECT_NEAR(arms(psoas_major, {0, 0, 0}).y(), 0.0045949328, 1e-10);
  EXPECT_NEAR(arms(psoas_major, {0, 0, 0}).z(), 0.0032461911, 1e-10);
  EXPECT_NEAR(at(psoas_major, {0, 0, 0}).arc_angle, 0.48715919, 1e-8);
}

/// The same closed form, written slowly with angles.
double slow_length(const Muscle& m, const Pose& pose) {
  const Vec3 P = m.brim - hip_center, Q = femur(pose) * m.insertion;
  const double p = P.head<2>().norm(), q = Q.head<2>().norm(), r = m.radius;
  double turn = std::atan2(Q.x() * P.y() - Q.y() * P.x(), P.x() * Q.x() + P.y() * Q.y());
  if (turn < -pi / 2) turn += 2 * pi;
  const double arc = turn - std::acos(r / p) - std::acos(r / q);
  if (arc <= 0 || p <= r || q <= r) return (P - Q).norm();
  return std::hypot(std::sqrt(p * p - r * r) + std::sqrt(q * q - r * r) + r * arc, P.z() - Q.z());
}

TEST(Iliopsoas, AgreesWithTheAngleFormInEveryPosture) {
  for (const Muscle& m : {psoas_major, iliacus})
    for (double flexion = -60; flexion <= 130; flexion += 2.5)
      for (const double adduction : {-30.0, -7.0, 20.0})
        for (const double rotation : {-30.0, 4.0, 30.0}) {
          const Pose pose{flexion, adduction, rotation};
          EXPECT_NEAR(at(m, pose).length, slow_length(m, pose), 1e-15);
        }
}

TEST(Iliopsoas, FlexesTheHipFromMinusThirtyToHundredTwentyDegreesWithoutAJump) {
  for (const Muscle& m : {psoas_major, iliacus})
    for (const double adduction : {-30.0, 0.0, 20.0})
      for (const double rotation : {-30.0, 0.0, 30.0}) {
        double last = arms(m, {-30.05, adduction, rotation}).x();
        for (double flexion = -30; flexion <= 120; flexion += 0.05) {
          const double arm = arms(m, {flexion, adduction, rotation}).x();
          EXPECT_GT(arm, 0.005);
          EXPECT_LT(std::fabs(arm - last), 0.1e-3) << flexion;
          last = arm;
        }
      }
}

TEST(Iliopsoas, ArmIsTheSlopeOfTheLength) {
  constexpr double h = 1e-4;  // [deg]
  for (double flexion = -29; flexion < 120; flexion += 1.7) {
    const double slope =
        (at(psoas_major, {flexion + h, 5, 8}).length - at(psoas_major, {flexion - h, 5, 8}).length) / (2 * h * degree);
    EXPECT_NEAR(arms(psoas_major, {flexion, 5, 8}).x(), -slope, 1e-9);
  }
}

}  // namespace
}  // namespace psoas::wrap
