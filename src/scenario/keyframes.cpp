#include "scenario/keyframes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::assembly {
namespace {

constexpr double angle_scale = 10.0 * degree;
constexpr double wished_shift_scale = 0.05;  // [m]
constexpr double open_shift_scale = 10.0;    // of a shift that nobody wished for [m]

std::string with_unit(const Coordinate& c, double value) {
  char text[64];
  if (c.translational) {
    std::snprintf(text, sizeof text, "%.4g m", value);
  } else {
    std::snprintf(text, sizeof text, "%.4g deg", value / degree);
  }
  return text;
}

class KeyframeCloser {
 public:
  KeyframeCloser(const Model& model, const Scenario& scenario, std::vector<Moved>& moved)
      : model_(model), scenario_(scenario), moved_(moved), parameters_(expression_values(scenario, model)) {}

  std::map<std::string, ClosedKeyframe> run() {
    check_names();
    std::vector<const Keyframe*> waiting;
    for (const Keyframe& k : scenario_.keyframes) waiting.push_back(&k);
    while (!waiting.empty()) {
      std::vector<const Keyframe*> later;
      for (const Keyframe* k : waiting) {
        if (ready(*k)) {
          close(*k);
        } else {
          later.push_back(k);
        }
      }
      if (later.size() == waiting.size()) {
        throw SpecError(
            {{later[0]->where, "keyframe \"" + later[0]->name + "\" waits for a keyframe that waits for this one"}});
      }
      waiting = std::move(later);
    }
    return std::move(closed_);
  }

 private:
  void check_names() const {
    std::vector<std::string> known;
    std::vector<Fault> faults;
    for (const Keyframe& k : scenario_.keyframes) {
      if (std::count(known.begin(), known.end(), k.name)) {
        faults.push_back({k.where, "two keyframes are called \"" + k.name + '"'});
      }
      known.push_back(k.name);
    }
    const auto check = [&](const std::string& name, const std::string& where) {
      if (name.empty() || std::count(known.begin(), known.end(), name)) return;
      faults.push_back({where, "no keyframe \"" + name + '"' + did_you_mean(name, known)});
    };
    for (const Keyframe& k : scenario_.keyframes) check(k.like, k.where);
    for (const Closure& c : scenario_.closures) {
      check(c.keyframe, c.where);
      for (const std::string& name : c.keyframes) check(name, c.where);
    }
    if (!faults.empty()) throw SpecError(std::move(faults));
  }

  bool ready(const Keyframe& k) const {
    if (!k.like.empty()) return closed_.count(k.like) > 0;
    for (const Closure& c : scenario_.closures) {
      if (c.kind != Closure::Kind::hold || c.keyframe == k.name || closed_.count(c.keyframe)) continue;
      const bool everywhere = c.keyframes.empty();
      if (everywhere || std::count(c.keyframes.begin(), c.keyframes.end(), k.name)) return false;
    }
    return true;
  }

  void close(const Keyframe& k) {
    ClosedKeyframe out;
    if (!k.like.empty()) out = closed_.at(k.like);
    out.time = evaluate(k.at, parameters_);
    if (k.like.empty()) {
      const VecX wish = wish_of(k);
      out.unknowns = unknowns_of(k);
      std::map<std::string, VecX> kept;
      for (const auto& [name, keyframe] : closed_) kept[name] = keyframe.q;
      Projector projector(model_, out.unknowns, conditions_of(model_, scenario_, k.name, kept));
      const Projected pose = projector.project(wish, wish);
      const std::string what = "keyframe \"" + k.name + '"';
      check_met(model_, projector, pose, wish, what);
      out.q = with_followers(model_, pose.q);
      check_ranges(model_, out.q, what);
      report(k, out.unknowns, wish, out.q);
    }
    closed_[k.name] = std::move(out);
  }

  VecX wish_of(const Keyframe& k) const {
    VecX q = rest_pose(model_).q;
    std::vector<Fault> faults;
    const auto set = [&](const std::map<std::string, Expression>& wishes, bool translational) {
      for (const auto& [name, expression] : wishes) {
        try {
          const double value = evaluate(expression, parameters_);
          for (const int c : coordinates_of(model_, name, expression.where)) {
            const Coordinate& coordinate = model_.coordinates[static_cast<std::size_t>(c)];
            if (coordinate.translational != translational) {
              faults.push_back({expression.where, name + (translational ? " is an angle, not a position"
                                                                        : " is a position, not an angle")});
            }
            if (coordinate.leader >= 0) {
              const Coordinate& leader = model_.coordinates[static_cast<std::size_t>(coordinate.leader)];
              faults.push_back({expression.where, name + " follows " + leader.name + " and takes no wish"});
            }
            q(c) = translational ? value : value * degree;
          }
        } catch (const SpecError& error) {
          faults.insert(faults.end(), error.faults().begin(), error.faults().end());
        }
      }
    };
    set(k.angles, false);
    set(k.positions, true);
    if (!faults.empty()) throw SpecError(std::move(faults));
    return q;
  }

