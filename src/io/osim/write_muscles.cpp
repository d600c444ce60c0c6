#include "io/osim/write_muscles.hpp"

#include <algorithm>
#include <cstddef>

#include "io/osim/muscles.hpp"
#include "io/osim/write_curves.hpp"
#include "io/osim/write_function.hpp"

namespace psoas::io::osim {
namespace {

/// Where a coordinate lies among OpenSim's components.
std::string socket_of_coordinate(const ModelSpec& spec, const std::string& name) {
  for (const JointSpec& joint : spec.joints) {
    for (const auto* axes : {&joint.rotations, &joint.translations}) {
      for (const AxisSpec& axis : *axes) {
        if (axis.coordinate == name) return "/jointset/" + joint.name + '/' + name;
      }
    }
  }
  return name;
}

class MuscleWriter {
 public:
  MuscleWriter(const ModelSpec& coordinates, const Quadrants& quadrants, Writer& writer)
      : coordinates_(coordinates), quadrants_(quadrants), writer_(writer) {}

  void write(const MuscleSpec& muscle) {
    pugi::xml_node node = add_named(writer_.objects("ForceSet"), muscle_class(muscle.type), muscle.name);
    pugi::xml_node path = add_named(node, "GeometryPath", "geometrypath");
    pugi::xml_node points = path.append_child("PathPointSet").append_child("objects");
    for (std::size_t p = 0; p < muscle.points.size(); ++p) write_point(points, muscle, p);
    if (!muscle.wraps.empty()) write_path_wraps(path, muscle);
    put(node, "max_isometric_force", muscle.pcsa.value * muscle.specific_tension.value * muscle.strength.value);
    put(node, "optimal_fiber_length", muscle.optimal_fiber_length.value);
    put(node, "tendon_slack_length", muscle.tendon_slack_length.value);
    put(node, "pennation_angle_at_optimal", muscle.pennation.value);
    put(node, "max_contraction_velocity", muscle.max_contraction_velocity.value);
    write_curves(node, muscle, writer_);
  }

 private:
  void write_point(pugi::xml_node points, const MuscleSpec& muscle, std::size_t p) {
    const PointSpec& point = muscle.points[p];
    const bool moving = !point.coordinate.empty(), conditional = point.condition.has_value();
    const char* kind = moving ? "MovingPathPoint" : conditional ? "ConditionalPathPoint" : "PathPoint";
    pugi::xml_node node = add_named(points, kind, muscle.name + "-P" + std::to_string(p + 1));
    put(node, "socket_parent_frame", socket_of(point.body));
    if (moving) {
      write_moving(node, point);
      if (conditional) {
        writer_.drop(muscle.name + " point " + std::to_string(p + 1),
                     "it moves and is there within a range only: in the file it is always there");
      }
      return;
    }
    put(node, "location", point.at);
    if (!conditional) return;
    const ConditionSpec& c = *point.condition;
    put(node, "socket_coordinate", socket_of_coordinate(coordinates_, c.coordinate));
    put(node, "range", digits(std::vector{c.minimum + condition_slack, c.maximum - condition_slack}));
  }

  void write_moving(pugi::xml_node node, const PointSpec& point) {
    const std::string socket = socket_of_coordinate(coordinates_, point.coordinate);
    for (std::size_t k = 0; k < 3; ++k) {
      const std::string axis(1, static_cast<char>('x' + k));
      put(node, ("socket_" + axis + "_coordinate").c_str(), socket);
    }
    for (std::size_t k = 0; k < 3; ++k) {
      const std::string axis(1, static_cast<char>('x' + k));
      const Function fixed = Function::constant(point.at(static_cast<int>(k)));
      write_function(node, (axis + "_location").c_str(), point.functions[k].value_or(fixed));
    }
  }

  /// Each on its own segment: points count from 1.
  void write_path_wraps(pugi::xml_node path, const MuscleSpec& muscle) {
    pugi::xml_node set = path.append_child("PathWrapSet").append_child("objects");
    for (std::size_t w = 0; w < muscle.wraps.size(); ++w) {
      const PathWrapSpec& wrap = muscle.wraps[w];
      pugi::xml_node node = add_named(set, "PathWrap", muscle.name + "-W" + std::to_string(w + 1));
      put(node, "wrap_object", quadrants_.object(wrap.surface, wrap.side).name);
      put(node, "method", "hybrid");
      put(node, "range", std::to_string(wrap.segment + 1) + ' ' + std::to_string(wrap.segment + 2));
    }
  }

  const ModelSpec& coordinates_;
  const Quadrants& quadrants_;
  Writer& writer_;
};

void write_actuator(const ActuatorSpec& actuator, Writer& writer) {
  pugi::xml_node node = add_named(writer.objects("ForceSet"), "CoordinateActuator", actuator.name);
  put(node, "min_control", actuator.minimum_control);
  put(node, "max_control", actuator.maximum_control);
  put(node, "coordinate", actuator.coordinate);
  put(node, "optimal_force", actuator.optimal_force.value);
}

/// The model's own actuators, and one for every motor that has none.
void write_actuators(const ModelSpec& spec, const ModelSpec& coordinates, Writer& writer) {
  for (const ActuatorSpec& actuator : spec.actuators) {
    const bool there = std::any_of(coordinates.coordinates.begin(), coordinates.coordinates.end(),
                                   [&](const CoordinateSpec& c) { return c.name == actuator.coordinate; });
    if (there) {
      write_actuator(actuator, writer);
    } else {
      writer.drop(actuator.name, "its coordinate " + actuator.coordinate + " is not in the file");
    }
  }
  for (const CoordinateSpec& c : coordinates.coordinates) {
    const bool driven = std::any_of(spec.actuators.begin(), spec.actuators.end(),
                                    [&](const ActuatorSpec& a) { return a.coordinate == c.name; });
    if (c.role != Role::motor || driven) continue;
    ActuatorSpec motor;
    motor.name = c.name + "_motor", motor.coordinate = c.name;
    write_actuator(motor, writer);
  }
}

void write_groups(const ModelSpec& spec, Writer& writer) {
  std::vector<std::pair<std::string, std::string>> members;  // in order of appearance
  for (const MuscleSpec& muscle : spec.muscles) {
    for (const std::string& group : muscle.groups) {
      auto found = std::find_if(members.begin(), members.end(), [&](const auto& g) { return g.first == group; });
      if (found == members.end()) found = members.insert(members.end(), {group, ""});
      found->second += (found->second.empty() ? "" : " ") + muscle.name;
    }
  }
  if (members.empty()) return;
  pugi::xml_node groups = writer.objects("ForceSet").parent().append_child("groups");
  for (const auto& [name, list] : members) put(add_named(groups, "ObjectGroup", name), "members", list);
}

}  // namespace

void write_muscles(const ModelSpec& spec, const ModelSpec& coordinates, const Quadrants& quadrants, Writer& writer) {
  MuscleWriter muscles(coordinates, quadrants, writer);
  for (const MuscleSpec& muscle : spec.muscles) muscles.write(muscle);
  write_actuators(spec, coordinates, writer);
  write_groups(spec, writer);
}

}  // namespace psoas::io::osim
