#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "psoas/model/model.hpp"

namespace psoas::cli {

/// One line of `psoas bench`.
struct BenchRow {
  std::string name;
  double ns, goal_ns;  ///< goal: NaN where none is set
  std::string limited_by;
};

/// Time since a start [ns].
inline double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

/// Force and slope of a rigid-tendon muscle, alone and in a batch; one implicit step of an elastic one; a second of all
/// strands with elastic tendons along a swinging leg.
void bench_muscles(const Model& model, std::vector<BenchRow>& rows);

/// How long any model takes to load; its kinematics, paths, inverse dynamics, strengths and whole frames, recruited as
/// OpenSim does, in drawn postures.
/// @param source  a name or a file
void bench_model(const std::string& source, std::vector<BenchRow>& rows);

}  // namespace psoas::cli
