#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/spec.hpp"
#include "psoas/spatial/rotation.hpp"
#include "psoas/spatial/transform.hpp"

namespace psoas::detail {

inline spatial::Transform<double> frame_of(const Vec3& offset, const Vec3& rotation) {
  return {spatial::xyz_body_rotation<double>(rotation), offset};
}

/// First part of compile(): coordinates, bodies in tree order, equations. The description has no faults.
class TreeBuilder {
 protected:
  explicit TreeBuilder(const ModelSpec& spec) : spec_(spec) {}
  ~TreeBuilder() = default;

  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  // leaders first, so that one sweep fills every follower
  void add_coordinates() {
    std::vector<const CoordinateSpec*> waiting;
    for (const CoordinateSpec& c : spec_.coordinates) waiting.push_back(&c);
    while (!waiting.empty()) {
      std::vector<const CoordinateSpec*> later;
      for (const CoordinateSpec* c : waiting) {
        const bool ready = c->role != Role::follows || coordinate_.count(c->leader);
        if (!ready) {
          later.push_back(c);
          continue;
        }
        Coordinate out;
        out.name = c->name;
        out.role = c->role;
        out.translational = c->translational;
        out.default_value = c->default_value;
        out.minimum = c->minimum, out.maximum = c->maximum;
        out.warn_minimum = c->warn_minimum, out.warn_maximum = c->warn_maximum;
        if (c->role == Role::follows) out.leader = coordinate_[c->leader], out.coupling = c->coupling;
        coordinate_[c->name] = static_cast<int>(model_.coordinates.size());
        model_.coordinates.push_back(std::move(out));
      }
      waiting = std::move(later);
    }
  }

  // depth first, so that a subtree is a range of bodies
  void add_bodies() {
    std::map<std::string, std::vector<const JointSpec*>> children;
    for (const JointSpec& joint : spec_.joints) children[joint.parent].push_back(&joint);
    add_children("ground", ground, children);
    for (const Body& body : model_.bodies) model_.mass += body.mass;
    model_.body_weight = model_.mass * model_.gravity;
  }

  void add_children(const std::string& parent, int parent_index,
                    const std::map<std::string, std::vector<const JointSpec*>>& children) {
    const auto found = children.find(parent);
    if (found == children.end()) return;
    for (const JointSpec* joint : found->second) {
      const int index = static_cast<int>(model_.bodies.size());
      model_.bodies.push_back(make_body(*joint, parent_index, index));
      body_[joint->child] = index;
      add_children(joint->child, index, children);
      model_.bodies[at(index)].subtree_end = static_cast<int>(model_.bodies.size());
    }
  }

  Body make_body(const JointSpec& joint, int parent_index, int index) {
    const BodySpec& spec = *std::find_if(spec_.bodies.begin(), spec_.bodies.end(),
                                         [&](const BodySpec& b) { return b.name == joint.child; });
    Body body;
    body.name = spec.name;
    body.joint = joint.name;
    body.parent = parent_index;
    body.mass = spec.mass.value;
    body.mass_center = spec.mass_center;
    body.inertia = spec.inertia;
    body.massless = body.mass == 0.0;
    body.helper = joint.helper;
    body.parent_frame = frame_of(joint.parent_offset, joint.parent_rotation);
    body.child_frame_inverse = frame_of(joint.child_offset, joint.child_rotation).inverse();
    body.first_axis = static_cast<int>(model_.axes.size());
    body.first_motion = static_cast<int>(model_.motions.size());
    for (bool rotation : {true, false}) {
      for (const AxisSpec& axis : rotation ? joint.rotations : joint.translations) {
        add_axis(axis, rotation, index, body.first_motion);
      }
    }
    body.n_axes = static_cast<int>(model_.axes.size()) - body.first_axis;
    body.n_motions = static_cast<int>(model_.motions.size()) - body.first_motion;
    return body;
  }

  void add_axis(const AxisSpec& spec, bool rotation, int body, int first_motion) {
    JointAxis axis;
    axis.rotation = rotation;
    axis.axis = spec.axis.normalized();
    axis.function = spec.function;
    if (!spec.coordinate.empty()) {
      axis.coordinate = coordinate_.at(spec.coordinate);
      for (std::size_t m = at(first_motion); m < model_.motions.size(); ++m) {
        if (model_.motions[m].coordinate == axis.coordinate) axis.motion = static_cast<int>(m);
      }
      if (axis.motion < 0) {
        axis.motion = static_cast<int>(model_.motions.size());
        model_.motions.push_back({body, axis.coordinate, -1});
      }
    }
    model_.axes.push_back(std::move(axis));
  }

