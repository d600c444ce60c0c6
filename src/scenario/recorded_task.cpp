#include "psoas/scenario/recorded_task.hpp"

#include <array>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/function.hpp"
#include "psoas/mechanics/kinematics.hpp"

namespace psoas {
namespace {

/// A load as nine functions of time.
struct LoadCurves {
  const MeasuredLoad* load;
  std::array<Function, 9> curve;  ///< force, point, torque

  LoadCurves(const MeasuredLoad& measured, Between between) : load(&measured) {
    for (int i = 0; i < 9; ++i) {
      const MatX& rows = i < 3 ? measured.force : i < 6 ? measured.point : measured.torque;
      std::vector<double> values(measured.time.size());
      for (std::size_t t = 0; t < values.size(); ++t) values[t] = rows(i % 3, static_cast<Eigen::Index>(t));
      curve[static_cast<std::size_t>(i)] = between == Between::natural_cubic && values.size() > 3
                                               ? Function::natural_cubic_spline(measured.time, std::move(values))
                                               : Function::piecewise_linear(measured.time, std::move(values));
    }
  }

  Vec3 at(int first, double t) const {
    Vec3 out;
    for (int i = 0; i < 3; ++i) out(i) = curve[static_cast<std::size_t>(first + i)].evaluate(t).value;
    return out;
  }
};

ExternalForce acting(const Kinematics& k, const LoadCurves& curves, double t) {
  const MeasuredLoad& load = *curves.load;
  ExternalForce out;
  out.name = load.name;
  out.body = load.body;
  if (t < load.time.front() || t > load.time.back()) return out;
  Vec3 force = curves.at(0, t), point = curves.at(3, t), torque = curves.at(6, t);
  if (load.force_frame != ground) {
    const Mat3& R = k.X_GB[static_cast<std::size_t>(load.force_frame)].R;
    force = R * force, torque = R * torque;
  }
  if (load.point_frame != ground) point = world_point(k, load.point_frame, point);
  out.at = k.X_GB[static_cast<std::size_t>(load.body)].inverse().apply_to_point(point);
  out.force = force;
  out.torque = torque;
  return out;
}

}  // namespace

Task recorded_task(const Model& model, const Motion& motion, std::span<const MeasuredLoad> loads, Between between) {
  for (const MeasuredLoad& load : loads) {
    const auto n = static_cast<Eigen::Index>(load.time.size());
    if (n < 2) throw Error("load \"" + load.name + "\" has fewer than two times");
    for (const MatX* m : {&load.force, &load.point, &load.torque}) {
      if (m->rows() != 3 || m->cols() != n) throw Error("load \"" + load.name + "\" does not have 3 numbers a time");
    }
  }
  std::vector<LoadCurves> curves;
  for (const MeasuredLoad& load : loads) curves.emplace_back(load, between);
  Task out;
  out.name = motion.name;
  out.lower = VecX::Zero(model.n_strands());
  out.upper = VecX::Ones(model.n_strands());
  Kinematics k(model);
  for (int f = 0; f < motion.n_frames(); ++f) {
    TaskFrame frame;
    frame.time = motion.time[static_cast<std::size_t>(f)];
    frame.pose = pose_of(motion, f);
    compute_kinematics(model, frame.pose, k);
    for (const LoadCurves& load : curves) frame.loads.push_back(acting(k, load, frame.time));
    out.frames.push_back(std::move(frame));
  }
  return out;
}

}  // namespace psoas
