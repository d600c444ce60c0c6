#include "io/osim/muscles.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "io/osim/function.hpp"
#include "io/osim/muscle_curves.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas::io::osim {
namespace {

/// Specific tension by which a file's force becomes an area [N/m2].
constexpr double specific_tension = 76e4;

const char* why_dropped(const std::string& kind) {
  static const std::map<std::string, const char*> reasons{
      {"PathActuator", "a path that pulls without fibres is not modelled"},
      {"Blankevoort1991Ligament", "only ligaments with a curve of their length are modelled"},
      {"FunctionBasedBushingForce", "only bushings with constant stiffness are modelled"},
      {"ExpressionBasedBushingForce", "only bushings with constant stiffness are modelled"},
      {"CoordinateLimitForce", "limits of joints come from their ranges, not from forces"},
      {"SpringGeneralizedForce", "springs on coordinates are not modelled"},
      {"SmoothSphereHalfSpaceForce", "contact forces are predicted from supports, not from penetration"},
      {"HuntCrossleyForce", "contact forces are predicted from supports, not from penetration"},
      {"ElasticFoundationForce", "contact forces are predicted from supports, not from penetration"}};
  const auto found = reasons.find(kind);
  return found == reasons.end() ? "a force of this kind is not modelled" : found->second;
}

}  // namespace

void MuscleReader::read(pugi::xml_node model) {
  defaults_ = reader_.root().child("defaults") ? reader_.root().child("defaults") : model.child("defaults");
  read_surfaces(model.child("Ground"), "ground");
  for (const pugi::xml_node body : Reader::members(model.child("BodySet"))) read_surfaces(body, Reader::name(body));
  const std::vector<pugi::xml_node> forces = Reader::members(model.child("ForceSet"));
  for (const pugi::xml_node force : forces) skeleton_.read_frames(force);
  for (const pugi::xml_node force : forces) read_force(force);
  read_groups(model.child("ForceSet"));
  for (const auto& [kind, count] : substituted_) {
    reader_.note(std::to_string(count) + " muscles of kind " + kind +
                 " are computed with De Groote-Fregly curves: forces differ from OpenSim's");
  }
}

void MuscleReader::read_surfaces(pugi::xml_node body, const std::string& name) {
  for (const pugi::xml_node surface : Reader::members(body.child("WrapObjectSet"))) read_surface(surface, name);
}

void MuscleReader::read_surface(pugi::xml_node surface, const std::string& body) {
  SurfaceSpec out;
  out.name = Reader::name(surface);
  out.body = body;
  out.where = reader_.where(surface);
  out.center = reader_.vector(surface, "translation");
  out.rotation = reader_.vector(surface, "xyz_body_rotation");
  const std::string kind = surface.name(), quadrant = reader_.text(surface, "quadrant");
  if (!reader_.flag(surface, "active", true)) {
    reader_.drop(out.name, "a wrap object that the file has switched off");
    return;
  }
  if (body == "ground") {
    reader_.drop(out.name, "a wrap object fixed in the ground is not modelled");
    return;
  }
  if (std::any_of(spec_.surfaces.begin(), spec_.surfaces.end(), [&](const auto& s) { return s.name == out.name; })) {
    reader_.drop(out.name, "a second wrap object of this name, on " + body + ": paths find the first");
    return;
  }
  if (kind == "WrapCylinder" || kind == "WrapSphere") {
    out.kind = kind == "WrapSphere" ? "sphere" : "cylinder";
    out.radius = reader_.number(surface, "radius", not_a_number);
  } else if (kind == "WrapEllipsoid") {
    out.kind = "ellipsoid";
    out.half_axes = reader_.vector(surface, "dimensions");
  } else if (kind == "WrapTorus") {
    out.kind = "torus";  // in OpenSim the tube has the inner radius, the ring of its middle the outer one
    out.radius = reader_.number(surface, "inner_radius", not_a_number);
    out.ring_radius = reader_.number(surface, "outer_radius", not_a_number);
    out.ring_radius.where = out.where;
  } else {
    reader_.drop(out.name, "a surface of kind " + kind + " is not known: paths pass it by");
    return;
  }
  out.radius.where = out.where;
  quadrant_[out.name] = quadrant.empty() ? "all" : quadrant;
  spec_.surfaces.push_back(std::move(out));
}

void MuscleReader::read_force(pugi::xml_node force) {
  const std::string kind = force.name(), name = Reader::name(force);
  if (!reader_.flag(force, "appliesForce", true) || reader_.flag(force, "isDisabled", false)) {
    reader_.drop(name, "the file has switched it off");
    return;
  }
  if (is_muscle(kind)) {
    read_muscle(force);
  } else if (kind == "Ligament") {
    read_ligament(force);
  } else if (kind == "BushingForce") {
    read_bushing(force);
  } else if (kind == "CoordinateActuator") {
    const std::string coordinate =
        skeleton_.coordinate(reader_.text(force, "coordinate"), force, "actuator \"" + name + '"');
    if (coordinate.empty()) return;
    torque_actuated.push_back(coordinate);
    spec_.actuators.push_back(actuator_of(reader_, force, coordinate));
  } else {
    reader_.drop(name, why_dropped(kind) + std::string(" (") + kind + ')');
  }
}

