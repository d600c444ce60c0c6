#include "io/osim/write_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/osim/carriers.hpp"
#include "io/osim/quadrants.hpp"
#include "io/osim/write_links.hpp"
#include "io/osim/write_muscles.hpp"
#include "io/osim/write_skeleton.hpp"
#include "psoas/model/compile.hpp"

namespace psoas::io::osim {
namespace {

template <class Part, class Is>
std::size_t count_if(const std::vector<Part>& parts, const Is& is) {
  return static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), is));
}

std::string counted(const char* what, std::size_t count) { return what + (" (" + std::to_string(count) + ')'); }

void write_head(const ModelSpec& spec, Writer& writer) {
  pugi::xml_node model = writer.model();
  std::string publications;
  for (const auto& [key, source] : spec.sources) publications += (publications.empty() ? "" : "; ") + source.citation;
  put(model, "credits", spec.description);
  put(model, "publications", publications);
  put(model, "length_units", "meters");
  put(model, "force_units", "N");
  put(model, "gravity", digits(std::vector{0.0, -spec.gravity, 0.0}));
  pugi::xml_node ground = add_named(model, "Ground", "ground");
  (void)ground;
}

void list_muscle_facts(const ModelSpec& spec, Writer& writer) {
  const auto list = [&](const char* what, std::size_t count, const char* reason) {
    if (count > 0) writer.drop(counted(what, count), reason);
  };
  list("pcsa and specific tension", spec.muscles.size(), "OpenSim knows their product, max_isometric_force");
  list("passive offset", count_if(spec.muscles, [](const MuscleSpec& m) { return m.passive_offset; }),
       "OpenSim's passive curve keeps the force that it has at optimal length");
  list("tone", count_if(spec.muscles, [](const MuscleSpec& m) { return m.tone; }),
       "which muscles take a scenario's tone is psoas' own");
  list("notes of muscles", count_if(spec.muscles, [](const MuscleSpec& m) { return !m.note.empty(); }),
       "OpenSim's muscles have no notes");
}

void list_psoas_facts(const ModelSpec& spec, Writer& writer) {
  const auto list = [&](const char* what, std::size_t count, const char* reason) {
    if (count > 0) writer.drop(counted(what, count), reason);
  };
  list("compliant levels", spec.levels.size(),
       "a level's own equation, disc and small rotation have no counterpart: it follows its leaders rigidly");
  list("hip capsules", count_if(spec.hips, [](const HipSpec& h) { return h.capsule_stiffness.value != 0.0; }),
       "passive laws of joints are not written as forces");
  list("support patches", spec.patches.size(),
       "nodes that press on planes without stiffness have no counterpart among contact spheres");
  list("ranges of warning",
       count_if(spec.coordinates,
                [](const CoordinateSpec& c) { return c.warn_minimum != -infinity || c.warn_maximum != infinity; }),
       "OpenSim's coordinates have one range");
  list("sources", spec.sources.size(), "citations stand in <publications>; which number has which is not kept");
  writer.drop("person and recruitment", "height, sex, age and weights of the criterion are psoas' own");
}

}  // namespace

WrittenText model_text(const ModelSpec& spec) {
  const Model model = compile(spec);
  Writer writer(spec.name);
  write_head(spec, writer);
  const ModelSpec carried = with_carried_coordinates(spec, writer);
  const Quadrants quadrants(spec, model, writer);
  write_bodies(carried, writer);
  write_wrap_objects(spec, quadrants, writer);
  write_joints(carried, writer);
  write_couplers(carried, writer);
  write_muscles(spec, carried, quadrants, writer);
  write_links(spec, writer);
  list_muscle_facts(spec, writer);
  list_psoas_facts(spec, writer);
  WrittenText out;
  out.text = writer.text();
  out.dropped = std::move(writer.dropped);
  out.notes = std::move(writer.notes);
  if (!spec.muscles.empty()) {
    out.notes.emplace_back(
        "muscles are written as DeGrooteFregly2016Muscle, Thelen2003Muscle or Millard2012EquilibriumMuscle, after the "
        "curves that they have: strength, lengths, pennation, shape and greatest speed are kept");
  }
  return out;
}

}  // namespace psoas::io::osim
