#include "io/osim/muscles.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "io/osim/function.hpp"

namespace psoas::io::osim {
namespace {

/// One of its frames: a socket since version 40000, a body with an offset before.
std::optional<Frame> frame_of(pugi::xml_node bushing, const std::string& number, Reader& reader, Skeleton& skeleton) {
  const std::string name = Reader::name(bushing), who = "bushing \"" + name + '"';
  const std::string socket = "socket_frame" + number, body = "body_" + number;
  if (bushing.child(socket.c_str())) return skeleton.frame(reader.text(bushing, socket.c_str()), bushing, who, name);
  const std::optional<Frame> parent = skeleton.frame(reader.text(bushing, body.c_str()), bushing, who);
  if (!parent) return std::nullopt;
  return placed_in(*parent, reader.vector(bushing, ("location_" + body).c_str()),
                   reader.vector(bushing, ("orientation_" + body).c_str()));
}

/// The name, or with _0, _1, … behind it what is still free, as OpenSim does.
template <class Links>
std::string free_name(const std::string& name, const Links& links, Reader& reader) {
  const auto taken = [&](const std::string& wanted) {
    return std::any_of(links.begin(), links.end(), [&](const auto& link) { return link.name == wanted; });
  };
  if (!taken(name)) return name;
  for (int i = 0;; ++i) {
    const std::string other = name + '_' + std::to_string(i);
    if (taken(other)) continue;
    reader.note("a second force called " + name + " is called " + other);
    return other;
  }
}

/// The curve of an OpenSim ligament that has none of its own [-].
Function usual_curve() {
  return Function::simm_spline({-5.0, 0.998, 0.999, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.601, 1.602, 5.0},
                               {0.0, 0.0, 0.0, 0.0, 0.035, 0.12, 0.26, 0.55, 1.17, 2.0, 2.0, 2.0, 2.0});
}

/// By length over resting length [N].
Function ligament_force(pugi::xml_node node, pugi::xml_node defaults, double pcsa_force, Reader& reader) {
  pugi::xml_node curve = function_element(node, "force_length_curve");
  if (!curve) curve = function_element(defaults, "force_length_curve");
  return (curve ? function_of(curve, reader) : usual_curve()).scaled(pcsa_force);
}

}  // namespace

void MuscleReader::read_bushing(pugi::xml_node node) {
  const std::optional<Frame> first = frame_of(node, "1", reader_, skeleton_);
  const std::optional<Frame> second = frame_of(node, "2", reader_, skeleton_);
  if (!first || !second) return;
  BushingSpec out;
  out.name = Reader::name(node);
  out.where = reader_.where(node);
  if (first->body == second->body) {
    reader_.drop(out.name, "both frames are fixed in " + first->body + ": it does nothing");
    return;
  }
  out.name = free_name(out.name, spec_.bushings, reader_);
  out.frames = {FrameSpec{first->body, first->offset, first->rotation},
                FrameSpec{second->body, second->offset, second->rotation}};
  const auto property = [&](const char* tag) {
    return reader_.vector(node.child(tag) ? node : default_of(node.name()), tag);
  };
  out.rotational_stiffness = property("rotational_stiffness");
  out.translational_stiffness = property("translational_stiffness");
  out.rotational_damping = property("rotational_damping");
  out.translational_damping = property("translational_damping");
  spec_.bushings.push_back(std::move(out));
}

void MuscleReader::read_ligament(pugi::xml_node ligament) {
  LigamentSpec out;
  out.name = Reader::name(ligament);
  out.where = reader_.where(ligament);
  pugi::xml_node path = ligament.child("GeometryPath");
  if (!path) path = ligament.child("path").child("GeometryPath");
  if (!path) {
    reader_.drop(out.name, "its path is no GeometryPath");
    return;
  }
  if (!Reader::members(path.child("PathWrapSet")).empty()) {
    reader_.drop(out.name, "a ligament that wraps round surfaces is not modelled");
    return;
  }
  out.rest_length = property(ligament, "resting_length", 0.0);
  const double pcsa_force = property(ligament, "pcsa_force", 0.0);
  if (out.rest_length.value == 0.0 || pcsa_force == 0.0) {
    reader_.drop(out.name, "a ligament without a resting_length and a pcsa_force has no pull");
    return;
  }
  bool fixed = true;
  for (const pugi::xml_node point : Reader::members(path.child("PathPointSet"))) {
    out.points.push_back(read_point(point, "ligament \"" + out.name + '"'));
    fixed = fixed && !out.points.back().condition && out.points.back().coordinate.empty();
  }
  if (!fixed) {
    reader_.drop(out.name, "a ligament through conditional or moving points is not modelled");
    return;
  }
  out.rest_length.where = out.where;
  out.name = free_name(out.name, spec_.ligaments, reader_);
  out.force = ligament_force(ligament, default_of(ligament.name()), pcsa_force, reader_);
  spec_.ligaments.push_back(std::move(out));
}

}  // namespace psoas::io::osim
