#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/osim/reader.hpp"
#include "io/osim/skeleton.hpp"

namespace psoas::io::osim {

/// A point of a conditional path is on a little beyond its range in OpenSim [rad].
inline constexpr double condition_slack = 1e-5;

/// A surface that a path may wrap round somewhere between two of its points; choose_segments() says on which segment.
struct OpenWrap {
  std::string muscle, surface, side;
  int first_point = 0, last_point = 0;  ///< of the path as written, both counted from 0
};

/// Reads wrap objects, muscles and their paths, and lists every other force as dropped.
class MuscleReader {
 public:
  MuscleReader(Reader& reader, Skeleton& skeleton, ModelSpec& spec)
      : reader_(reader), skeleton_(skeleton), spec_(spec) {}

  void read(pugi::xml_node model);

  std::vector<OpenWrap> wraps;               ///< what choose_segments() has to settle
  std::vector<std::string> torque_actuated;  ///< coordinates that a CoordinateActuator drives

 private:
  void read_surfaces(pugi::xml_node body, const std::string& name);
  void read_surface(pugi::xml_node surface, const std::string& body);
  void read_force(pugi::xml_node force);
  void read_muscle(pugi::xml_node muscle);
  void read_ligament(pugi::xml_node ligament);
  void read_bushing(pugi::xml_node bushing);
  bool read_path(pugi::xml_node path, MuscleSpec& out);
  PointSpec read_point(pugi::xml_node point, const std::string& who);
  void read_moving(pugi::xml_node point, const std::string& who, PointSpec& out);
  void read_wrap(pugi::xml_node wrap, const MuscleSpec& muscle);
  double property(pugi::xml_node muscle, const char* tag, double fallback);
  void read_groups(pugi::xml_node set);
  pugi::xml_node default_of(const std::string& kind) const;

  Reader& reader_;
  Skeleton& skeleton_;
  ModelSpec& spec_;
  pugi::xml_node defaults_;
  std::map<std::string, std::string> quadrant_;  ///< by surface
  std::map<std::string, int> substituted_;       ///< how many muscles of each kind have other curves here
};

}  // namespace psoas::io::osim