pugi::xml_node MuscleReader::default_of(const std::string& kind) const { return defaults_.child(kind.c_str()); }

/// A property of a muscle: its own, the one among the file's defaults, or the class's.
double MuscleReader::property(pugi::xml_node muscle, const char* tag, double fallback) {
  if (muscle.child(tag)) return reader_.number(muscle, tag, fallback);
  return reader_.number(default_of(muscle.name()), tag, fallback);
}

void MuscleReader::read_muscle(pugi::xml_node muscle) {
  MuscleSpec out;
  out.name = Reader::name(muscle);
  out.where = reader_.where(muscle);
  const std::string kind = muscle.name();
  pugi::xml_node path = muscle.child("GeometryPath");
  if (!path) path = muscle.child("path").child("GeometryPath");
  if (!path) {
    reader_.drop(out.name, "its path is no GeometryPath");
    return;
  }
  std::string base = out.name;
  for (const char* side : {"r", "l"}) {
    if (!base.ends_with(std::string("_") + side)) continue;
    out.side = side;
    base.resize(base.size() - 2);
  }
  out.groups.push_back(base);
  if (base.starts_with("Ps_")) out.groups.insert(out.groups.begin(), "psoas");
  out.specific_tension = specific_tension;
  out.pcsa = property(muscle, "max_isometric_force", 1000.0) / specific_tension;
  out.optimal_fiber_length = property(muscle, "optimal_fiber_length", 0.1);
  out.tendon_slack_length = property(muscle, "tendon_slack_length", 0.2);
  out.pennation = property(muscle, "pennation_angle_at_optimal", property(muscle, "pennation_angle", 0.0));
  out.max_contraction_velocity = property(muscle, "max_contraction_velocity", 10.0);
  const bool own_curves = read_curves(reader_, muscle, default_of(kind), out);
  for (Quantity* q : {&out.pcsa, &out.optimal_fiber_length, &out.tendon_slack_length, &out.pennation,
                      &out.max_contraction_velocity, &out.passive_strain, &out.active_width}) {
    q->where = out.where;
  }
  const std::size_t wraps_before = wraps.size();
  if (!read_path(path, out)) return;
  if (std::any_of(out.points.begin(), out.points.end(), [](const PointSpec& p) { return p.body == "ground"; })) {
    wraps.resize(wraps_before);
    reader_.drop(out.name, "its path is fixed to the ground: psoas knows muscles between bodies only");
    return;
  }
  if (!own_curves) ++substituted_[kind];
  spec_.muscles.push_back(std::move(out));
}

bool MuscleReader::read_path(pugi::xml_node path, MuscleSpec& out) {
  const std::string who = "muscle \"" + out.name + '"';
  for (const pugi::xml_node point : Reader::members(path.child("PathPointSet"))) {
    out.points.push_back(read_point(point, who));
  }
  if (out.points.size() < 2) {
    reader_.fault(path, who + ": a path needs at least two points");
    return false;
  }
  for (PointSpec* end : {&out.points.front(), &out.points.back()}) {
    if (!end->condition) continue;
    end->condition.reset();
    reader_.note("muscle " + out.name + ": an end of its path is conditional in the file and always on here");
  }
  for (const pugi::xml_node wrap : Reader::members(path.child("PathWrapSet"))) read_wrap(wrap, out);
  return true;
}

PointSpec MuscleReader::read_point(pugi::xml_node point, const std::string& who) {
  PointSpec out;
  const std::string kind = point.name();
  const char* socket = point.child("socket_parent_frame") ? "socket_parent_frame" : "body";
  const std::optional<Frame> frame = skeleton_.frame(reader_.text(point, socket), point, who);
  if (frame) out.body = frame->body;
  out.at = reader_.vector(point, "location");
  if (kind == "MovingPathPoint") {
    read_moving(point, who, out);
  } else if (kind == "ConditionalPathPoint") {
    const char* names = point.child("socket_coordinate") ? "socket_coordinate" : "coordinate";
    const std::vector<double> range = reader_.numbers(point, "range", 2);
    const std::string coordinate = skeleton_.coordinate(reader_.text(point, names), point, who);
    if (range.empty()) reader_.fault(point, who + ": a conditional point without a range");
    if (!coordinate.empty() && !range.empty()) {
      out.condition = {coordinate, std::min(range[0], range[1]) - condition_slack,
                       std::max(range[0], range[1]) + condition_slack};
    }
  } else if (kind != "PathPoint") {
    reader_.fault(point, who + ": a point of kind " + kind + " is not known" +
                             did_you_mean(kind, {"PathPoint", "ConditionalPathPoint", "MovingPathPoint"}));
  }
  if (frame && !(frame->offset.isZero(0.0) && frame->rotation.isZero(0.0))) {
    if (!out.coordinate.empty()) reader_.fault(point, who + ": a moving point in an offset frame is not read");
    out.at = frame->offset + spatial::xyz_body_rotation<double>(frame->rotation) * out.at;
  }
  return out;
}

