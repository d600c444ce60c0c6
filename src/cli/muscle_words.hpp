#pragma once

#include <string>
#include <vector>

#include "psoas/muscle/instant.hpp"
#include "psoas/muscle/parameters.hpp"

namespace psoas::cli {

/// What was typed behind `psoas muscle`.
struct MuscleWords {
  std::string name, model = "whole_body", type = "DeGrooteFregly2016", curve, at, tendon = "automatic";
  std::string length, speed = "0", activation;
  std::vector<std::string> set;
  bool json = false;
  std::vector<std::string> typed;  ///< the options that were given
};

/// A muscle, and what messages call it.
struct Named {
  std::string name;
  muscle::MuscleParameters parameters;
};

/// @throws Failure for a word that is no type of muscle
muscle::MuscleType type_of(const MuscleWords& words);

/// @throws Failure for a word that is no kind of tendon
muscle::Tendon tendon_of(const MuscleWords& words);

/// @throws Failure for what is no number from 0 to 1
double activation_of(const MuscleWords& words);

/// The muscle that --set describes, or the strands of NAME; undamped where no damping is given.
/// @throws Failure for parameters that are wrong and names that the model does not have
std::vector<Named> muscles(const MuscleWords& words);

/// Every option that was given must count for the answer. @throws Failure for one that does not
void require_all_used(const MuscleWords& words);

}  // namespace psoas::cli
