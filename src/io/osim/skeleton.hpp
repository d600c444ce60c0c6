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

/// A frame that lies in another one.
Frame placed_in(const Frame& parent, const Vec3& offset, const Vec3& rotation);

/// Bodies, joints and coordinates of a document, and what their names stand for.
class Skeleton {
 public:
  Skeleton(Reader& reader, ModelSpec& spec) : reader_(reader), spec_(spec) {}

  /// Reads BodySet, JointSet (or the joints inside bodies, before version 40000) and the couplers of coordinates.
  void read(pugi::xml_node model);

  /// Learns the offset frames that a component owns, among its `<components>` or `<frames>`.
  void read_frames(pugi::xml_node owner);
  /// The frame of a socket or a name, seen from an element; a fault where there is none, or more than one.
  /// @param owner  whose own frames a path without a beginning means first
  std::optional<Frame> frame(const std::string& path, pugi::xml_node from, const std::string& who,
                             const std::string& owner = "");
  /// The coordinate of a socket or a name; empty and a fault where there is none.
  std::string coordinate(const std::string& path, pugi::xml_node from, const std::string& who);

 private:
  void read_body(pugi::xml_node body);
  std::optional<std::string> key_of(const std::string& path, const std::string& owner) const;
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
  std::map<std::string, Frame> frames_;  ///< bodies by name, offset frames as owner/name
};

}  // namespace psoas::io::osim
