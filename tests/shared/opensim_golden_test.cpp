#include "opensim_suite.hpp"

/// All values that there are of the models in shared/.
namespace opensim_suite {
namespace {

Case shared(const std::string& name, const std::string& file, double motion_tolerance, int least_cylinders) {
  const std::string root = PSOAS_SHARED;
  return {name, root + "/golden/" + name, root + "/reference/models/" + file, motion_tolerance, 2000, least_cylinders};
}

INSTANTIATE_TEST_SUITE_P(Models, AgainstOpenSim,
                         testing::Values(shared("gait2392", "gait2392/gait2392_thelen2003muscle.osim", 1e-9, 0),
                                         shared("gait2392_millard", "gait2392/gait2392_millard2012muscle.osim", 1e-9,
                                                0),
                                         shared("rajagopal2016", "rajagopal/Rajagopal2016.osim", 1e-3, 500),
                                         shared("fbls", "fbls_raabe2016/FBLSmodel.osim", 1e-6, 500)),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace opensim_suite
