#include "psoas/analysis/lint.hpp"

#include <algorithm>

#include "analysis/lint_rules.hpp"

namespace psoas {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "unknown";
}

std::vector<Finding> lint(const Model& model) {
  std::vector<Finding> out;
  detail::lint_parameters(model, out);
  detail::lint_paths(model, out);
  std::stable_sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  return out;
}

}  // namespace psoas
