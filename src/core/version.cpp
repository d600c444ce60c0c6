#include "psoas/core/version.hpp"

namespace psoas {

std::string_view version() noexcept { return PSOAS_VERSION; }

}  // namespace psoas
