#include "psoas/scenario/mirror_task.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"

namespace psoas {
namespace {

std::string other_side(std::string name) {
  if (name.ends_with("_r")) {
    name.back() = 'l';
  } else if (name.ends_with("_l")) {
    name.back() = 'r';
  }
  return name;
}

Vec3 reflected(const Vec3& v) { return {v.x(), v.y(), -v.z()}; }

class Mirror {
 public:
  explicit Mirror(const Model& model) : model_(model) {
    for (const Coordinate& c : model.coordinates) image_.push_back(model.coordinate(other_side(c.name)));
    for (std::size_t s = 0; s < model.strands.size(); ++s) strand_.push_back(image_of_strand(s));
    for (std::size_t c = 0; c < model.coordinates.size(); ++c) sign_.push_back(sign_of(c));
    for (const Node& node : model.nodes) node_.push_back(image_of(node));
  }

  Task run(Task task) const {
    for (SupportPlane& plane : task.planes) {
      plane.point = reflected(plane.point);
      plane.normal = reflected(plane.normal);
      plane.tangent = reflected(plane.tangent);
    }
    for (TaskFrame& frame : task.frames) mirror(frame);
    for (Band& band : task.bands) {
      for (BodyPoint& end : band.ends) end = {image_of(end.body), reflected(end.at)};
    }
    task.lower = swapped(task.lower);
    task.upper = swapped(task.upper);
    for (Moved& moved : task.moved) {
      const double sign = sign_[index(model_.coordinate(moved.coordinate))];
      moved.coordinate = other_side(moved.coordinate);
      moved.wish *= sign, moved.got *= sign;
    }
    return task;
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  /// +1 where the mirror image has the same value, -1 where it has the opposite one.
  double sign_of(std::size_t c) const {
    if (image_[c] != static_cast<int>(c)) return 1.0;  // the joints of the other side turn the other way already
    for (const JointAxis& axis : model_.axes) {
      if (axis.coordinate < 0) continue;
      const bool leads = model_.coordinates[index(axis.coordinate)].leader == static_cast<int>(c);
      if (axis.coordinate != static_cast<int>(c) && !leads) continue;
      const bool across = std::abs(axis.axis.z()) > 0.5;
      return across == axis.rotation ? 1.0 : -1.0;
    }
    return 1.0;
  }

  /// The strand of the other side; the strand itself where there is none, as with a muscle that only one side has.
  int image_of_strand(std::size_t s) const {
    const std::string name = other_side(model_.strands[s].name);
    for (std::size_t i = 0; i < model_.strands.size(); ++i) {
      if (model_.strands[i].name == name) return static_cast<int>(i);
    }
    return static_cast<int>(s);
  }

  int image_of(int body) const { return model_.body(other_side(model_.bodies[index(body)].name)); }

  int image_of(const Node& node) const {
    const std::string patch = other_side(model_.patches[index(node.patch)].name);
    const std::string body = other_side(model_.bodies[index(node.body)].name);
    for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
      const Node& other = model_.nodes[n];
      if (model_.patches[index(other.patch)].name == patch && model_.bodies[index(other.body)].name == body &&
          (other.at - reflected(node.at)).norm() < 1e-9) {
        return static_cast<int>(n);
      }
    }
    throw Error("model \"" + model_.name + "\" is not the mirror image of itself: patch \"" +
                model_.patches[index(node.patch)].name + "\" has a node without an image");
  }

  VecX mirror(const VecX& values) const {
    VecX out = values;
    for (std::size_t c = 0; c < image_.size(); ++c) {
      const double value = values(static_cast<Eigen::Index>(c));
      out(image_[c]) = sign_[c] < 0.0 && value != 0.0 ? -value : value;
    }
    return out;
  }

  VecX swapped(const VecX& values) const {
    VecX out = values;
    for (std::size_t s = 0; s < strand_.size() && values.size() > 0; ++s) {
      out(strand_[s]) = values(static_cast<Eigen::Index>(s));
    }
    return out;
  }

  void mirror(TaskFrame& frame) const {
    frame.pose = {mirror(frame.pose.q), mirror(frame.pose.v), mirror(frame.pose.a)};
    for (ActiveNode& active : frame.supports) active.node = node_[index(active.node)];
    for (ExternalForce& load : frame.loads) {
      load.body = image_of(load.body);
      load.at = reflected(load.at);
      load.force = reflected(load.force);
      load.torque = -reflected(load.torque);  // a turn is mirrored the other way round
    }
  }

  const Model& model_;
  std::vector<int> image_, strand_, node_;
  std::vector<double> sign_;
};

}  // namespace

Task mirrored(const Model& model, const Task& task) { return Mirror(model).run(task); }

}  // namespace psoas
