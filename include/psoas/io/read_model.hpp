#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "psoas/model/spec.hpp"

namespace psoas::io {

/// Something in a file that the model does not hold.
struct Dropped {
  std::string name;
  std::string reason;
};

/// A model from a file of another program, with what it did not take over and what it assumed.
struct ImportedModel {
  ModelSpec model;
  std::vector<Dropped> dropped;
  std::vector<std::string> notes;
};

/// A model by its name inside the library (`whole_body`), or by the path of a file that ends in `.toml` or `.osim`.
///
/// Whatever the file writes with `mirror = true` stands twice in the description, the left copy after the right one.
/// Every part remembers its place as file:line:column, with the path as given, or `whole_body.toml` for a model inside
/// the library. The reader answers for words, types, keys, units and names; what the numbers may be is compile()'s.
///
/// A file of OpenSim (3.x or 4.x) keeps its names, signs, gravity and axes; import_model() says what was left out.
///
/// @throws SpecError with every fault of the file, in its order
/// @throws Error for a name or file that is not there (with the nearest ones), or a kind of file that is not a model
ModelSpec read_model(std::string_view name_or_path);

/// The same, with the list of everything that was dropped and assumed. Nothing is for a file of psoas.
ImportedModel import_model(std::string_view name_or_path);

/// A model from the text of a `.toml` file; `name` is what messages call it.
/// @throws SpecError with every fault of the text, in its order
ModelSpec read_model_text(std::string_view text, const std::string& name);

/// Names of the models inside the library.
std::vector<std::string> model_names();

}  // namespace psoas::io
