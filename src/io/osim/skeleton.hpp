#pragma once

#include <map>
#include <optional>
#include <string>

#include "io/osim/reader.hpp"
#include "psoas/spatial/transform.hpp"

namespace psoas::io::osim {

/// A frame fixed in a body (or in the ground).
struct Frame {
  std::string body;              ///< "ground" or a body
  Vec3 offset = Vec3::Zero();    ///< [m]
  Vec3 rotation = Vec3::Zero();  ///< body-fixed X-Y-Z [rad]
};

/// Bodies, joints and coordinates of a document, and what their names stand for.
class Skeleton {
 public:
  Skeleton(Reader& reader, ModelSpec& spec) : reader_(reader), spec_(spec) {}

  /// Reads BodySet, JointSet (or the joints inside bodies, before version 40000) and the couplers of coordinates.
  void read(pugi::xml_node model);

  /// The frame of a socket or a name, seen from an element; a fault where there is none.
  std::optional<Frame> frame(const std::string& path, pugi::xml_node from, const std::string& who);
  /// The coordinate of a socket or a name; empty and a fault where there is none.
  std::string coordinate(const std::string& path, pugi::xml_node from, const std::string& who);

 private:
  void read_body(pugi::xml_node body);
  void read_frames(pugi::xml_node owner);
  void read_joint(pugi::xml_node joint, const std::string& child_body);
  void place_joint(pugi::xml_node joint, const std::string& child_body, JointSpec& out);
  void place_in_frame(pugi::xml_node joint, const char* socket, std::string& body, Vec3& offset, Vec3& rotation);
  std::vector<std::string> read_coordinates(pugi::xml_node joint, std::size_t expected);
  void read_coordinate(pugi::xml_node coordinate);
  void read_spatial_transform(pugi::xml_node joint, const std::vector<std::string>& coordinates, JointSpec& out);
  void read_coupler(pugi::xml_node coupler);
  CoordinateSpec* find_coordinate(const std::string& name);
  void name_translations();

  Reader& reader_;
  ModelSpec& spec_;
  std::map<std::string, Frame> frames_;  ///< by last part of the name
};

}  // namespace psoas::io::osim
