#include "io/osim/write_links.hpp"

#include <string>

#include "io/osim/write_function.hpp"

namespace psoas::io::osim {
namespace {

void write_ligament(const LigamentSpec& ligament, Writer& writer) {
  pugi::xml_node node = add_named(writer.objects("ForceSet"), "Ligament", ligament.name);
  pugi::xml_node points = add_named(node, "GeometryPath", "path").append_child("PathPointSet").append_child("objects");
  for (std::size_t p = 0; p < ligament.points.size(); ++p) {
    pugi::xml_node point = add_named(points, "PathPoint", ligament.name + "-P" + std::to_string(p + 1));
    put(point, "socket_parent_frame", socket_of(ligament.points[p].body));
    put(point, "location", ligament.points[p].at);
  }
  put(node, "resting_length", ligament.rest_length.value);
  put(node, "pcsa_force", 1.0);  // the curve is in newtons
  write_function(node, "force_length_curve", ligament.force);
}

void write_bushing(const BushingSpec& bushing, Writer& writer) {
  pugi::xml_node node = add_named(writer.objects("ForceSet"), "BushingForce", bushing.name);
  for (const char* number : {"1", "2"})
    put(node, (std::string("socket_frame") + number).c_str(), bushing.name + number);
  pugi::xml_node frames = node.append_child("frames");
  for (std::size_t i = 0; i < 2; ++i) {
    pugi::xml_node frame = add_named(frames, "PhysicalOffsetFrame", bushing.name + std::to_string(i + 1));
    put(frame, "socket_parent", socket_of(bushing.frames[i].body));
    put(frame, "translation", bushing.frames[i].at);
    put(frame, "orientation", bushing.frames[i].rotation);
  }
  put(node, "rotational_stiffness", bushing.rotational_stiffness);
  put(node, "translational_stiffness", bushing.translational_stiffness);
  put(node, "rotational_damping", bushing.rotational_damping);
  put(node, "translational_damping", bushing.translational_damping);
}

}  // namespace

void write_links(const ModelSpec& spec, Writer& writer) {
  for (const LigamentSpec& ligament : spec.ligaments) write_ligament(ligament, writer);
  for (const BushingSpec& bushing : spec.bushings) write_bushing(bushing, writer);
}

}  // namespace psoas::io::osim
