#include "channels.hpp"

#include <algorithm>
#include <cmath>

namespace psoas::detail {
namespace {

constexpr const char* group_leaves[] = {".force_N", ".passive_N", ".activation", ".fiber_length_norm"};

std::string group_channel(const Group& group) {
  if (group.base == "psoas") return "psoas.major_" + group.side;
  if (group.base == "psoas_minor") return "psoas.minor_" + group.side;
  return "muscle_groups." + group.name;
}

}  // namespace

ChannelFiller::ChannelFiller(const Model& model, const Task& task) : model_(model) {
  const Loads loads(model);
  for (const Load& load : loads.loads) names_.push_back(load.name);
  n_loads_ = names_.size();
  add_groups(model);
  add_supports(model, task);
  for (int r = 0; r < model.n_rows(); ++r) {
    const Row& row = model.rows[static_cast<std::size_t>(r)];
    if (row.kind != Equation::coordinate) continue;
    if (model.coordinates[static_cast<std::size_t>(row.coordinate)].translational) continue;
    moment_rows_.push_back(r);
    names_.push_back("moments." + row.name + ".net_Nm");
    names_.push_back("moments." + row.name + ".passive_Nm");
  }
}

void ChannelFiller::add_groups(const Model& model) {
  for (bool psoas : {true, false}) {
    for (const Group& group : model.groups) {
      const bool is_psoas = group.base == "psoas" || group.base == "psoas_minor";
      if (!group.main || is_psoas != psoas) continue;
      const std::string name = group_channel(group);
      groups_.emplace_back(name, &group);
      for (const char* leaf : group_leaves) names_.push_back(name + leaf);
    }
  }
}

void ChannelFiller::add_supports(const Model& model, const Task& task) {
  support_of_patch_.assign(model.patches.size(), -1);
  for (std::size_t p = 0; p < model.patches.size(); ++p) {
    const bool used = std::any_of(task.frames.begin(), task.frames.end(), [&](const TaskFrame& frame) {
      return std::any_of(frame.supports.begin(), frame.supports.end(), [&](const ActiveNode& node) {
        return model.nodes[static_cast<std::size_t>(node.node)].patch == static_cast<int>(p);
      });
    });
    if (!used) continue;
    const std::string& name = model.patches[p].reported_as;
    const auto found = std::find(supports_.begin(), supports_.end(), name);
    support_of_patch_[p] = static_cast<int>(found - supports_.begin());
    if (found != supports_.end()) continue;
    supports_.push_back(name);
    names_.push_back("supports." + name + ".vertical_N");
    names_.push_back("supports." + name + ".horizontal_N");
  }
}

std::vector<Channel> ChannelFiller::make(Eigen::Index n_frames) const {
  std::vector<Channel> channels;
  for (const std::string& name : names_) channels.push_back({name, VecX::Constant(n_frames, not_a_number)});
  return channels;
}

void ChannelFiller::fill(const Workspace& w, Eigen::Index frame, std::vector<Channel>& channels) const {
  std::size_t at = 0;
  const auto put = [&](double value) { channels[at++].values(frame) = value; };
  for (const Load& load : w.loads.loads) put(load.value);
  for (const auto& [name, group] : groups_) {
    double force = 0.0, passive = 0.0, strength = 0.0, activation = 0.0, fiber = 0.0;
    for (const int s : group->strands) {
      const double F0 = model_.muscle.max_isometric_force(s);
      force += w.recruitment.force(s);
      passive += w.strengths.passive(s);
      strength += F0;
      activation += F0 * w.recruitment.activation(s);
      fiber += F0 * w.strengths.norm_fiber_length(s);
    }
    put(force);
    put(passive);
    put(strength > 0.0 ? activation / strength : 0.0);
    put(strength > 0.0 ? fiber / strength : not_a_number);
  }
  std::vector<Vec3> sums(supports_.size(), Vec3::Zero());
  for (std::size_t n = 0; n < w.supports.columns.size(); ++n) {
    const int support = support_of_patch_[static_cast<std::size_t>(w.supports.columns[n].patch)];
    if (support >= 0) sums[static_cast<std::size_t>(support)] += w.recruitment.node_force[n];
  }
  for (const Vec3& sum : sums) {
    put(sum.y());
    put(std::hypot(sum.x(), sum.z()));
  }
  const VecX net = net_moments(w), passive = passive_moments(w);
  for (const int r : moment_rows_) {
    put(net(r));
    put(passive(r));
  }
}

VecX net_moments(const Workspace& w) {
  VecX net = w.inverse_dynamics.moment;
  for (std::size_t n = 0; n < w.supports.columns.size(); ++n) {
    const Supports::Column& column = w.supports.columns[n];
    const Vec3& f = w.recruitment.node_force[n];
    const Vec3 along(f.dot(column.axis[0]), f.dot(column.axis[1]), f.dot(column.axis[2]));
    for (int e = column.first_entry; e < column.first_entry + column.n_entries; ++e) {
      const Supports::Entry& entry = w.supports.entries[static_cast<std::size_t>(e)];
      net(entry.row) -= entry.arm.dot(along);
    }
  }
  return net;
}

VecX passive_moments(const Workspace& w) { return w.passive.moment + w.demand.passive_fiber; }

}  // namespace psoas::detail
