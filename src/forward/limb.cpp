#include "forward/limb.hpp"

#include <algorithm>
#include <string>

#include "psoas/core/error.hpp"
#include "psoas/forward/motion_curve.hpp"
#include "psoas/mechanics/band.hpp"
#include "psoas/model/task_fit.hpp"

namespace psoas::forward {
namespace {

void require_fit(const Model& model, const Drive& drive) {
  if (drive.motion == nullptr || drive.motion->frames.empty()) throw Error("a simulation needs a motion");
  require_frames_fit(model, *drive.motion);
  for (const int c : drive.free) {
    if (c >= 0 && c < model.n_coordinates()) continue;
    throw Error("no free coordinate " + std::to_string(c) + ": the model has " + std::to_string(model.n_coordinates()));
  }
  const Excitations& e = drive.excitation;
  if (e.value.rows() != model.n_strands() || e.value.cols() != static_cast<Eigen::Index>(e.time.size()) ||
      e.time.empty()) {
    throw Error("the excitations do not fit the model");
  }
  if (!std::is_sorted(e.time.begin(), e.time.end())) throw Error("the times of the excitations must not fall");
  if (!(e.value.array() >= 0.0).all() || !(e.value.array() <= 1.0).all()) {
    throw Error("excitations must lie between 0 and 1");
  }
}

}  // namespace

Limb::Limb(const Model& model, const Drive& drive, const IntegrateOptions& options)
    : model_(model),
      drive_((require_fit(model, drive), drive)),
      options_(options),
      dynamics_(model, drive.free),
      kinematics_(model),
      paths_(model),
      passive_(model),
      inverse_dynamics_(model),
      pose_(rest_pose(model)) {
  choose_strands();
  muscles_ = MuscleSet(muscle_parameters(model, strands_, options.muscle_damping), options.tendon);
  contacts_ = contact_pairs(model, *drive.motion, [this](int body) { return moves(body); });
  length_ = speed_ = VecX::Constant(muscles_.size(), not_a_number);
  muscle_moment_ = passive_moment_ = applied_ = VecX::Zero(model.n_rows());
}

bool Limb::moves(int body) const {
  for (const std::vector<int>& motions : dynamics_.motions) {
    for (const int m : motions) {
      if (model_.beyond(body, model_.motions[static_cast<std::size_t>(m)].body)) return true;
    }
  }
  return false;
}

void Limb::choose_strands() {
  for (int s = 0; s < model_.n_strands(); ++s) {
    const Strand& strand = model_.strands[static_cast<std::size_t>(s)];
    bool wanted = drive_.free.empty();
    for (int k = strand.first_arm; k < strand.first_arm + strand.n_arms; ++k) {
      const int row = model_.arm_row[static_cast<std::size_t>(k)];
      wanted = wanted || std::count(dynamics_.row.begin(), dynamics_.row.end(), row) > 0;
    }
    if (wanted) strands_.push_back(s);
  }
}

void Limb::motion_state(double t, VecX& q, VecX& v) {
  pose_at(*drive_.motion, t, pose_);
  const auto n = static_cast<Eigen::Index>(free().size());
  q.resize(n);
  v.resize(n);
  for (Eigen::Index f = 0; f < n; ++f) {
    q(f) = pose_.q(free()[static_cast<std::size_t>(f)]);
    v(f) = pose_.v(free()[static_cast<std::size_t>(f)]);
  }
}

void Limb::gather_loads(double t) {
  const Task& task = *drive_.motion;
  loads_.clear();
  const std::vector<ExternalForce>& given = task.frames[frame_before(task, t)].loads;
  const std::size_t pulls = std::min(given.size(), 2 * task.bands.size());  // the last ones, as long as the task's pose
  loads_.assign(given.begin(), given.end() - static_cast<std::ptrdiff_t>(pulls));
  for (const Band& band : task.bands) {
    const BandPull pull = band_pull(kinematics_, band);
    loads_.push_back({band.name, band.ends[0].body, band.ends[0].at, pull.force});
    loads_.push_back({band.name, band.ends[1].body, band.ends[1].at, -pull.force});
  }
  for (const ContactPair& pair : contacts_) {
    const Node& node = model_.nodes[static_cast<std::size_t>(pair.node)];
    const SupportPlane& plane = task.planes[static_cast<std::size_t>(pair.plane)];
    loads_.push_back({plane.name, node.body, node.at, contact_force(options_.contact, kinematics_, node, plane)});
  }
}

void Limb::place(double t, const VecX& q, const VecX& v) {
  pose_at(*drive_.motion, t, pose_);
  for (std::size_t f = 0; f < free().size(); ++f) {
    const int c = free()[f];
    pose_.q(c) = q(static_cast<Eigen::Index>(f));
    pose_.v(c) = v(static_cast<Eigen::Index>(f));
    pose_.a(c) = 0.0;
  }
  compute_kinematics(model_, pose_, kinematics_);
  compute_paths(model_, kinematics_, paths_);
  for (std::size_t i = 0; i < strands_.size(); ++i) {
    length_(static_cast<Eigen::Index>(i)) = paths_.length(strands_[i]);
    speed_(static_cast<Eigen::Index>(i)) = paths_.speed(strands_[i]);
  }
  if (free().empty()) return;
  compute_passive(model_, kinematics_, passive_);
  passive_moment_ = passive_.moment;
  for (std::size_t f = 0; f < free().size(); ++f) {
    const Coordinate& coordinate = model_.coordinates[static_cast<std::size_t>(free()[f])];
    const auto i = static_cast<Eigen::Index>(f);
    passive_moment_(dynamics_.row[f]) +=
        range_moment(options_.limits, coordinate, q(i)) - options_.limits.damping * v(i);
  }
  gather_loads(t);
  compute_inertia(model_, kinematics_, loads_, inverse_dynamics_);
}

Status Limb::accelerate(const VecX& force) {
  if (free().empty()) return Status::ok;
  muscle_moment_.setZero();
  for (std::size_t i = 0; i < strands_.size(); ++i) {
    const Strand& strand = model_.strands[static_cast<std::size_t>(strands_[i])];
    for (int k = strand.first_arm; k < strand.first_arm + strand.n_arms; ++k) {
      muscle_moment_(model_.arm_row[static_cast<std::size_t>(k)]) +=
          paths_.moment_arm(k) * force(static_cast<Eigen::Index>(i));
    }
  }
  applied_ = muscle_moment_ + passive_moment_;
  return compute_forward_dynamics(model_, kinematics_, inverse_dynamics_, applied_, dynamics_);
}

Pose Limb::pose() const {
  Pose out{kinematics_.q, kinematics_.v, kinematics_.a};
  for (std::size_t f = 0; f < free().size(); ++f)
    out.a(free()[f]) = dynamics_.acceleration(static_cast<Eigen::Index>(f));
  return out;
}

VecX Limb::of_free(const VecX& rows) const {
  VecX out(static_cast<Eigen::Index>(free().size()));
  for (std::size_t f = 0; f < free().size(); ++f) out(static_cast<Eigen::Index>(f)) = rows(dynamics_.row[f]);
  return out;
}

void Limb::excitation(double t, bool left, VecX& out) const {
  for (std::size_t i = 0; i < strands_.size(); ++i) {
    out(static_cast<Eigen::Index>(i)) = drive_.excitation.at(strands_[i], t, left);
  }
}

}  // namespace psoas::forward
