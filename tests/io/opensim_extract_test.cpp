#include "opensim_suite.hpp"

/// A compact part of the values, with models as our own files: see tests/data/opensim/README.md.
namespace opensim_suite {
namespace {

Case extract(const std::string& name, double motion_tolerance, int least_paths, int least_cylinders) {
  const std::string folder = std::string(PSOAS_TEST_DATA) + "/opensim/" + name;
  return {name, folder, folder + "/model.toml", motion_tolerance, least_paths, least_cylinders};
}

INSTANTIATE_TEST_SUITE_P(Extract, AgainstOpenSim,
                         testing::Values(extract("gait2392", 1e-9, 250, 0), extract("rajagopal2016", 1e-3, 90, 150),
                                         extract("fbls", 1e-6, 300, 50)),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace opensim_suite
