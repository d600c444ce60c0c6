#include "psoas/analysis/motion_tables.hpp"

#include <set>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"

namespace psoas {
namespace {

/// Fills tables frame by frame.
class Tabulator {
 public:
  Tabulator(const Model& model, const Task& task, const MotionTableOptions& options)
      : model_(model), task_(task), options_(options) {
    start("Kinematics_q", "Coordinates", coordinate_names(false)).in_degrees = true;
    if (options.inverse_dynamics) start("InverseDynamics", "Inverse Dynamics Generalized Forces", moment_names());
    if (options.lengths) start("MuscleAnalysis_Length", "Length", strand_names());
    if (!options.moment_arms) return;
    std::set<int> moved(model.arm_row.begin(), model.arm_row.end());
    for (int r = 0; r < model.n_rows(); ++r) {
      if (moved.count(r) == 0 || model.rows[at(r)].coordinate < 0) continue;
      arm_rows_.push_back(r);
      start("MuscleAnalysis_MomentArm_" + model.rows[at(r)].name, "MomentArm_" + model.rows[at(r)].name,
            strand_names());
    }
  }

  std::vector<NamedTable> run() {
    Kinematics k(model_);
    Paths paths(model_);
    InverseDynamics id(model_);
    for (std::size_t f = 0; f < task_.frames.size(); ++f) {
      const TaskFrame& frame = task_.frames[f];
      const auto row = static_cast<Eigen::Index>(f);
      compute_kinematics(model_, frame.pose, k);
      fill_coordinates(k, row);
      std::size_t next = 1;
      if (options_.inverse_dynamics) {
        compute_inertia(model_, k, frame.loads, id);
        fill_moments(k, id, row, out_[next++].table);
      }
      if (!options_.lengths && !options_.moment_arms) continue;
      compute_paths(model_, k, paths);
      if (!usable(paths.status)) {
        throw Error("motion \"" + task_.name + "\": a path cannot be solved at " + std::to_string(frame.time) + " s");
      }
      if (options_.lengths) out_[next++].table.values.row(row) = paths.length.transpose();
      for (std::size_t a = 0; a < arm_rows_.size(); ++a) fill_arms(paths, arm_rows_[a], row, out_[next + a].table);
    }
    return std::move(out_);
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  Table& start(std::string suffix, std::string title, std::vector<std::string> labels) {
    NamedTable table;
    table.suffix = std::move(suffix);
    table.table.name = std::move(title);
    table.table.labels = std::move(labels);
    for (const TaskFrame& frame : task_.frames) table.table.time.push_back(frame.time);
    table.table.values.setZero(static_cast<Eigen::Index>(task_.frames.size()),
                               static_cast<Eigen::Index>(table.table.labels.size()));
    out_.push_back(std::move(table));
    return out_.back().table;
  }

  /// All coordinates, or those with a generalised force of their own: the root's, every one with an equation and
  /// every one that leads such.
  std::vector<std::string> coordinate_names(bool forced) {
    std::vector<std::string> names;
    for (int c = 0; c < model_.n_coordinates(); ++c) {
      if (forced && !has_force(c)) continue;
      names.push_back(model_.coordinates[at(c)].name);
    }
    return names;
  }

  bool has_force(int c) const {
    if (model_.coordinates[at(c)].row >= 0) return true;
    const auto leads = [&](const Coordinate& f) { return f.leader == c && f.row >= 0; };
    if (std::any_of(model_.coordinates.begin(), model_.coordinates.end(), leads)) return true;
    if (!model_.free_root) return false;
    const Body& root = model_.bodies.front();
    for (int m = root.first_motion; m < root.first_motion + root.n_motions; ++m) {
      if (model_.motions[at(m)].coordinate == c) return true;
    }
    return false;
  }

  std::vector<std::string> moment_names() {
    std::vector<std::string> names = coordinate_names(true);
    for (std::string& name : names) {
      name += model_.coordinates[at(model_.coordinate(name))].translational ? "_force" : "_moment";
    }
    return names;
  }

  std::vector<std::string> strand_names() const {
    std::vector<std::string> names;
    for (const Strand& strand : model_.strands) names.push_back(strand.name);
    return names;
  }

  void fill_coordinates(const Kinematics& k, Eigen::Index row) {
    for (int c = 0; c < model_.n_coordinates(); ++c) {
      out_[0].table.values(row, c) = k.q(c) / (model_.coordinates[at(c)].translational ? 1.0 : degree);
    }
  }

  void fill_moments(const Kinematics& k, const InverseDynamics& id, Eigen::Index row, Table& table) const {
    Eigen::Index column = 0;
    for (int c = 0; c < model_.n_coordinates(); ++c) {
      if (has_force(c)) table.values(row, column++) = coordinate_moment(model_, k, id, c);
    }
  }

  void fill_arms(const Paths& paths, int arm_row, Eigen::Index row, Table& table) const {
    for (int s = 0; s < model_.n_strands(); ++s) {
      table.values(row, s) = moment_arm(model_, paths, s, arm_row);
    }
  }

  const Model& model_;
  const Task& task_;
  MotionTableOptions options_;
  std::vector<int> arm_rows_;
  std::vector<NamedTable> out_;
};

}  // namespace

std::vector<NamedTable> motion_tables(const Model& model, const Task& task, const MotionTableOptions& options) {
  return Tabulator(model, task, options).run();
}

}  // namespace psoas
