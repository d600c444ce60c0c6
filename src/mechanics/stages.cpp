// Bodies that every user of the library shares; see psoas/core/compiled.hpp.
#include "psoas/mechanics/impl/forward_dynamics.hpp"
#include "psoas/mechanics/impl/inverse_dynamics.hpp"
#include "psoas/mechanics/impl/kinematics.hpp"
#include "psoas/mechanics/impl/paths.hpp"
#include "psoas/mechanics/impl/strand_course.hpp"
#include "psoas/mechanics/impl/strengths.hpp"