  std::vector<Unknown> unknowns_of(const Keyframe& k) const {
    std::vector<Unknown> out;
    for (const std::string& name : k.free) {
      Unknown unknown{name, coordinates_of(model_, name, k.where), angle_scale};
      const Coordinate& first = model_.coordinates[static_cast<std::size_t>(unknown.coordinates.front())];
      if (first.translational) unknown.scale = k.positions.count(name) ? wished_shift_scale : open_shift_scale;
      out.push_back(std::move(unknown));
    }
    return out;
  }

  void report(const Keyframe& k, const std::vector<Unknown>& unknowns, const VecX& wish, const VecX& got) {
    for (const Unknown& unknown : unknowns) {
      for (const int c : unknown.coordinates) {
        if (std::abs(got(c) - wish(c)) < 1e-9) continue;
        moved_.push_back({k.name, model_.coordinates[static_cast<std::size_t>(c)].name, wish(c), got(c)});
      }
    }
  }

  const Model& model_;
  const Scenario& scenario_;
  std::vector<Moved>& moved_;
  std::map<std::string, double> parameters_;
  std::map<std::string, ClosedKeyframe> closed_;
};

}  // namespace

std::vector<int> coordinates_of(const Model& model, const std::string& name, const std::string& where) {
  const bool pair = name.size() > 2 && name.ends_with("_*");
  const std::string stem = pair ? name.substr(0, name.size() - 1) : name;
  std::vector<int> out;
  std::vector<std::string> known;
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const std::string& candidate = model.coordinates[c].name;
    known.push_back(pair && candidate.ends_with("_r") ? candidate.substr(0, candidate.size() - 1) + '*' : candidate);
    if (pair ? candidate == stem + 'r' || candidate == stem + 'l' : candidate == name) {
      out.push_back(static_cast<int>(c));
    }
  }
  if (out.size() == (pair ? 2u : 1u)) return out;
  throw SpecError({{where, "no coordinate \"" + name + '"' + did_you_mean(name, known)}});
}

void check_ranges(const Model& model, const VecX& q, const std::string& what) {
  for (std::size_t i = 0; i < model.coordinates.size(); ++i) {
    const Coordinate& c = model.coordinates[i];
    const double value = q(static_cast<Eigen::Index>(i));
    const double beyond = std::max(value - c.maximum, c.minimum - value);
    if (!(beyond > 1e-9)) continue;
    throw Error(what + ": " + c.name + " would have to be " + with_unit(c, value) + ", " + with_unit(c, beyond) +
                " beyond its range of " + with_unit(c, c.minimum) + " to " + with_unit(c, c.maximum));
  }
}

void check_met(const Model& model, const Projector& projector, const Projected& pose, const VecX& wish,
               const std::string& what) {
  if (pose.met || pose.worst < 0) return;
  const Condition& c = projector.conditions()[static_cast<std::size_t>(pose.worst)];
  char gap[32];
  std::snprintf(gap, sizeof gap, "%.3g m", pose.distance);
  std::string text =
      (c.where.empty() ? "" : c.where + ": ") + what + " cannot be closed: " + c.label + " is missed by " + gap;
  double furthest = -1.0;
  const Coordinate* coordinate = nullptr;
  double distance = 0.0;
  for (const Unknown& unknown : projector.unknowns()) {
    const int first = unknown.coordinates.front();
    const double move = pose.q(first) - wish(first);
    const Coordinate& candidate = model.coordinates[static_cast<std::size_t>(first)];
    const double cost = std::abs(move) / (candidate.translational ? open_shift_scale : angle_scale);
    if (cost > furthest) furthest = cost, coordinate = &candidate, distance = move;
  }
  if (coordinate != nullptr) {
    text += " even with " + coordinate->name + " moved by " + with_unit(*coordinate, distance);
  } else {
    text += ", and no coordinate is free to move";
  }
  throw Error(text);
}

VecX with_followers(const Model& model, const VecX& q) {
  Kinematics k(model);
  Pose pose = rest_pose(model);
  pose.q = q;
  compute_kinematics(model, pose, k);
  return k.q;
}

std::map<std::string, ClosedKeyframe> close_keyframes(const Model& model, const Scenario& scenario,
                                                      std::vector<Moved>& moved) {
  return KeyframeCloser(model, scenario, moved).run();
}

}  // namespace psoas::assembly
