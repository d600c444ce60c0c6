#include "psoas/io/write_model.hpp"

#include "io/osim/write_model.hpp"
#include "io/output_file.hpp"
#include "io/toml/model.hpp"
#include "io/toml/write_model.hpp"
#include "psoas/core/error.hpp"

namespace psoas::io {

std::string model_toml(const ModelSpec& model) { return toml::model_text(model); }

ModelLosses write_model(const ModelSpec& model, const std::filesystem::path& path) {
  if (path.extension() == ".toml") {
    const std::string text = toml::model_text(model);
    (void)toml::model_from(text, path.string());  // what cannot be read is not written
    write_text_file(path, text);
    return {};
  }
  if (path.extension() == ".osim") {
    osim::WrittenText written = osim::model_text(model);
    write_text_file(path, written.text);
    return {std::move(written.dropped), std::move(written.notes)};
  }
  throw Error("cannot write a model to \"" + path.string() + "\": its name must end in .toml or .osim");
}

}  // namespace psoas::io
