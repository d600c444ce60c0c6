#pragma once

#include <string>
#include <utility>
#include <vector>

#include "psoas/analysis/frame.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas::detail {

/// The channels of an outcome, and how a solved frame fills them. Same order as Outcome::channels.
class ChannelFiller {
 public:
  ChannelFiller(const Model& model, const Task& task);

  /// Names, sized for the frames of the task, NaN.
  std::vector<Channel> make(Eigen::Index n_frames) const;

  /// Values of one solved frame.
  void fill(const Workspace& w, Eigen::Index frame, std::vector<Channel>& channels) const;

 private:
  void add_groups(const Model& model);
  void add_supports(const Model& model, const Task& task);

  const Model& model_;
  std::vector<std::string> names_;
  std::vector<std::pair<std::string, const Group*>> groups_;
  std::vector<std::string> supports_;
  std::vector<int> support_of_patch_;
  std::vector<int> moment_rows_;
  std::size_t n_loads_ = 0;
};

/// Net moment (or force) of every equation that muscles, tissue, motors and reserves supply together.
VecX net_moments(const Workspace& w);

/// The part of it that comes from discs, capsules and passive fibres.
VecX passive_moments(const Workspace& w);

}  // namespace psoas::detail