void MuscleReader::read_moving(pugi::xml_node point, const std::string& who, PointSpec& out) {
  constexpr const char* places[] = {"x_location", "y_location", "z_location"};
  constexpr const char* sockets[] = {"socket_x_coordinate", "socket_y_coordinate", "socket_z_coordinate"};
  constexpr const char* names[] = {"x_coordinate", "y_coordinate", "z_coordinate"};
  for (std::size_t k = 0; k < 3; ++k) {
    const pugi::xml_node element = function_element(point, places[k]);
    if (!element) continue;
    out.functions[k] = function_of(element, reader_);
    if (out.functions[k]->kind() == Function::Kind::constant) continue;
    const std::string path = reader_.text(point, point.child(sockets[k]) ? sockets[k] : names[k]);
    const std::string coordinate = skeleton_.coordinate(path, point, who);
    if (!out.coordinate.empty() && out.coordinate != coordinate) {
      reader_.fault(point, who + ": a point that moves with two coordinates is not read");
    }
    out.coordinate = coordinate;
  }
  for (std::size_t k = 0; k < 3; ++k) {
    if (out.coordinate.empty() && out.functions[k]) out.at(static_cast<int>(k)) = out.functions[k]->evaluate(0.0).value;
  }
  if (out.coordinate.empty()) out.functions = {};
  for (std::size_t k = 0; k < 3; ++k) {
    if (out.functions[k]) out.at(static_cast<int>(k)) = 0.0;  // the function says where
  }
}

void MuscleReader::read_wrap(pugi::xml_node wrap, const MuscleSpec& muscle) {
  const std::string surface = last_part(reader_.text(wrap, "wrap_object"));
  const auto quadrant = quadrant_.find(surface);
  if (quadrant == quadrant_.end()) {
    const auto dropped = std::find_if(reader_.dropped().begin(), reader_.dropped().end(),
                                      [&](const Dropped& d) { return d.name == surface; });
    if (dropped == reader_.dropped().end()) {
      reader_.fault(wrap, "muscle \"" + muscle.name + "\": no wrap object \"" + surface + '"');
    } else {
      reader_.drop(muscle.name + " round " + surface, "the surface itself is not modelled");
    }
    return;
  }
  OpenWrap out{muscle.name, surface, "shortest", 0, static_cast<int>(muscle.points.size()) - 1};
  std::string half = quadrant->second;
  if (half.size() == 1 && half != "a") half = '+' + half;  // "x" is "+x"
  const bool cylinder = std::any_of(spec_.surfaces.begin(), spec_.surfaces.end(),
                                    [&](const SurfaceSpec& s) { return s.name == surface && s.kind == "cylinder"; });
  if (cylinder && half.size() == 2 && half[1] != 'z') {
    out.side = half;
  } else if (half.size() == 2) {
    reader_.note("muscle " + muscle.name + ": the half that the file names for " + surface + " (" + half +
                 ") is no side of a taut string there; the shorter way is taken");
  }
  const std::vector<double> range = reader_.numbers(wrap, "range", 2);
  const double last = static_cast<double>(muscle.points.size());  // both count from 1; -1: the end of the path
  if (!range.empty() && range[0] >= 1.0) out.first_point = static_cast<int>(std::min(range[0], last)) - 1;
  if (!range.empty() && range[1] >= 1.0) out.last_point = static_cast<int>(std::min(range[1], last)) - 1;
  if (out.first_point >= out.last_point) {
    reader_.fault(
        wrap, "muscle \"" + muscle.name + "\": its range of points to wrap round \"" + surface + "\" holds no segment");
    return;
  }
  wraps.push_back(std::move(out));
}

/// Groups of forces in the file become muscle groups.
void MuscleReader::read_groups(pugi::xml_node set) {
  for (const pugi::xml_node group : set.child("groups").children("ObjectGroup")) {
    for (const std::string& member : words(reader_.text(group, "members"))) {
      for (MuscleSpec& muscle : spec_.muscles) {
        const bool known = std::count(muscle.groups.begin(), muscle.groups.end(), Reader::name(group)) > 0;
        if (muscle.name == member && !known) muscle.groups.push_back(Reader::name(group));
      }
    }
  }
}

}  // namespace psoas::io::osim
