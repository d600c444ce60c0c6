#pragma once

#include <span>
#include <string_view>

/// The files of `models/`, `scenarios/` and `scenarios/forward/`, as they were when the library was built.
namespace psoas::embedded {

/// One file inside the library.
struct File {
  std::string_view name;  ///< file name without folder and extension: `whole_body`
  std::string_view text;  ///< the whole file, byte for byte
};

/// Every file of `models/`, in order of name.
std::span<const File> models();

/// Every file of `scenarios/`, in order of name.
std::span<const File> scenarios();

/// Every file of `scenarios/forward/`, in order of name.
std::span<const File> simulations();

}  // namespace psoas::embedded
