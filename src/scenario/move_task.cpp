#include "psoas/scenario/move_task.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas {
namespace {

using Mat6 = Eigen::Matrix<double, 6, 6>;

/// Rotation vector that carries one attitude into another [rad].
Vec3 turn_between(const Mat3& from, const Mat3& to) {
  const Eigen::AngleAxisd turn(Mat3(to * from.transpose()));
  return turn.angle() * turn.axis();
}

class Mover {
 public:
  Mover(const Model& model, double turn, const Vec3& shift)
      : model_(model), turn_(turn), shift_(shift), R_(attitude(turn)), before_(model), after_(model) {
    if (!model.free_root) throw Error("model \"" + model.name + "\" has no floating root that could be moved");
    const Body& root = model.bodies.front();
    for (int m = 0; m < 6; ++m)
      root_.push_back(model.motions[static_cast<std::size_t>(root.first_motion + m)].coordinate);
  }

  Task run(Task task) {
    for (SupportPlane& plane : task.planes) {
      plane.point = R_ * plane.point + shift_;
      plane.normal = R_ * plane.normal;
      plane.tangent = R_ * plane.tangent;
    }
    for (TaskFrame& frame : task.frames) {
      frame.pose = moved(frame.pose);
      for (ExternalForce& load : frame.loads) load.force = R_ * load.force, load.torque = R_ * load.torque;
    }
    return task;
  }

 private:
  static Mat3 attitude(double turn) { return spatial::axis_rotation<double>(Vec3::UnitY(), turn); }

  Pose moved(const Pose& pose) {
    compute_kinematics(model_, pose, before_);
    Pose out = pose;
    // in small turns, so that every step starts near its answer and no angle jumps by a full turn
    const int steps = std::max(1, static_cast<int>(std::ceil(std::abs(turn_) / 0.2)));
    for (int i = 1; i <= steps; ++i) {
      const double share = static_cast<double>(i) / steps;
      const Mat3 R = attitude(turn_ * share);
      place(R * before_.X_GB[0].R, R * before_.X_GB[0].p + share * shift_, out);
    }
    match_rates(out);
    return out;
  }

  /// Twists of the root per unit rate of each of its coordinates, in the pose.
  Mat6 columns(Pose pose) {
    Mat6 out;
    for (int i = 0; i < 6; ++i) {
      pose.v.setZero(), pose.a.setZero();
      pose.v(root_[static_cast<std::size_t>(i)]) = 1.0;
      compute_kinematics(model_, pose, after_);
      out.col(i) = after_.V_GB[0];
    }
    return out;
  }

  void place(const Mat3& R, const Vec3& p, Pose& pose) {
    for (int iteration = 0; iteration < 50; ++iteration) {
      const Mat6 S = columns(pose);
      const Vec3 turn = turn_between(after_.X_GB[0].R, R), at = after_.X_GB[0].p, way = p - at;
      Vec6 twist;
      twist << turn, way - turn.cross(at);
      const Vec6 step = S.partialPivLu().solve(twist);
      if (!step.allFinite() || step.head<3>().norm() > 3.0) break;
      for (int i = 0; i < 6; ++i) pose.q(root_[static_cast<std::size_t>(i)]) += step(i);
      if (turn.norm() < 1e-14 * 8 && way.norm() < 1e-14 * 8) return;
      if (iteration > 8 && turn.norm() < 1e-12 && way.norm() < 1e-12) return;
    }
    throw Error("the root of model \"" + model_.name + "\" cannot take the turned pose: its angles are singular there");
  }

  /// The turned body moves as before: twist and twist rate of the root, turned and shifted.
  void match_rates(Pose& pose) {
    const auto turned = [&](const Vec6& V) {
      Vec6 out;
      const Vec3 angular = R_ * Vec3(V.head<3>());
      out << angular, R_ * Vec3(V.tail<3>()) + shift_.cross(angular);
      return out;
    };
    const auto lu = columns(pose).partialPivLu();
    const Vec6 v = lu.solve(turned(before_.V_GB[0]));
    for (int i = 0; i < 6; ++i) {
      pose.v(root_[static_cast<std::size_t>(i)]) = v(i);
      pose.a(root_[static_cast<std::size_t>(i)]) = 0.0;
    }
    compute_kinematics(model_, pose, after_);
    const Vec6 a = lu.solve(turned(before_.A_GB[0]) - after_.A_GB[0]);
    for (int i = 0; i < 6; ++i) pose.a(root_[static_cast<std::size_t>(i)]) = a(i);
  }

  const Model& model_;
  const double turn_;
  const Vec3 shift_;
  const Mat3 R_;
  Kinematics before_, after_;
  std::vector<int> root_;
};

}  // namespace

Task moved(const Model& model, const Task& task, double turn, const Vec3& shift) {
  return Mover(model, turn, shift).run(task);
}

}  // namespace psoas
