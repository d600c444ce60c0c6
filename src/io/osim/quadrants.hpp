#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "io/osim/writer.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// A wrap object of OpenSim: the half that paths pass belongs to the surface, where psoas asks each path.
struct WrapObject {
  std::string name;
  std::string quadrant;  ///< all | +x | -x | +y | -y
  double turn = 0.0;     ///< of the surface about its own z, by which the half faces the paths [rad]
};

/// Every surface as the wrap objects that its paths need, by surface and side: one for each side that some path asks
/// for, so that a surface with two kinds of path is written twice.
///
/// A pinned sense of turning has no counterpart. It becomes a half of the cylinder over which all its paths run, by
/// OpenSim's rule and by ours, in a few hundred postures drawn from the ranges; where no half does, the best is taken
/// and the paths listed with the greatest difference of their lengths.
class Quadrants {
 public:
  Quadrants(const ModelSpec& spec, const Model& model, Writer& writer);

  /// The wrap objects of one surface, in order; a surface without paths has one.
  std::vector<WrapObject> objects_of(const std::string& surface) const;
  const WrapObject& object(const std::string& surface, const std::string& side) const {
    return objects_.at({surface, side});
  }

 private:
  std::map<std::pair<std::string, std::string>, WrapObject> objects_;
  std::map<std::string, std::vector<std::string>> sides_;  ///< by surface, in order of appearance
};

}  // namespace psoas::io::osim
