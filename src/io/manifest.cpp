#include "manifest.hpp"

#include "io/json_text.hpp"
#include "io/subject_json.hpp"
#include "io/time_stamp.hpp"
#include "psoas/core/version.hpp"

namespace psoas::io {
namespace {

void write_strings(JsonText& json, std::string_view key, const std::vector<std::string>& strings) {
  json.key(key).array();
  for (const std::string& text : strings) json.value(text);
  json.close();
}

void write_failed_frames(JsonText& json, const Outcome& outcome) {
  json.key("failed_frames").array();
  for (std::size_t f = 0; f < outcome.frame_status.size(); ++f) {
    if (usable(outcome.frame_status[f])) continue;
    json.object(true).member("frame", static_cast<int>(f)).member("time_s", outcome.time[f]);
    json.member("status", to_string(outcome.frame_status[f])).close();
  }
  json.close();
}

/// What assembly moved, in degrees or metres.
void write_assembly(JsonText& json, const Outcome& outcome) {
  json.key("assembly").array();
  for (const Moved& moved : outcome.task.moved) {
    const auto& coordinates = outcome.model->coordinates;
    bool translational = false;
    for (const Coordinate& c : coordinates)
      translational = translational || (c.name == moved.coordinate && c.translational);
    const double unit = translational ? 1.0 : degree;
    json.object(true).member("keyframe", moved.keyframe).member("coordinate", moved.coordinate);
    json.member("wish", moved.wish / unit).member("got", moved.got / unit);
    json.member("unit", translational ? "m" : "deg").close();
  }
  json.close();
}

void write_phases(JsonText& json, const Outcome& outcome) {
  json.key("phases").array();
  for (const Phase& phase : outcome.task.phases) {
    json.object(true).member("name", phase.name).member("from_s", phase.from).member("to_s", phase.to).close();
  }
  json.close();
}

}  // namespace

std::string manifest_json(const Manifest& manifest) {
  const Outcome& outcome = manifest.outcome;
  const Provenance& from = manifest.provenance;
  JsonText json;
  json.object().member("schema", 1).member("program", "psoas").member("version", version());
  json.member("command_line", from.command_line).member("started", from.started).member("written", time_stamp());
  json.member("jobs", from.jobs).member("seed", from.seed);
  json.key("model").object(true).member("name", outcome.model->name).member("source", from.model_source).close();
  json.key("scenario").object(true).member("name", outcome.name).member("source", from.scenario_source).close();
  json.member("reference", outcome.reference ? outcome.reference->name : outcome.name);
  json.key("subject");
  write_subject(json, *outcome.model);
  write_strings(json, "settings", from.settings);
  write_strings(json, "notes", from.notes);
  json.member("cost", outcome.cost).member("tone", outcome.task.tone);
  json.member("status", to_string(outcome.status)).member("verdict", to_string(outcome.verdict()));
  json.member("frames", static_cast<int>(outcome.time.size()));
  write_failed_frames(json, outcome);
  write_phases(json, outcome);
  write_assembly(json, outcome);
  write_strings(json, "columns_left_out", manifest.columns_left_out);
  write_strings(json, "files", manifest.files);
  json.member("note", "A model estimate for research and teaching. Not a medical device.");
  json.close();
  return json.text() + '\n';
}

std::string tables_manifest_json(const std::string& name, const Provenance& from,
                                 const std::vector<std::string>& files) {
  JsonText json;
  json.object().member("schema", 1).member("program", "psoas").member("version", version());
  json.member("command_line", from.command_line).member("started", from.started).member("written", time_stamp());
  json.key("model").object(true).member("source", from.model_source).close();
  json.key("scenario").object(true).member("name", name).member("source", from.scenario_source).close();
  write_strings(json, "settings", from.settings);
  write_strings(json, "notes", from.notes);
  write_strings(json, "files", files);
  json.close();
  return json.text() + '\n';
}

}  // namespace psoas::io
