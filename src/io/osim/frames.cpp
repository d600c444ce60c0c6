#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/osim/skeleton.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas::io::osim {

void Skeleton::read_frames(pugi::xml_node owner) {
  const std::string name = Reader::name(owner);
  std::vector<pugi::xml_node> open;
  for (const char* set : {"components", "frames"}) {
    for (const pugi::xml_node frame : owner.child(set).children("PhysicalOffsetFrame")) open.push_back(frame);
  }
  // one may lie in another that stands behind it
  for (std::size_t before = open.size() + 1; open.size() < before;) {
    before = open.size();
    std::erase_if(open, [&](pugi::xml_node frame) {
      const std::string path = reader_.text(frame, "socket_parent");
      const auto parent = frames_.find(path == ".." ? name : key_of(path, name).value_or(""));
      if (parent == frames_.end()) return false;
      frames_[name + '/' + Reader::name(frame)] =
          placed_in(parent->second, reader_.vector(frame, "translation"), reader_.vector(frame, "orientation"));
      return true;
    });
  }
}

Frame placed_in(const Frame& parent, const Vec3& offset, const Vec3& rotation) {
  if (parent.offset.isZero(0.0) && parent.rotation.isZero(0.0)) return {parent.body, offset, rotation};
  const Mat3 R = spatial::xyz_body_rotation<double>(parent.rotation);
  return {parent.body, parent.offset + R * offset,
          spatial::xyz_body_angles(R * spatial::xyz_body_rotation<double>(rotation))};
}

/// The frame that a path names: that of the owner in it, else (a path without a beginning) one of the present owner's
/// own, else a body. A name alone may also be that of the only such frame, whoever owns it.
std::optional<std::string> Skeleton::key_of(const std::string& path, const std::string& owner) const {
  const std::string name = last_part(path);
  const std::size_t slash = path.find_last_of('/');
  const bool alone = slash == std::string::npos;
  if (!alone) {
    const std::string key = last_part(path.substr(0, slash)) + '/' + name;
    if (frames_.count(key)) return key;
  }
  if (!path.starts_with('/') && frames_.count(owner + '/' + name)) return owner + '/' + name;
  if (frames_.count(name)) return name;
  if (!alone) return std::nullopt;
  std::optional<std::string> found;
  for (const auto& [key, frame] : frames_) {
    if (!key.ends_with('/' + name)) continue;
    if (found) return std::nullopt;
    found = key;
  }
  return found;
}

std::optional<Frame> Skeleton::frame(const std::string& path, pugi::xml_node from, const std::string& who,
                                     const std::string& owner) {
  const std::string name = last_part(path);
  if (name.empty()) {
    reader_.fault(from, who + ": a place without a body or frame");
    return std::nullopt;
  }
  if (const auto key = key_of(path, owner)) return frames_.at(*key);
  std::vector<std::string> known, alike;
  for (const auto& [key, frame] : frames_) {
    known.push_back(key);
    if (key.ends_with('/' + name)) alike.push_back(key);
  }
  if (alike.empty()) {
    reader_.fault(from, who + ": no body \"" + name + '"' + did_you_mean(name, known));
    return std::nullopt;
  }
  std::string owners;
  for (const std::string& key : alike) owners += (owners.empty() ? "\"" : ", \"") + key + '"';
  reader_.fault(from, who + ": no frame \"" + path + "\"; there is " + owners);
  return std::nullopt;
}

}  // namespace psoas::io::osim
