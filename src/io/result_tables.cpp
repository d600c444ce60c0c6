#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "psoas/io/sto.hpp"

namespace psoas::io {
namespace {

/// Gathers columns over the solved frames.
class TableBuilder {
 public:
  TableBuilder(const Outcome& outcome, std::string suffix, std::string title, bool in_degrees = false)
      : outcome_(outcome) {
    result_.suffix = std::move(suffix);
    result_.table.name = std::move(title);
    result_.table.in_degrees = in_degrees;
    for (std::size_t f = 0; f < outcome.time.size(); ++f) {
      if (!usable(outcome.frame_status[f])) continue;
      frames_.push_back(static_cast<Eigen::Index>(f));
      result_.table.time.push_back(outcome.time[f]);
    }
  }

  void add(std::string label, const std::function<double(Eigen::Index frame)>& value) {
    VecX column(static_cast<Eigen::Index>(frames_.size()));
    for (Eigen::Index i = 0; i < column.size(); ++i) column(i) = value(frames_[static_cast<std::size_t>(i)]);
    if (column.allFinite()) {
      result_.table.labels.push_back(std::move(label));
      columns_.push_back(std::move(column));
    } else {
      result_.left_out.push_back(std::move(label));
    }
  }

  /// Where the channel exists.
  void add_channel(std::string label, const std::string& channel, double sign = 1.0) {
    const Channel* found = outcome_.find(channel);
    if (found == nullptr) return;
    add(std::move(label), [&](Eigen::Index f) { return sign * found->values(f); });
  }

  ResultTable take() {
    const auto rows = static_cast<Eigen::Index>(frames_.size());
    result_.table.values.resize(rows, static_cast<Eigen::Index>(columns_.size()));
    for (std::size_t c = 0; c < columns_.size(); ++c)
      result_.table.values.col(static_cast<Eigen::Index>(c)) = columns_[c];
    return std::move(result_);
  }

