#include "recorded_body.hpp"

#include <cstdio>

#include "exit_code.hpp"
#include "options.hpp"
#include "psoas/analysis/options.hpp"
#include "psoas/core/error.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/scenario/found_supports.hpp"
#include "psoas/scenario/override.hpp"
#include "psoas/subject/personalize.hpp"

namespace psoas::cli {

RecordedBody model_that_was_recorded(const std::string& model) {
  RecordedBody out;
  out.read = io::import_model(model);
  out.model = compile(out.read.model);
  return out;
}

RecordedBody body_for(const Table& recorded, const std::string& convention, const std::vector<std::string>& subject) {
  RecordedBody out;
  out.read = io::import_model("whole_body");
  const std::vector<Override> wanted = settings({}, subject);
  try {
    Subject person;
    Scenario none;
    AnalyzeOptions options;
    apply(wanted, out.read.model, person, none, options);
    if (!wanted.empty()) out.read.model = personalize(out.read.model, person);
  } catch (const Error& error) {
    throw Failure(usage, error.what());
  }
  for (const Override& one : wanted) out.settings.push_back(one.path + '=' + one.value);
  out.model = compile(out.read.model);
  if (convention.empty()) {
    out.from = convention_of(recorded, out.model);
    return out;
  }
  try {
    out.from = convention_named(convention, out.model);
  } catch (const Error& error) {
    throw Failure(usage, std::string("--convention: ") + error.what());
  }
  return out;
}

Imported<Motion> motion_on(const RecordedBody& body, const Table& recorded) {
  if (!body.from) return motion_of(recorded, body.model);
  Imported<Motion> out = retarget(recorded, *body.from, body.model);
  const double floor = floor_height(body.model, out.value);
  out.value.q.row(body.model.coordinate("pelvis_ty")).array() -= floor;
  char text[160];
  std::snprintf(text, sizeof text,
                "the whole motion is moved %s by %.1f mm, so that the lowest nodes stand on the floor",
                floor > 0.0 ? "down" : "up", 1e3 * (floor > 0.0 ? floor : -floor));
  out.notes.push_back(text);
  return out;
}

}  // namespace psoas::cli
