#pragma once

#include <string_view>

namespace psoas {

/// Version of the compiled library, as `major.minor.patch`. Link `psoas::psoas`.
std::string_view version() noexcept;

}  // namespace psoas
