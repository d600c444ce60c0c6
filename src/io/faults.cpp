#include "io/faults.hpp"

#include <algorithm>
#include <tuple>

namespace psoas::io {

void Faults::add(Place place, std::string message) {
  if (full()) {
    ++more_;
  } else {
    found_.emplace_back(place, std::move(message));
  }
}

void Faults::throw_if_any() const {
  if (!any()) return;
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.line, a.first.column) < std::tie(b.first.line, b.first.column);
  });
  std::vector<Fault> faults;
  for (const auto& [place, message] : sorted) faults.push_back({where(place), message});
  if (more_ > 0) faults.push_back({file_, "and " + std::to_string(more_) + " more faults"});
  throw SpecError(std::move(faults));
}

}  // namespace psoas::io
