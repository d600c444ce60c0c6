#include "io/osim/carriers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"

namespace psoas::io::osim {
namespace {

template <class Do>
void for_each_axis(ModelSpec& spec, const Do& act) {
  for (JointSpec& joint : spec.joints) {
    for (auto* axes : {&joint.rotations, &joint.translations}) {
      for (AxisSpec& axis : *axes) act(joint, axis);
    }
  }
}

/// The joints that move with a coordinate, each once.
std::vector<const JointSpec*> joints_with(ModelSpec& spec, const std::string& coordinate) {
  std::vector<const JointSpec*> out;
  for_each_axis(spec, [&](JointSpec& joint, AxisSpec& axis) {
    if (axis.coordinate == coordinate && (out.empty() || out.back() != &joint)) out.push_back(&joint);
  });
  return out;
}

bool moves_points(const ModelSpec& spec, const std::string& coordinate) {
  for (const MuscleSpec& muscle : spec.muscles) {
    for (const PointSpec& point : muscle.points) {
      if (point.coordinate == coordinate || (point.condition && point.condition->coordinate == coordinate)) return true;
    }
  }
  return false;
}

/// slope * f(x) + intercept, of the kind that f has.
Function affine_of(double slope, double intercept, const Function& f) {
  const auto shifted = [&](std::vector<double> y) {
    for (double& value : y) value = slope * value + intercept;
    return y;
  };
  std::vector<double> c = f.coefficients();
  switch (f.kind()) {
    case Function::Kind::constant: return Function::constant(slope * c[0] + intercept);
    case Function::Kind::linear: return Function::linear(slope * c[0], slope * c[1] + intercept);
    case Function::Kind::polynomial:
      for (double& value : c) value *= slope;
      c.back() += intercept;
      return Function::polynomial(std::move(c));
    case Function::Kind::natural_cubic_spline: return Function::natural_cubic_spline(f.knots_x(), shifted(f.knots_y()));
    case Function::Kind::simm_spline: return Function::simm_spline(f.knots_x(), shifted(f.knots_y()));
    case Function::Kind::piecewise_linear: return Function::piecewise_linear(f.knots_x(), shifted(f.knots_y()));
  }
  return f;
}

/// A follower whose place its leader can take: it moves one joint, by functions that are linear, and nothing else.
bool can_be_replaced(ModelSpec& spec, const CoordinateSpec& follower) {
  if (joints_with(spec, follower.name).size() != 1 || moves_points(spec, follower.name)) return false;
  bool linear = true;
  for_each_axis(spec, [&](JointSpec&, AxisSpec& axis) {
    if (axis.coordinate == follower.name) linear = linear && axis.function.kind() == Function::Kind::linear;
  });
  const auto leads = [&](const CoordinateSpec& c) { return c.role == Role::follows && c.leader == follower.name; };
  return linear && std::none_of(spec.coordinates.begin(), spec.coordinates.end(), leads);
}

void replace_by_leader(ModelSpec& spec, const CoordinateSpec& follower, Writer& writer) {
  const CoordinateSpec gone = follower;
  std::string where;
  for_each_axis(spec, [&](JointSpec& joint, AxisSpec& axis) {
    if (axis.coordinate != gone.name) return;
    axis.coordinate = gone.leader;
    const std::vector<double>& line = axis.function.coefficients();
    axis.function = affine_of(line[0], line[1], gone.coupling);
    where = joint.name;
  });
  std::erase_if(spec.coordinates, [&](const CoordinateSpec& c) { return c.name == gone.name; });
  writer.drop(gone.name, "a coordinate of OpenSim belongs to a joint and " + gone.leader + " to none, so that " +
                             gone.leader + " moves joint " + where + " in its place");
}

/// Gives a coordinate that moves no joint the place of a follower; false where it has none and is left out.
bool carry(ModelSpec& spec, const std::string& name, Writer& writer) {
  for (const CoordinateSpec& follower : spec.coordinates) {
    if (follower.role != Role::follows || follower.leader != name || !can_be_replaced(spec, follower)) continue;
    replace_by_leader(spec, follower, writer);
    return true;
  }
  const auto follows = [&](const CoordinateSpec& c) { return c.role == Role::follows && c.leader == name; };
  if (moves_points(spec, name) || std::any_of(spec.coordinates.begin(), spec.coordinates.end(), follows)) {
    throw Error("coordinate \"" + name + "\" moves no joint itself: a file of OpenSim cannot hold it");
  }
  writer.drop(name, "no joint moves with it, and a coordinate of OpenSim belongs to a joint");
  return false;
}

/// A follower of its own for every joint after the first that a coordinate moves.
void split(ModelSpec& spec, const std::string& name, Writer& writer) {
  const std::vector<const JointSpec*> joints = joints_with(spec, name);
  for (std::size_t j = 1; j < joints.size(); ++j) {
    const auto original = std::find_if(spec.coordinates.begin(), spec.coordinates.end(),
                                       [&](const CoordinateSpec& c) { return c.name == name; });
    CoordinateSpec twin = *original;
    twin.name = name + "_of_" + joints[j]->name;
    twin.role = Role::follows, twin.equation = false;
    twin.leader = name, twin.coupling = Function::linear(1.0, 0.0);
    for_each_axis(spec, [&](JointSpec& joint, AxisSpec& axis) {
      if (&joint == joints[j] && axis.coordinate == name) axis.coordinate = twin.name;
    });
    writer.notes.push_back("coordinate " + name + " moves several joints; in joint " + joints[j]->name +
                           " it is called " + twin.name + " and follows");
    spec.coordinates.push_back(std::move(twin));
  }
}

}  // namespace

ModelSpec with_carried_coordinates(ModelSpec spec, Writer& writer) {
  std::vector<std::string> names;
  for (const CoordinateSpec& c : spec.coordinates) names.push_back(c.name);
  std::vector<std::string> left_out;
  for (const std::string& name : names) {
    const bool known = std::any_of(spec.coordinates.begin(), spec.coordinates.end(),
                                   [&](const CoordinateSpec& c) { return c.name == name; });
    if (!known) continue;  // it gave its place away
    split(spec, name, writer);
    if (joints_with(spec, name).empty() && !carry(spec, name, writer)) left_out.push_back(name);
  }
  std::erase_if(spec.coordinates, [&](const CoordinateSpec& c) {
    return std::find(left_out.begin(), left_out.end(), c.name) != left_out.end();
  });
  return spec;
}

}  // namespace psoas::io::osim
