#pragma once

#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/model/spec.hpp"

/// Small models in code, for first steps and for tests.
namespace psoas::catalog {

/// A uniform rod that swings about the z axis of the world at its upper end.
/// @param length [m]  @param mass [kg]
inline ModelSpec pendulum(double length = 1.0, double mass = 1.0) {
  ModelSpec spec;
  spec.name = "pendulum";
  BodySpec rod;
  rod.name = "rod";
  rod.mass = mass;
  rod.mass_center = Vec3(0.0, -0.5 * length, 0.0);
  const double across = mass * length * length / 12.0;
  rod.inertia = Vec3(across, 0.0, across).asDiagonal();
  spec.bodies = {rod};
  JointSpec pin;
  pin.name = "pin";
  pin.parent = "ground";
  pin.child = "rod";
  pin.rotations = {{Vec3::UnitZ(), "angle", Function::linear(1.0, 0.0)}};
  spec.joints = {pin};
  CoordinateSpec angle;
  angle.name = "angle";
  spec.coordinates = {angle};
  spec.person.mass = mass;
  spec.person.height = length;
  return spec;
}

/// A thigh that hangs from a fixed pelvis and flexes in one plane, with one hip flexor over a cylinder at the hip and
/// one extensor. Numbers are round; the flexor is the size of a human iliacus.
inline ModelSpec planar_hip() {
  ModelSpec spec = pendulum(0.4, 9.0);
  spec.name = "planar_hip";
  BodySpec pelvis;
  pelvis.name = "pelvis";
  pelvis.mass = 11.0;
  pelvis.inertia = Vec3(0.1, 0.1, 0.1).asDiagonal();
  spec.bodies[0].name = "femur";
  spec.bodies.insert(spec.bodies.begin(), pelvis);
  JointSpec weld;
  weld.name = "weld";
  weld.parent = "ground";
  weld.child = "pelvis";
  spec.joints[0].name = "hip";
  spec.joints[0].parent = "pelvis";
  spec.joints[0].child = "femur";
  spec.joints[0].rotations[0].coordinate = "hip_flexion";
  spec.joints.insert(spec.joints.begin(), weld);
  spec.coordinates[0].name = "hip_flexion";
  spec.coordinates[0].minimum = -30.0 * degree;
  spec.coordinates[0].maximum = 125.0 * degree;
  SurfaceSpec head;
  head.name = "femoral_head";
  head.body = "pelvis";
  head.radius = 0.0275;
  spec.surfaces = {head};
  MuscleSpec flexor;
  flexor.name = "flexor";
  flexor.groups = {"flexors"};
  flexor.points = {{"pelvis", Vec3(0.0, 0.10, 0.0), "", {}, {}},
                   {"pelvis", Vec3(0.036, 0.018, 0.0), "", {}, {}},
                   {"femur", Vec3(-0.019, -0.062, 0.0), "", {}, {}}};
  flexor.wraps = {{"femoral_head", 1, "clockwise"}};
  flexor.pcsa = 14.1184e-4;
  flexor.specific_tension = 76.0e4;
  flexor.optimal_fiber_length = 0.1066;
  flexor.tendon_slack_length = 0.0764;
  MuscleSpec extensor = flexor;
  extensor.name = "extensor";
  extensor.groups = {"extensors"};
  extensor.points = {{"pelvis", Vec3(-0.08, -0.02, 0.0), "", {}, {}}, {"femur", Vec3(-0.03, -0.20, 0.0), "", {}, {}}};
  extensor.wraps.clear();
  extensor.optimal_fiber_length = 0.12;
  extensor.tendon_slack_length = 0.06;
  spec.muscles = {flexor, extensor};
  return spec;
}

}  // namespace psoas::catalog
