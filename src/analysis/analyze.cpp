#include "psoas/analysis/analyze.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "channels.hpp"
#include "gates.hpp"
#include "ledger_entries.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/model/task_fit.hpp"
#include "reactions.hpp"

namespace psoas {
namespace {

constexpr int frames_per_piece = 32;  ///< a piece starts cold, so that any number of threads gives the same bytes

bool same(const TaskFrame& a, const TaskFrame& b) {
  const auto same_node = [](const ActiveNode& x, const ActiveNode& y) {
    return x.node == y.node && x.plane == y.plane && x.strength == y.strength;
  };
  const auto same_load = [](const ExternalForce& x, const ExternalForce& y) {
    return x.body == y.body && x.at == y.at && x.force == y.force && x.torque == y.torque;
  };
  return a.pose.q == b.pose.q && a.pose.v == b.pose.v && a.pose.a == b.pose.a &&
         std::ranges::equal(a.supports, b.supports, same_node) && std::ranges::equal(a.loads, b.loads, same_load);
}

/// For each frame the first one of an unbroken run of equal frames, such as a posture that is held. Equal frames have
/// equal answers to the last bit: only the first one is solved.
std::vector<int> first_of_equals(const Task& task) {
  std::vector<int> first(task.frames.size(), 0);
  for (std::size_t f = 1; f < first.size(); ++f) {
    first[f] = same(task.frames[f - 1], task.frames[f]) ? first[f - 1] : static_cast<int>(f);
  }
  return first;
}

/// Solves the frames of a task into an outcome.
class Analysis {
 public:
  Analysis(const Model& model, const Task& task, const AnalyzeOptions& options)
      : model_(model),
        options_(options),
        filler_(model, task),
        first_(first_of_equals(task)),
        checks_(task.frames.size()) {
    const auto n = static_cast<Eigen::Index>(task.frames.size());
    out_.name = task.name;
    out_.model = std::make_shared<const Model>(model);
    out_.task = task;
    out_.cost = options.recruit.cost.value_or(model.recruit.cost) +
                std::to_string(options.recruit.power.value_or(model.recruit.power));
    if (options.recruit.opensim) {
      out_.cost = "activation2";
      out_.actuators = *options.recruit.opensim;
      out_.control = MatX::Constant(static_cast<Eigen::Index>(out_.actuators.size()), n, not_a_number);
    }
    out_.joint_reaction = MatX::Constant(detail::reaction_rows * model.n_bodies(), n, not_a_number);
    for (const TaskFrame& frame : task.frames) out_.time.push_back(frame.time);
    out_.frame_status.assign(task.frames.size(), Status::not_computed);
    out_.channels = filler_.make(n);
    for (MatX* m : {&out_.activation, &out_.force, &out_.passive_force, &out_.fiber_length}) {
      *m = MatX::Constant(model.n_strands(), n, not_a_number);
    }
    out_.joint_moment = out_.reserve = MatX::Constant(model.n_rows(), n, not_a_number);
    out_.level_rotation = MatX::Constant(3 * static_cast<Eigen::Index>(model.levels.size()), n, not_a_number);
    out_.node_force.resize(task.frames.size());
  }

  Outcome run() {
    solve_all();
    out_.gates = detail::make_gates(out_, checks_, options_.gates);
    settle_status();
    write_ledger();
    return std::move(out_);
  }

 private:
  void solve_all() {
    const int pieces = (static_cast<int>(out_.time.size()) + frames_per_piece - 1) / frames_per_piece;
    std::atomic<int> next{0};
    const auto work = [&] {
      Workspace w(model_);
      for (int piece = next++; piece < pieces; piece = next++) solve_piece(piece, w);
    };
    std::vector<std::thread> threads;
    for (int t = 1; t < std::min(options_.threads, pieces); ++t) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    if (cancelled()) throw Error("interrupted");
    for (std::size_t f = 0; f < first_.size(); ++f) copy_answers(first_[f], static_cast<int>(f));
  }

