#pragma once

#include <string>
#include <vector>

#include "psoas/io/read_model.hpp"
#include "psoas/model/model.hpp"

namespace psoas::cli {

/// free, prescribed, motor or follows.
std::string role_name(Role role);

/// Groups that a strand belongs to, without side.
std::vector<std::string> groups_of(const Model& model, int strand);

/// Names of every load that an analysis of a model can give, as in summary.json.
std::vector<std::string> load_names(const Model& model);

/// What `psoas show` prints of a model, with what its file held and the model does not.
std::string model_text(const Model& model, const io::ImportedModel& read);
std::string model_json(const Model& model, const io::ImportedModel& read);

/// Strands that a name stands for: one strand, or those of a group. Empty for an unknown name.
std::vector<int> strands_of(const Model& model, const std::string& name);

/// What `psoas show` prints of a muscle: its parameters, each with spread and source.
std::string muscle_text(const Model& model, const std::string& name);
std::string muscle_json(const Model& model, const std::string& name);

}  // namespace psoas::cli
