#pragma once

#include <string>
#include <vector>

#include "psoas/analysis/outcome.hpp"
#include "psoas/io/write_outcome.hpp"

namespace psoas::io {

/// What manifest.json says beyond the outcome itself.
struct Manifest {
  const Outcome& outcome;
  const Provenance& provenance;
  std::vector<std::string> files;             ///< sorted
  std::vector<std::string> columns_left_out;  ///< "file: column"
};

std::string manifest_json(const Manifest& manifest);

/// The manifest of tables that were written without a recruitment.
std::string tables_manifest_json(const std::string& name, const Provenance& provenance,
                                 const std::vector<std::string>& files);

}  // namespace psoas::io