  // the root first (world axes when it floats), then every coordinate that owns an equation
  void add_rows() {
    const std::set<std::string> level_coordinates = levels();
    if (floats(model_.bodies.front())) add_root_rows();
    for (std::size_t c = 0; c < model_.coordinates.size(); ++c) {
      Coordinate& coordinate = model_.coordinates[c];
      const CoordinateSpec& spec = *std::find_if(spec_.coordinates.begin(), spec_.coordinates.end(),
                                                 [&](const CoordinateSpec& s) { return s.name == coordinate.name; });
      const int body = carrier(static_cast<int>(c));
      const bool owns = spec.role == Role::follows ? spec.equation : spec.role != Role::prescribed;
      if (!owns || body < 0 || model_.bodies[at(body)].helper) continue;
      if (model_.free_root && body == 0) continue;
      Row row;
      row.name = coordinate.name;
      row.coordinate = static_cast<int>(c);
      row.body = body;
      row.kind = level_coordinates.count(coordinate.name) ? Equation::level
                 : coordinate.role == Role::motor         ? Equation::motor
                                                          : Equation::coordinate;
      coordinate.row = static_cast<int>(model_.rows.size());
      model_.rows.push_back(std::move(row));
    }
    assign_motions();
  }

  std::set<std::string> levels() const {
    std::set<std::string> names;
    for (const LevelSpec& level : spec_.levels) names.insert(level.coordinates.begin(), level.coordinates.end());
    return names;
  }

  bool floats(const Body& root) const {
    if (root.n_motions != 6 || root.n_axes != 6) return false;
    for (int m = root.first_motion; m < root.first_motion + root.n_motions; ++m) {
      if (model_.coordinates[at(model_.motions[at(m)].coordinate)].role != Role::free) return false;
    }
    return true;
  }

  void add_root_rows() {
    model_.free_root = true;
    for (int k = 0; k < 6; ++k) {
      const std::string axis(1, "xyz"[k % 3]);
      Row row;
      row.name = (k < 3 ? "root_moment_" : "root_force_") + axis;
      row.kind = k < 3 ? Equation::root_moment : Equation::root_force;
      model_.rows.push_back(std::move(row));
    }
  }

  /// Body whose joint a coordinate moves directly, -1: none.
  int carrier(int coordinate) const {
    for (const JointMotion& motion : model_.motions) {
      if (motion.coordinate == coordinate) return motion.body;
    }
    return -1;
  }

  /// Equation that feels a coordinate: its own, or that of the leader it moves with.
  int row_of(int coordinate) const {
    for (int c = coordinate; c >= 0; c = model_.coordinates[at(c)].leader) {
      if (model_.coordinates[at(c)].row >= 0) return model_.coordinates[at(c)].row;
    }
    return -1;
  }

  void assign_motions() {
    for (JointMotion& motion : model_.motions) {
      const bool root = model_.free_root && motion.body == 0;
      if (!root && !model_.bodies[at(motion.body)].helper) motion.row = row_of(motion.coordinate);
    }
    if (model_.free_root) {
      model_.root_motion = static_cast<int>(model_.motions.size());
      for (int k = 0; k < 6; ++k) model_.motions.push_back({0, -1, k});
    }
    model_.chain.resize(model_.bodies.size());
    for (std::size_t b = 0; b < model_.bodies.size(); ++b) {
      const Body& body = model_.bodies[b];
      if (body.parent != ground) model_.chain[b] = model_.chain[at(body.parent)];
      for (std::size_t m = 0; m < model_.motions.size(); ++m) {
        const JointMotion& motion = model_.motions[m];
        if (motion.body == static_cast<int>(b) && motion.row >= 0) model_.chain[b].push_back(static_cast<int>(m));
      }
    }
  }

  const ModelSpec& spec_;
  Model model_;
  std::map<std::string, int> coordinate_, body_;
};

}  // namespace psoas::detail