  void copy_answers(int from, int to) {
    if (from == to) return;
    const auto f = static_cast<std::size_t>(from), t = static_cast<std::size_t>(to);
    out_.frame_status[t] = out_.frame_status[f];
    for (Channel& channel : out_.channels) channel.values(to) = channel.values(from);
    for (MatX* m : {&out_.activation, &out_.force, &out_.passive_force, &out_.fiber_length, &out_.joint_moment,
                    &out_.reserve, &out_.level_rotation, &out_.joint_reaction, &out_.control}) {
      if (m->rows() > 0) m->col(to) = m->col(from);
    }
    out_.node_force[t] = out_.node_force[f];
    checks_[t] = checks_[f];
  }

  bool cancelled() const { return options_.cancel != nullptr && options_.cancel->load(); }

  void solve_piece(int piece, Workspace& w) {
    w.recruitment.started = false;
    const int last = std::min(static_cast<int>(out_.time.size()), (piece + 1) * frames_per_piece);
    for (int f = piece * frames_per_piece; f < last && !cancelled(); ++f) {
      if (first_[static_cast<std::size_t>(f)] == f) solve_one(f, w);
    }
  }

  void solve_one(int f, Workspace& w) {
    const auto i = static_cast<std::size_t>(f);
    const Status status = solve_frame(model_, at(out_.task, f), options_, w);
    out_.frame_status[i] = status;
    if (!psoas::usable(status)) return;
    filler_.fill(w, f, out_.channels);
    out_.activation.col(f) = w.recruitment.activation;
    out_.force.col(f) = w.recruitment.force;
    out_.passive_force.col(f) = w.strengths.passive;
    out_.fiber_length.col(f) = w.strengths.norm_fiber_length;
    out_.joint_moment.col(f) = detail::net_moments(w);
    out_.reserve.col(f) = w.recruitment.reserve;
    out_.level_rotation.col(f) = w.recruitment.level_rotation;
    out_.joint_reaction.col(f) = detail::reactions_of(model_, w);
    if (options_.recruit.opensim) out_.control.col(f) = w.recruitment.control;
    out_.node_force[i] = w.recruitment.node_force;
    checks_[i] = detail::check_frame(model_, w);
  }

  /// Failed frames decide first; a reserve beyond its gate makes the loads lower bounds.
  void settle_status() {
    out_.status = Status::ok;
    for (const Status status : out_.frame_status) {
      if (!psoas::usable(status)) {
        out_.status = status;
        return;
      }
    }
    for (const Gate& gate : out_.gates) {
      const bool reserve =
          gate.name == "coordinate_reserve_Nm" || gate.name.rfind("root_reserve", 0) == 0 || gate.name == "abdomen_N";
      if (reserve && gate.verdict == Verdict::fail) out_.status = Status::reserve;
    }
  }

  /// Frames whose ledger is wanted, and the loads that are listed there.
  std::map<int, std::set<std::size_t>> ledger_frames(const Loads& loads) const {
    std::map<int, std::set<std::size_t>> frames;
    for (std::size_t l = 0; l < loads.loads.size(); ++l) {
      if (options_.ledger_full) {
        for (std::size_t f = 0; f < out_.time.size(); ++f) {
          if (psoas::usable(out_.frame_status[f])) frames[static_cast<int>(f)].insert(l);
        }
        continue;
      }
      const Peak peak = out_.peak_of(out_.channels[l]);
      if (peak.frame >= 0) frames[peak.frame].insert(l);
    }
    return frames;
  }

  void write_ledger() {
    Workspace w(model_);
    Ledger ledger;
    std::vector<std::vector<LedgerEntry>> by_load(w.loads.loads.size());
    for (const auto& [f, wanted] : ledger_frames(w.loads)) {
      detail::replay_ledger(out_, f, w, ledger);
      for (const std::size_t l : wanted) detail::add_ledger_entries(out_, f, l, w.loads, ledger, by_load[l]);
    }
    for (std::vector<LedgerEntry>& entries : by_load) {
      out_.ledger.insert(out_.ledger.end(), std::make_move_iterator(entries.begin()),
                         std::make_move_iterator(entries.end()));
    }
  }

  const Model& model_;
  const AnalyzeOptions& options_;
  detail::ChannelFiller filler_;
  std::vector<int> first_;
  std::vector<detail::FrameChecks> checks_;
  Outcome out_;
};

}  // namespace

Outcome analyze(const Model& model, const Task& task, const AnalyzeOptions& options) {
  require_frames_fit(model, task);
  require_bounds_fit(model, task);
  return Analysis(model, task, options).run();
}

}  // namespace psoas