 private:
  const Outcome& outcome_;
  std::vector<Eigen::Index> frames_;
  std::vector<VecX> columns_;
  ResultTable result_;
};

/// Value of a coordinate in a frame; those that follow are worked out from their leaders.
double coordinate_value(const Model& model, const VecX& q, int c) {
  const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
  if (coordinate.leader < 0) return q(c);
  return coordinate.coupling.evaluate(coordinate_value(model, q, coordinate.leader)).value;
}

ResultTable kinematics(const Outcome& o) {
  TableBuilder table(o, "Kinematics_q", "Coordinates", true);
  for (int c = 0; c < o.model->n_coordinates(); ++c) {
    const Coordinate& coordinate = o.model->coordinates[static_cast<std::size_t>(c)];
    const double unit = coordinate.translational ? 1.0 : degree;
    table.add(coordinate.name, [&](Eigen::Index f) {
      return coordinate_value(*o.model, o.task.frames[static_cast<std::size_t>(f)].pose.q, c) / unit;
    });
  }
  return table.take();
}

bool is_force(const Model& model, const Row& row) {
  if (row.kind == Equation::root_force) return true;
  return row.coordinate >= 0 && model.coordinates[static_cast<std::size_t>(row.coordinate)].translational;
}

ResultTable inverse_dynamics(const Outcome& o) {
  TableBuilder table(o, "InverseDynamics", "Inverse Dynamics Generalized Forces");
  for (int r = 0; r < o.model->n_rows() && r < o.joint_moment.rows(); ++r) {
    const Row& row = o.model->rows[static_cast<std::size_t>(r)];
    table.add(row.name + (is_force(*o.model, row) ? "_force" : "_moment"),
              [&](Eigen::Index f) { return o.joint_moment(r, f); });
  }
  return table.take();
}

ResultTable strands(const Outcome& o, const std::string& quantity, const MatX& values) {
  const bool forward = o.forward.has_value();
  TableBuilder table(o, (forward ? "Forward_" : "StaticOptimization_") + quantity,
                     (forward ? "Forward simulation " : "Static Optimization ") + quantity);
  for (int s = 0; s < o.model->n_strands() && s < values.rows(); ++s) {
    if (forward && values.row(s).array().isNaN().all()) continue;  // not simulated
    table.add(o.model->strands[static_cast<std::size_t>(s)].name, [&](Eigen::Index f) { return values(s, f); });
  }
  for (std::size_t i = 0; !forward && i < o.actuators.size(); ++i) {
    const double unit = quantity == "force" ? o.actuators[i].optimal_force : 1.0;
    table.add(o.actuators[i].name, [&](Eigen::Index f) { return unit * o.control(static_cast<Eigen::Index>(i), f); });
  }
  if (quantity != "force" || !o.actuators.empty()) return table.take();
  for (int r = 0; r < o.model->n_rows() && r < o.reserve.rows(); ++r) {
    table.add(o.model->rows[static_cast<std::size_t>(r)].name + "_reserve",
              [&](Eigen::Index f) { return o.reserve(r, f); });
  }
  return table.take();
}

/// What each joint does to its child, in the axes of the child, of the ground, or both.
ResultTable joint_reaction(const Outcome& o, ReactionFrame frame) {
  constexpr const char* quantities[] = {"fx", "fy", "fz", "mx", "my", "mz", "px", "py", "pz"};
  constexpr std::size_t rows = 18, in_ground = 9;
  const char* where = frame == ReactionFrame::child    ? "in the child"
                      : frame == ReactionFrame::ground ? "in ground"
                                                       : "in the child and in ground";
  TableBuilder table(o, "JointReaction_ReactionLoads", std::string("Joint reaction loads on the child, ") + where);
  for (std::size_t b = 0; b < o.model->bodies.size(); ++b) {
    const Body& body = o.model->bodies[b];
    for (const std::size_t from : {std::size_t{0}, in_ground}) {
      if (frame == (from == 0 ? ReactionFrame::ground : ReactionFrame::child)) continue;
      const std::string label = body.joint + "_on_" + body.name + "_in_" + (from == 0 ? body.name : "ground") + '_';
      for (std::size_t i = 0; i < in_ground; ++i) {
        const auto row = static_cast<Eigen::Index>(rows * b + from + i);
        if (row >= o.joint_reaction.rows()) continue;
        table.add(label + quantities[i], [&](Eigen::Index f) { return o.joint_reaction(row, f); });
      }
    }
  }
  return table.take();
}

ResultTable lumbar_loads(const Outcome& o) {
  constexpr const char* axes[] = {"extension", "right_bend", "left_turn"};
  TableBuilder table(o, "LumbarLoads", "Loads of the lumbar levels on the lower vertebra, in its upper endplate");
  for (std::size_t l = 0; l < o.model->levels.size(); ++l) {
    const std::string& level = o.model->levels[l].name;
    for (const char* leaf : {"compression_N", "shear_ap_N", "shear_ml_N", "flexion_Nm"}) {
      table.add_channel(level + '_' + leaf, "spine." + level + '.' + leaf);
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto row = static_cast<Eigen::Index>(3 * l + axis);
      if (row >= o.level_rotation.rows()) continue;
      table.add(level + "_level_" + axes[axis] + "_deg",
                [&](Eigen::Index f) { return o.level_rotation(row, f) / degree; });
    }
  }
  return table.take();
}

ResultTable supports(const Outcome& o) {
  TableBuilder table(o, "Supports", "Support forces");
  constexpr std::string_view section = "supports.";
  for (const Channel& channel : o.channels) {
    if (channel.name.rfind(section, 0) != 0) continue;
    std::string label = channel.name.substr(section.size());
    std::replace(label.begin(), label.end(), '.', '_');
    table.add_channel(label, channel.name);
  }
  return table.take();
}

ResultTable signals(const Outcome& o) {
  TableBuilder table(o, "Forward", "Forward simulation");
  for (const ForwardReport::Signal& signal : o.forward->signals) {
    table.add(signal.name, [&](Eigen::Index f) { return signal.values(f); });
  }
  return table.take();
}

}  // namespace

std::vector<ResultTable> result_tables(const Outcome& outcome, ReactionFrame frame) {
  std::vector<ResultTable> tables;
  if (outcome.forward) tables.push_back(signals(outcome));
  if (outcome.task.frames.empty()) return tables;  // a muscle alone has no pose
  tables.push_back(kinematics(outcome));
  tables.push_back(inverse_dynamics(outcome));
  tables.push_back(strands(outcome, "activation", outcome.activation));
  tables.push_back(strands(outcome, "force", outcome.force));
  if (outcome.forward) tables.push_back(strands(outcome, "fiber_length", outcome.fiber_length));
  tables.push_back(joint_reaction(outcome, frame));
  tables.push_back(lumbar_loads(outcome));
  tables.push_back(supports(outcome));
  return tables;
}

}  // namespace psoas::io
