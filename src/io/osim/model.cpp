#include "io/osim/model.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "io/osim/muscles.hpp"
#include "io/osim/reader.hpp"
#include "io/osim/skeleton.hpp"
#include "io/osim/wraps.hpp"
#include "psoas/model/compile.hpp"

namespace psoas::io::osim {
namespace {

/// Gravity pulls along -Y in every model of psoas.
void read_gravity(pugi::xml_node model, Reader& reader, ModelSpec& spec) {
  if (!model.child("gravity")) return;
  const Vec3 g = reader.vector(model, "gravity");
  spec.gravity = g.norm();
  if (g.x() != 0.0 || g.z() != 0.0 || g.y() > 0.0) {
    reader.fault(model.child("gravity"), "gravity must point along -Y");
  }
  if (spec.gravity == 0.0) reader.note("gravity is zero in this file");
}

/// Ball joints between pelvis and femur, by their names, become hips; the file knows no capsule.
void find_hips(ModelSpec& spec) {
  for (const std::string side : {"r", "l"}) {
    for (const JointSpec& joint : spec.joints) {
      if (joint.name != "hip_" + side || joint.rotations.empty() || joint.rotations[0].coordinate.empty()) continue;
      HipSpec hip;
      hip.side = side, hip.joint = joint.name;
      hip.flexion = joint.rotations[0].coordinate;
      hip.capsule_stiffness = 0.0;
      hip.where = joint.where;
      spec.hips.push_back(std::move(hip));
    }
  }
}

/// Spheres that touch the floor become nodes of supports, each at its lowest place in the default posture's body axes.
void read_contacts(pugi::xml_node model, Reader& reader, Skeleton& skeleton, ModelSpec& spec) {
  for (const pugi::xml_node contact : Reader::members(model.child("ContactGeometrySet"))) {
    const std::string name = Reader::name(contact);
    if (std::string_view(contact.name()) != "ContactSphere") {
      reader.drop(name, std::string("contact geometry of kind ") + contact.name() + ": supports are nodes on planes");
      continue;
    }
    const auto frame = skeleton.frame(reader.text(contact, "socket_frame"), contact, "contact \"" + name + '"');
    if (!frame) continue;
    PointSpec node;
    node.body = frame->body;
    node.at =
        frame->offset + reader.vector(contact, "location") - Vec3::UnitY() * reader.number(contact, "radius", 0.0);
    auto patch = std::find_if(spec.patches.begin(), spec.patches.end(),
                              [&](const PatchSpec& p) { return p.name == frame->body; });
    if (patch == spec.patches.end()) {
      PatchSpec fresh;
      fresh.name = frame->body;
      fresh.where = reader.where(contact);
      spec.patches.push_back(std::move(fresh));
      patch = spec.patches.end() - 1;
    }
    patch->nodes.push_back(std::move(node));
  }
}

void drop_set(pugi::xml_node model, const char* set, const char* what, const char* reason, Reader& reader) {
  const std::size_t count = Reader::members(model.child(set)).size();
  if (count > 0) reader.drop(std::string(set) + " (" + std::to_string(count) + ' ' + what + ')', reason);
}

/// What the model element holds beside bodies, joints, muscles and contacts.
void drop_the_rest(pugi::xml_node model, Reader& reader) {
  drop_set(model, "MarkerSet", "markers", "markers serve inverse kinematics, which is done before", reader);
  drop_set(model, "ControllerSet", "controllers", "muscles are recruited, not controlled", reader);
  drop_set(model, "ProbeSet", "probes", "results are psoas' own", reader);
  drop_set(model, "ComponentSet", "components", "components of no known set are not read", reader);
  const std::vector<std::string> known{"defaults",          "Ground",
                                       "gravity",           "credits",
                                       "publications",      "length_units",
                                       "force_units",       "BodySet",
                                       "JointSet",          "ControllerSet",
                                       "ConstraintSet",     "ForceSet",
                                       "MarkerSet",         "ContactGeometrySet",
                                       "ProbeSet",          "ComponentSet",
                                       "assembly_accuracy", "ModelVisualPreferences"};
  for (const pugi::xml_node child : model.children()) {
    if (child.type() != pugi::node_element || std::count(known.begin(), known.end(), child.name()) > 0) continue;
    reader.drop(child.name(), "an element that is not known");
  }
  std::size_t meshes = 0;
  for (const pugi::xml_node body : Reader::members(model.child("BodySet"))) {
    for (const pugi::xml_node shape : body.child("attached_geometry").children()) meshes += shape ? 1 : 0;
    meshes += Reader::members(body.child("VisibleObject").child("GeometrySet")).size();
  }
  if (meshes > 0) reader.drop("geometry (" + std::to_string(meshes) + " shapes)", "pictures of bones carry no load");
}

/// Coordinates that a torque drives and no muscle moves are motors.
void name_motors(const Model& bare, const MuscleReader& muscles, ModelSpec& spec, Reader& reader) {
  std::vector<std::string> moved;
  for (const int row : bare.arm_row) moved.push_back(bare.rows[static_cast<std::size_t>(row)].name);
  for (CoordinateSpec& c : spec.coordinates) {
    const bool driven = std::count(muscles.torque_actuated.begin(), muscles.torque_actuated.end(), c.name) > 0;
    if (!driven || c.role != Role::free) continue;
    if (std::count(moved.begin(), moved.end(), c.name) == 0) {
      c.role = Role::motor;
    } else {
      reader.note("coordinate " + c.name + ": its actuator helps muscles in the file; here muscles alone move it");
    }
  }
}

}  // namespace

ImportedModel model_from(std::string_view text, const std::string& file) {
  Reader reader(text, file);
  pugi::xml_node element = reader.root().child("Model");
  if (!element) reader.fault(reader.root(), "no <Model> in this file");
  reader.throw_if_faulty();
  ImportedModel out;
  ModelSpec& spec = out.model;
  spec.name = Reader::name(element).empty() ? std::filesystem::path(file).stem().string() : Reader::name(element);
  spec.imported = true;
  spec.description = "read from " + std::filesystem::path(file).filename().string();
  read_gravity(element, reader, spec);
  Skeleton skeleton(reader, spec);
  skeleton.read(element);
  MuscleReader muscles(reader, skeleton, spec);
  muscles.read(element);
  read_contacts(element, reader, skeleton, spec);
  find_hips(spec);
  drop_the_rest(element, reader);
  double mass = 0.0;
  for (const BodySpec& body : spec.bodies) mass += body.mass.value;
  if (mass > 0.0) spec.person.mass = mass;
  reader.throw_if_faulty();
  const Model bare = compile(spec);
  choose_segments(bare, muscles.wraps, spec, reader);
  name_motors(bare, muscles, spec, reader);
  out.dropped = std::move(reader.dropped());
  out.notes = std::move(reader.notes());
  return out;
}

}  // namespace psoas::io::osim
