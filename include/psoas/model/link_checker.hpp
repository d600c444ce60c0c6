#pragma once

#include <cmath>
#include <string>

#include "psoas/core/types.hpp"
#include "psoas/model/fault_collector.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::detail {

/// Ligaments and bushings of a description.
class LinkChecker : protected FaultCollector {
 protected:
  explicit LinkChecker(const ModelSpec& spec) : FaultCollector(spec) {}

  void check_links() {
    for (const LigamentSpec& ligament : spec_.ligaments) {
      const std::string who = "ligament \"" + ligament.name + '"';
      if (ligament.points.size() < 2) fault(ligament.where, who + ": needs at least two points");
      for (const PointSpec& point : ligament.points) {
        link_body(point.body, who, ligament.where);
        if (!point.at.allFinite()) fault(ligament.where, who + ": a point is not finite");
        if (point.condition || !point.coordinate.empty()) fault(ligament.where, who + ": its points must be fixed");
      }
      require(ligament.rest_length.value > 1e-6 && std::isfinite(ligament.rest_length.value), ligament.rest_length,
              who + ": rest_length", "> 1e-6 m", ligament.where);
      function(ligament.force, who, ligament.where);
      source(ligament.source, who, ligament.where);
    }
    for (const BushingSpec& bushing : spec_.bushings) {
      const std::string who = "bushing \"" + bushing.name + '"';
      for (const FrameSpec& frame : bushing.frames) {
        link_body(frame.body, who, bushing.where);
        if (!frame.at.allFinite() || !frame.rotation.allFinite()) fault(bushing.where, who + ": a frame is not finite");
      }
      if (bushing.frames[0].body == bushing.frames[1].body)
        fault(bushing.where, who + ": both frames are fixed in \"" + bushing.frames[0].body + '"');
      for (const Vec3* v : {&bushing.rotational_stiffness, &bushing.translational_stiffness,
                            &bushing.rotational_damping, &bushing.translational_damping}) {
        if (!v->allFinite() || v->minCoeff() < 0.0)
          fault(bushing.where, who + ": stiffness and damping must be finite and not negative");
      }
      source(bushing.source, who, bushing.where);
    }
  }

 private:
  void link_body(const std::string& body, const std::string& who, const std::string& where) {
    if (body != "ground") reference(bodies_, body, who, "body", where);
  }
};

}  // namespace psoas::detail
