#pragma once

#include <string>
#include <vector>

#include "io/toml/text.hpp"
#include "psoas/model/spec.hpp"

/// The sections of a model file as text: one function for one table.
namespace psoas::io::toml {

void write(TomlText& out, const BodySpec& body);
void write(TomlText& out, const JointSpec& joint);
void write(TomlText& out, const CoordinateSpec& coordinate);
void write(TomlText& out, const SurfaceSpec& surface);
void write(TomlText& out, const LevelSpec& level);
void write(TomlText& out, const HipSpec& hip);
void write(TomlText& out, const LigamentSpec& ligament);
void write(TomlText& out, const BushingSpec& bushing);
void write(TomlText& out, const PatchSpec& patch);
void write(TomlText& out, const ActuatorSpec& actuator);
/// Without what it shares with the defaults.
void write(TomlText& out, const MuscleSpec& muscle, const MuscleSpec& defaults);

/// `[muscle_defaults]` from what more than half of the muscles share; what a muscle then starts from.
MuscleSpec write_muscle_defaults(TomlText& out, const std::vector<MuscleSpec>& muscles);

/// `["body", x, y, z]`
std::string fixed_point_text(const PointSpec& point);

/// A number, or an inline table where the pedigree needs one.
/// @param own_source  source of the table that holds it, which stands in for one that is not written
void write_quantity(TomlText& out, const UnitKeys& keys, const Quantity& quantity, const std::string& own_source);

/// Equal in everything but the place in a file.
bool same(const Quantity& a, const Quantity& b);

}  // namespace psoas::io::toml
