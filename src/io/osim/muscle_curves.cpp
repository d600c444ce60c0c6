#include "io/osim/muscle_curves.hpp"

#include <algorithm>
#include <cctype>

namespace psoas::io::osim {
namespace {

/// Muscles of OpenSim and the passive strain at full force that each has where the file gives none.
struct MuscleKind {
  const char* name;
  const char* strain;  ///< the property
  double usual_strain;
};

constexpr MuscleKind muscle_kinds[] = {{"DeGrooteFregly2016Muscle", "passive_fiber_strain_at_one_norm_force", 0.6},
                                       {"Millard2012EquilibriumMuscle", "", 0.7},
                                       {"Thelen2003Muscle", "FmaxMuscleStrain", 0.6},
                                       {"Millard2012AccelerationMuscle", "", 0.7},
                                       {"Thelen2003Muscle_Deprecated", "FmaxMuscleStrain", 0.6},
                                       {"Schutte1993Muscle_Deprecated", "", 0.6},
                                       {"Delp1990Muscle_Deprecated", "", 0.6},
                                       {"RigidTendonMuscle", "", 0.6}};

/// Reads the properties of an element, and those that it lacks from another one.
class Properties {
 public:
  Properties(Reader& reader, pugi::xml_node own, pugi::xml_node defaults)
      : reader_(reader), own_(own), defaults_(defaults) {}

  void read(const char* tag, double& out) const { out = reader_.number(own_.child(tag) ? own_ : defaults_, tag, out); }

  bool flag(const char* tag, bool fallback) const {
    return reader_.flag(own_.child(tag) ? own_ : defaults_, tag, fallback);
  }

  /// One of its curves.
  Properties curve(const char* tag) const { return {reader_, own_.child(tag), defaults_.child(tag)}; }

 private:
  Reader& reader_;
  pugi::xml_node own_, defaults_;
};

void read_thelen(const Properties& muscle, muscle::ThelenShape& out) {
  muscle.read("KshapeActive", out.active_shape);
  muscle.read("KshapePassive", out.passive_shape);
  muscle.read("Af", out.concentric_shape);
  muscle.read("Flen", out.eccentric_force);
  muscle.read("fv_linear_extrap_threshold", out.straight_beyond);
}

/// Damped fibres and rigid tendons let the active curve come down to 0; OpenSim lifts it under the others.
bool comes_down(const Properties& muscle) {
  constexpr double least_damping = 0.001;
  double damping = 0.1;
  muscle.read("fiber_damping", damping);
  return damping >= least_damping || muscle.flag("ignore_tendon_compliance", false);
}

void read_millard(const Properties& muscle, muscle::MillardShape& out) {
  const Properties active = muscle.curve("ActiveForceLengthCurve");
  active.read("min_norm_active_fiber_length", out.shortest_active_length);
  active.read("transition_norm_fiber_length", out.transition_length);
  active.read("max_norm_active_fiber_length", out.longest_active_length);
  active.read("shallow_ascending_slope", out.shallow_ascending_slope);
  out.minimum_active_value = 0.1;
  active.read("minimum_value", out.minimum_active_value);
  out.minimum_active_value = comes_down(muscle) ? 0.0 : std::max(0.1, out.minimum_active_value);
  const Properties velocity = muscle.curve("ForceVelocityCurve");
  velocity.read("concentric_slope_at_vmax", out.concentric_slope_at_vmax);
  velocity.read("concentric_slope_near_vmax", out.concentric_slope_near_vmax);
  velocity.read("isometric_slope", out.isometric_slope);
  velocity.read("eccentric_slope_at_vmax", out.eccentric_slope_at_vmax);
  velocity.read("eccentric_slope_near_vmax", out.eccentric_slope_near_vmax);
  velocity.read("max_eccentric_velocity_force_multiplier", out.eccentric_force);
  velocity.read("concentric_curviness", out.concentric_curviness);
  velocity.read("eccentric_curviness", out.eccentric_curviness);
  const Properties passive = muscle.curve("FiberForceLengthCurve");
  passive.read("strain_at_zero_force", out.passive_zero_strain);
  passive.read("stiffness_at_low_force", out.passive_low_slope);
  passive.read("stiffness_at_one_norm_force", out.passive_slope_at_one);
  passive.read("curviness", out.passive_curviness);
  const Properties tendon = muscle.curve("TendonForceLengthCurve");
  tendon.read("stiffness_at_one_norm_force", out.tendon_slope_at_one);
  tendon.read("norm_force_at_toe_end", out.tendon_toe_force);
  tendon.read("curviness", out.tendon_curviness);
}

/// A bound of a control; `inf` is none.
double control(Reader& reader, pugi::xml_node node, const char* tag, double fallback) {
  std::string word = reader.text(node, tag);
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
  if (word == "inf" || word == "+inf" || word == "infinity") return infinity;
  if (word == "-inf" || word == "-infinity") return -infinity;
  return reader.number(node, tag, fallback);
}

}  // namespace

bool is_muscle(std::string_view kind) {
  return std::any_of(std::begin(muscle_kinds), std::end(muscle_kinds), [&](const auto& k) { return k.name == kind; });
}

bool read_curves(Reader& reader, pugi::xml_node muscle, pugi::xml_node defaults, MuscleSpec& out) {
  const std::string kind = muscle.name();
  const Properties properties(reader, muscle, defaults);
  const MuscleKind& known =
      *std::find_if(std::begin(muscle_kinds), std::end(muscle_kinds), [&](const auto& k) { return k.name == kind; });
  double strain = known.usual_strain, width = 1.0, least = 0.0;
  if (*known.strain) {
    properties.read(known.strain, strain);
  } else {
    properties.curve("FiberForceLengthCurve").read("strain_at_one_norm_force", strain);
  }
  if (kind == "DeGrooteFregly2016Muscle") properties.read("active_force_width_scale", width);
  out.passive_strain = strain;
  out.active_width = width;
  const bool thelen = kind == "Thelen2003Muscle", millard = kind.starts_with("Millard2012");
  if (thelen) {
    out.type = muscle::MuscleType::Thelen2003;
    read_thelen(properties, out.thelen);
  }
  if (millard) {
    out.type = muscle::MuscleType::Millard2012;
    read_millard(properties, out.millard);
  }
  if (thelen || millard) least = 0.01;
  properties.read("minimum_activation", least);
  properties.read("min_control", least);
  out.minimum_activation = least;
  out.minimum_activation.where = out.where;
  if (const double most = control(reader, muscle, "max_control", 1.0); most != 1.0) {
    reader.note("muscle " + out.name + ": its greatest control is taken as 1, the file has " +
                reader.text(muscle, "max_control"));
  }
  return thelen || millard || kind == "DeGrooteFregly2016Muscle";
}

ActuatorSpec actuator_of(Reader& reader, pugi::xml_node actuator, const std::string& coordinate) {
  ActuatorSpec out;
  out.name = Reader::name(actuator);
  out.coordinate = coordinate;
  out.where = reader.where(actuator);
  out.optimal_force = reader.number(actuator, "optimal_force", 1.0);
  out.optimal_force.where = out.where;
  out.minimum_control = control(reader, actuator, "min_control", -infinity);
  out.maximum_control = control(reader, actuator, "max_control", infinity);
  return out;
}

}  // namespace psoas::io::osim
