#include "io/osim/write_curves.hpp"

#include <cmath>

namespace psoas::io::osim {
namespace {

void write_thelen(pugi::xml_node node, const MuscleSpec& muscle) {
  put(node, "FmaxMuscleStrain", muscle.passive_strain.value);
  put(node, "KshapeActive", muscle.thelen.active_shape);
  put(node, "KshapePassive", muscle.thelen.passive_shape);
  put(node, "Af", muscle.thelen.concentric_shape);
  put(node, "Flen", muscle.thelen.eccentric_force);
  put(node, "fv_linear_extrap_threshold", muscle.thelen.straight_beyond);
}

/// Slope, low slope and curviness of a curve go together in OpenSim: all three, or none where all are the usual ones.
bool is_usual(double slope_at_one, double low, double usual_low, double curviness, double usual_curviness) {
  return std::isnan(slope_at_one) && low == usual_low && curviness == usual_curviness;
}

void write_passive(pugi::xml_node node, const MuscleSpec& muscle) {
  const muscle::MillardShape &shape = muscle.millard, usual;
  pugi::xml_node curve = node.append_child("FiberForceLengthCurve");
  const double strain = muscle.passive_strain.value;
  put(curve, "strain_at_zero_force", shape.passive_zero_strain);
  put(curve, "strain_at_one_norm_force", strain);
  if (is_usual(shape.passive_slope_at_one, shape.passive_low_slope, usual.passive_low_slope, shape.passive_curviness,
               usual.passive_curviness)) {
    return;
  }
  const bool given = !std::isnan(shape.passive_slope_at_one);
  put(curve, "stiffness_at_low_force", shape.passive_low_slope);
  put(curve, "stiffness_at_one_norm_force",
      given ? shape.passive_slope_at_one : 2.0 / (strain - shape.passive_zero_strain));
  put(curve, "curviness", shape.passive_curviness);
}

void write_tendon(pugi::xml_node node, const MuscleSpec& muscle, Writer& writer) {
  const muscle::MillardShape &shape = muscle.millard, usual;
  if (is_usual(shape.tendon_slope_at_one, shape.tendon_toe_force, usual.tendon_toe_force, shape.tendon_curviness,
               usual.tendon_curviness)) {
    return;
  }
  if (std::isnan(shape.tendon_slope_at_one)) {
    writer.drop(muscle.name + " tendon", "toe and curviness without a slope: OpenSim takes all three or none");
    return;
  }
  pugi::xml_node curve = node.append_child("TendonForceLengthCurve");
  put(curve, "stiffness_at_one_norm_force", shape.tendon_slope_at_one);
  put(curve, "norm_force_at_toe_end", shape.tendon_toe_force);
  put(curve, "curviness", shape.tendon_curviness);
}

void write_millard(pugi::xml_node node, const MuscleSpec& muscle, Writer& writer) {
  const muscle::MillardShape& shape = muscle.millard;
  const bool lifted = shape.minimum_active_value > 0.0;  // OpenSim lifts the curve of an undamped elastic muscle only
  put(node, "fiber_damping", lifted ? 0.0 : 0.1);
  pugi::xml_node active = node.append_child("ActiveForceLengthCurve");
  put(active, "min_norm_active_fiber_length", shape.shortest_active_length);
  put(active, "transition_norm_fiber_length", shape.transition_length);
  put(active, "max_norm_active_fiber_length", shape.longest_active_length);
  put(active, "shallow_ascending_slope", shape.shallow_ascending_slope);
  put(active, "minimum_value", shape.minimum_active_value);
  pugi::xml_node velocity = node.append_child("ForceVelocityCurve");
  put(velocity, "concentric_slope_at_vmax", shape.concentric_slope_at_vmax);
  put(velocity, "concentric_slope_near_vmax", shape.concentric_slope_near_vmax);
  put(velocity, "isometric_slope", shape.isometric_slope);
  put(velocity, "eccentric_slope_at_vmax", shape.eccentric_slope_at_vmax);
  put(velocity, "eccentric_slope_near_vmax", shape.eccentric_slope_near_vmax);
  put(velocity, "max_eccentric_velocity_force_multiplier", shape.eccentric_force);
  put(velocity, "concentric_curviness", shape.concentric_curviness);
  put(velocity, "eccentric_curviness", shape.eccentric_curviness);
  write_passive(node, muscle);
  write_tendon(node, muscle, writer);
  if (shape.active_curviness != muscle::MillardShape().active_curviness) {
    writer.drop(muscle.name + " active_curviness", "OpenSim's active curve has no curviness");
  }
  if (lifted && shape.minimum_active_value < 0.1) {
    writer.drop(muscle.name + " minimum_active_value", "OpenSim lifts an undamped active curve by 0.1 at least");
  }
}

}  // namespace

const char* muscle_class(muscle::MuscleType type) {
  switch (type) {
    case muscle::MuscleType::DeGrooteFregly2016: return "DeGrooteFregly2016Muscle";
    case muscle::MuscleType::Millard2012: return "Millard2012EquilibriumMuscle";
    case muscle::MuscleType::Thelen2003: return "Thelen2003Muscle";
  }
  return "";
}

void write_curves(pugi::xml_node node, const MuscleSpec& muscle, Writer& writer) {
  put(node, "min_control", muscle.minimum_activation.value);
  if (muscle.type == muscle::MuscleType::DeGrooteFregly2016) {
    put(node, "active_force_width_scale", muscle.active_width.value);
    put(node, "passive_fiber_strain_at_one_norm_force", muscle.passive_strain.value);
    if (muscle.active_width.value < 1.0) {
      writer.drop(muscle.name, "its active width is below 1, the least that DeGrooteFregly2016Muscle takes");
    }
    return;
  }
  put(node, "minimum_activation", muscle.minimum_activation.value);
  if (muscle.type == muscle::MuscleType::Thelen2003) write_thelen(node, muscle);
  if (muscle.type == muscle::MuscleType::Millard2012) write_millard(node, muscle, writer);
}

}  // namespace psoas::io::osim
