#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "psoas/analysis/motion_tables.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/sto.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas::io {

/// A file or folder cannot be written: a full disk, a missing permission, a foreign folder in the way.
class OutputError : public Error {
 public:
  using Error::Error;
};

/// How a result came about: what a reader needs to make it again.
struct Provenance {
  std::string command_line;           ///< as it was typed
  std::string started;                ///< time stamp, ISO 8601
  std::string model_source;           ///< embedded name or file
  std::string scenario_source;        ///< embedded name or file
  std::vector<std::string> settings;  ///< "muscle.psoas.strength=0.5", in the order of their use
  std::uint64_t seed = 0;
  int jobs = 1;
  std::optional<Scenario> scenario;  ///< as it was run; absent where the motion was recorded
  std::vector<std::string> notes;    ///< what was assumed or dropped on the way in
};

struct WriteOptions {
  bool force = false;                   ///< write into a folder that holds foreign files as well
  std::vector<NamedTable> tables = {};  ///< written as well, instead of an own table of the same suffix
  ReactionFrame reactions = ReactionFrame::child;
};

/// Writes a result folder: manifest.json, scenario.resolved.toml, summary.json, summary.csv, ledger.csv and the tables
/// of result_tables(). Everything is written into a folder beside, which is then renamed: a folder that carries the
/// final name is whole. An earlier result there is replaced; files in it that psoas did not write are kept.
/// Same outcome and provenance, same bytes; the manifest's time stamps, command line and number of jobs aside.
/// @throws OutputError when the folder cannot be written (nothing is left behind), or is foreign and not forced
void write(const Outcome& outcome, const std::filesystem::path& folder, const Provenance& provenance,
           const WriteOptions& options = {});

/// Writes tables of a motion alone, with a manifest, under the rules of write().
/// @throws OutputError as write()
void write_tables(const std::string& name, const std::vector<NamedTable>& tables, const std::filesystem::path& folder,
                  const Provenance& provenance, const WriteOptions& options = {});

/// What write() would refuse before it starts: a file in the way, a foreign folder.
/// @throws OutputError
void require_writable(const std::filesystem::path& folder, const WriteOptions& options = {});

/// A scenario as a file that read_scenario() reads back, with its parameter values as defaults.
std::string scenario_toml(const Scenario& scenario);

}  // namespace psoas::io
