#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "io/text_file.hpp"
#include "psoas/core/error.hpp"

namespace psoas::io {

/// Collects the faults of one file. The first thousand are kept, the others counted.
class Faults {
 public:
  explicit Faults(std::string file) : file_(std::move(file)) {}

  std::string where(Place place) const { return where_in(file_, place); }

  void add(Place place, std::string message);
  bool full() const { return found_.size() >= 1000; }
  bool any() const { return !found_.empty(); }

  /// @throws SpecError with all faults in the order of the file, when there are any
  void throw_if_any() const;

 private:
  std::string file_;
  std::vector<std::pair<Place, std::string>> found_;
  std::size_t more_ = 0;
};

}  // namespace psoas::io
