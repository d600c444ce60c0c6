#pragma once

#include <cmath>

#include "io/json_text.hpp"
#include "psoas/model/model.hpp"

namespace psoas::io {

/// The person that a model was fitted to, as summaries and manifests name it.
inline void write_subject(JsonText& json, const Model& model) {
  json.object(true);
  if (model.spec) {
    const PersonSpec& person = model.spec->person;
    const bool same = std::abs(person.mass - model.mass) < 1e-6 * model.mass;  // but for the round-off of a sum
    json.member("mass_kg", same ? person.mass : model.mass);
    json.member("height_m", person.height).member("sex", person.sex).member("age_y", person.age);
    json.member("sacral_slope_deg", person.sacral_slope / degree).member("lordosis_deg", person.lordosis / degree);
    json.member("psoas_minor", person.psoas_minor);
  } else {
    json.member("mass_kg", model.mass).key("height_m").null();
  }
  json.close();
}

}  // namespace psoas::io
