#include <string>
#include <string_view>

#include "io/toml/function.hpp"
#include "io/toml/write_parts.hpp"

namespace psoas::io::toml {
namespace {

std::string frame_text(const FrameSpec& frame) {
  const auto list = [](const Vec3& v) { return list_text({v.x(), v.y(), v.z()}); };
  return "{ body = " + json_string(frame.body) + ", at_m = " + list(frame.at) +
         ", rotation_rad = " + list(frame.rotation) + " }";
}

}  // namespace

void write(TomlText& out, const LigamentSpec& ligament) {
  out.section("[[ligament]]");
  out.text("name", ligament.name);
  std::string points;
  for (const PointSpec& point : ligament.points) points += (points.empty() ? "" : ", ") + fixed_point_text(point);
  out.raw("points", '[' + points + ']');
  write_quantity(out, {"rest_length_m", "rest_length_m"}, ligament.rest_length, ligament.source);
  out.raw("force_N", function_text(ligament.force));
  out.text_if_any("source", ligament.source);
}

void write(TomlText& out, const BushingSpec& bushing) {
  out.section("[[bushing]]");
  out.text("name", bushing.name);
  out.raw("first", frame_text(bushing.frames[0]));
  out.raw("second", frame_text(bushing.frames[1]));
  out.vector("rotational_stiffness_Nm_rad", bushing.rotational_stiffness);
  out.vector("translational_stiffness_N_m", bushing.translational_stiffness);
  out.vector("rotational_damping_Nms_rad", bushing.rotational_damping);
  out.vector("translational_damping_Ns_m", bushing.translational_damping);
  out.text_if_any("source", bushing.source);
}

}  // namespace psoas::io::toml
