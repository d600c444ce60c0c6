#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/core/imported.hpp"

namespace psoas::io {

/// A measured force on a body, as three columns of a table for each of its vectors. An identifier is what the names of
/// the columns begin with, before x, y and z; empty: this vector is not there, and zero.
struct ExternalLoad {
  std::string name;
  std::string applied_to_body;
  std::string force_expressed_in_body = "ground";  ///< axes of the force and of the torque
  std::string point_expressed_in_body = "ground";  ///< the frame in which the point is given
  std::string force_identifier;                    ///< `ground_force_v`: ground_force_vx, _vy, _vz  [N]
  std::string point_identifier;                    ///< where the force acts                         [m]
  std::string torque_identifier;                   ///< free moment                                  [N m]
  std::string where;                               ///< `file:line:column`
};

/// What OpenSim's `<ExternalLoads>` says: which columns of which file act where.
struct ExternalLoads {
  std::string name;
  std::string data_file;  ///< beside the file that names it, or in a folder below
  std::vector<ExternalLoad> loads;
};

/// What becomes of the `<datafile>` of external loads.
enum class DataFile {
  named,   ///< it is needed, and must lie beside or below the file that names it
  ignored  ///< the caller has the data from elsewhere: it stays empty
};

/// Reads OpenSim's external loads (document versions 20000 to 40699). Loads that are switched off are left out; the
/// notes name them and every element that is not used.
///
/// @throws SpecError with every fault at `file:line:column`: no XML, a document type or an entity, a load without a
///         name, a body or a force, two of one name, a data file whose path is absolute or holds `..`
/// @throws Error when there is no such file or it is too large
Imported<ExternalLoads> read_external_loads(const std::filesystem::path& path, DataFile data_file = DataFile::named);

/// The same from a text; `name` is what messages call it.
Imported<ExternalLoads> read_external_loads_text(std::string_view text, const std::string& name,
                                                 DataFile data_file = DataFile::named);

}  // namespace psoas::io
