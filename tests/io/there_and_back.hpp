#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_model.hpp"
#include "same_model.hpp"

/// A small model, and its way into a file of OpenSim and back.
namespace psoas::test {

using io::Dropped;
using io::ModelLosses;
using io::read_model;
using io::write_model;

struct ThereAndBack {
  ModelLosses losses;
  ModelSpec spec;
};

inline ThereAndBack written_to_osim(const ModelSpec& spec) {
  const auto path = std::filesystem::path(testing::TempDir()) /
                    (std::string("psoas_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".osim");
  ThereAndBack out;
  out.losses = write_model(spec, path);
  out.spec = read_model(path.string());
  return out;
}

inline bool lists(const ModelLosses& losses, const std::string& name, const std::string& reason = "") {
  return std::any_of(losses.dropped.begin(), losses.dropped.end(), [&](const Dropped& d) {
    return d.name.find(name) != std::string::npos && d.reason.find(reason) != std::string::npos && !d.reason.empty();
  });
}

template <class Part>
const Part& named(const std::vector<Part>& parts, const std::string& name) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.name == name; });
  if (found == parts.end()) throw Error("no " + name);
  return *found;
}

/// A pelvis that moves in the plane, a thigh that swings on it and a shank that follows; one muscle over the hip.
inline ModelSpec limb() {
  ModelSpec spec;
  spec.name = "limb";
  for (const char* name : {"pelvis", "thigh", "shank"}) {
    BodySpec body;
    body.name = name, body.mass = 3.0;
    body.mass_center = Vec3(0.01, -0.2, 0.0), body.inertia = Vec3(0.1, 0.03, 0.1).asDiagonal();
    spec.bodies.push_back(body);
  }
  const auto joint = [&](const char* name, const char* parent, const char* child, const char* coordinate) {
    JointSpec out;
    out.name = name, out.parent = parent, out.child = child;
    out.rotations = {{Vec3::UnitZ(), coordinate, Function::linear(1.0, 0.0)}};
    return out;
  };
  spec.joints = {joint("root", "ground", "pelvis", "tilt"), joint("hip", "pelvis", "thigh", "hip_flexion"),
                 joint("knee", "thigh", "shank", "knee_flexion")};
  spec.joints[0].translations = {{Vec3::UnitY(), "height", Function::linear(1.0, 0.0)}};
  spec.joints[1].parent_offset = Vec3(0.0, -0.1, 0.08), spec.joints[1].child_rotation = Vec3(0.1, 0.2, 0.3);
  spec.joints[2].parent_offset = Vec3(0.0, -0.4, 0.0);
  for (const char* name : {"tilt", "height", "hip_flexion", "knee_flexion"}) {
    CoordinateSpec c;
    c.name = name, c.translational = c.name == "height";
    c.minimum = -0.5, c.maximum = 1.5, c.default_value = 0.1;
    spec.coordinates.push_back(c);
  }
  MuscleSpec m;
  m.name = "flexor", m.groups = {"flexor", "hip_flexors"};
  m.points.resize(2);
  m.points[0].body = "pelvis", m.points[0].at = Vec3(0.05, 0.1, 0.08);
  m.points[1].body = "thigh", m.points[1].at = Vec3(0.04, -0.2, 0.0);
  m.pcsa = 5e-4, m.specific_tension = 60e4, m.strength = 0.9;
  m.optimal_fiber_length = 0.1, m.tendon_slack_length = 0.15, m.pennation = 0.2, m.passive_strain = 0.7;
  m.active_width = 1.5, m.max_contraction_velocity = 12.0;
  spec.muscles = {m};
  return spec;
}

inline void expect_the_same(const ModelSpec& a, const ModelSpec& b, double tolerance,
                            const std::set<std::string>& skipped = {}) {
  const Apart apart = test::apart(compile(a), compile(b), 20, skipped);
  EXPECT_LT(apart.place, tolerance) << apart.where;
  EXPECT_LT(apart.length, tolerance) << apart.where;
  EXPECT_LT(apart.moment, tolerance) << apart.where;
}

}  // namespace psoas::test
