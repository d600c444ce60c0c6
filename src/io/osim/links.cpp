#include "io/osim/links.hpp"

#include <optional>
#include <string>

#include "io/osim/function.hpp"
#include "io/osim/muscles.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas::io::osim {
namespace {

/// A frame that lies in another one.
FrameSpec placed_in(const Frame& parent, const Vec3& at, const Vec3& rotation) {
  const Mat3 R = spatial::xyz_body_rotation<double>(parent.rotation);
  return {parent.body, parent.offset + R * at,
          spatial::xyz_body_angles(R * spatial::xyz_body_rotation<double>(rotation))};
}

/// Its frames are sockets, with offset frames of its own, since version 40000, and bodies with offsets before.
class BushingReader {
 public:
  BushingReader(pugi::xml_node node, Reader& reader, Skeleton& skeleton)
      : node_(node), reader_(reader), skeleton_(skeleton), who_("bushing \"" + Reader::name(node) + '"') {}

  std::optional<FrameSpec> frame(const std::string& number) {
    const std::string socket = "socket_frame" + number, body = "body_" + number;
    if (!node_.child(socket.c_str())) {
      const auto parent = skeleton_.frame(reader_.text(node_, body.c_str()), node_, who_);
      if (!parent) return std::nullopt;
      return placed_in(*parent, reader_.vector(node_, ("location_" + body).c_str()),
                       reader_.vector(node_, ("orientation_" + body).c_str()));
    }
    const std::string path = reader_.text(node_, socket.c_str());
    const pugi::xml_node own =
        node_.child("frames").find_child_by_attribute("PhysicalOffsetFrame", "name", last_part(path).c_str());
    const auto parent = skeleton_.frame(own ? reader_.text(own, "socket_parent") : path, node_, who_);
    if (!parent) return std::nullopt;
    if (!own) return placed_in(*parent, Vec3::Zero(), Vec3::Zero());
    return placed_in(*parent, reader_.vector(own, "translation"), reader_.vector(own, "orientation"));
  }

 private:
  pugi::xml_node node_;
  Reader& reader_;
  Skeleton& skeleton_;
  std::string who_;
};

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

void read_bushing(pugi::xml_node node, Reader& reader, Skeleton& skeleton, ModelSpec& spec) {
  BushingReader frames(node, reader, skeleton);
  const std::optional<FrameSpec> first = frames.frame("1"), second = frames.frame("2");
  if (!first || !second) return;
  BushingSpec out;
  out.name = Reader::name(node);
  out.where = reader.where(node);
  out.frames = {*first, *second};
  out.rotational_stiffness = reader.vector(node, "rotational_stiffness");
  out.translational_stiffness = reader.vector(node, "translational_stiffness");
  out.rotational_damping = reader.vector(node, "rotational_damping");
  out.translational_damping = reader.vector(node, "translational_damping");
  spec.bushings.push_back(std::move(out));
}

void MuscleReader::read_ligament(pugi::xml_node ligament) {
  LigamentSpec out;
  out.name = Reader::name(ligament);
  out.where = reader_.where(ligament);
  const pugi::xml_node path = ligament.child("GeometryPath");
  if (!path || !Reader::members(path.child("PathWrapSet")).empty()) {
    reader_.drop(out.name,
                 "only ligaments along lines through points are modelled: this one wraps, or has no such path");
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
  out.rest_length = property(ligament, "resting_length", 0.0);
  out.rest_length.where = out.where;
  out.force = ligament_force(ligament, default_of(ligament.name()), property(ligament, "pcsa_force", 0.0), reader_);
  spec_.ligaments.push_back(std::move(out));
}

}  // namespace psoas::io::osim
