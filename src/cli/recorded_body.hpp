#pragma once

#include <optional>
#include <string>
#include <vector>

#include "psoas/core/imported.hpp"
#include "psoas/core/table.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/retarget.hpp"

namespace psoas::cli {

/// The body that a recording is analysed on.
struct RecordedBody {
  io::ImportedModel read;
  Model model;
  std::optional<Convention> from;  ///< set where the motion is brought to this body from another's
  std::vector<std::string> settings;
};

/// The model that was recorded. @throws Error
RecordedBody model_that_was_recorded(const std::string& model);

/// The default body, fitted to a person, for a recording of another model.
/// @param convention  its name; empty: found from the columns
/// @throws Failure for a subject or convention that does not exist, Error for columns of no convention
RecordedBody body_for(const Table& recorded, const std::string& convention, const std::vector<std::string>& subject);

/// The recording as the motion of the body. One that is brought to it stands with its lowest nodes on a floor at
/// height 0: legs of another length would leave it in the air or in the ground.
Imported<Motion> motion_on(const RecordedBody& body, const Table& recorded);

}  // namespace psoas::cli
