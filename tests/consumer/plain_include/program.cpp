// No build system, no library: two include folders are enough for everything up to one frame.
#include <cmath>

#include "psoas/analysis/frame.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/subject/personalize.hpp"

int main() {
  const psoas::Model model = psoas::compile(psoas::personalize(psoas::catalog::planar_hip(), {}));
  psoas::Workspace w(model);
  psoas::compute_kinematics(model, psoas::rest_pose(model), w.kinematics);
  psoas::compute_paths(model, w.kinematics, w.paths);
  psoas::compute_strengths(model, w.paths, w.strengths);
  const double length = w.paths.length(model.strand("flexor"));
  return psoas::usable(w.paths.status) && length > 0.1 && std::isfinite(w.strengths.active.sum()) ? 0 : 1;
}
