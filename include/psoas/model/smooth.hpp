#pragma once

#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/motion.hpp"

/// From recorded coordinates to smooth ones with speeds and accelerations.
namespace psoas {

/// Which low-pass filter; both are run forward and backward, without delay.
enum class LowPass {
  /// Second order each way, four in all: the custom of the field. The corner is that of both ways together: a sine of
  /// the cut-off frequency keeps 1/sqrt(2) of its amplitude.
  second_order,
  /// What OpenSim's tools do (Storage::pad, Storage::lowpassIIR): third order each way, six in all, with the corner of
  /// one way: a sine of the cut-off frequency keeps half of its amplitude. Half the recording is reflected at each end,
  /// and unless the samples are evenly spaced to rounding they are taken anew at the smallest interval between two.
  opensim
};

/// Which accelerations belong to the smoothed motion.
enum class Acceleration {
  second_derivative,  ///< of the spline through the coordinates (OpenSim's InverseDynamicsTool)
  slope_of_speed      ///< of a second spline, through the speeds at the knots of the first (its StaticOptimization)
};

struct SmoothOptions {
  double cutoff_hz = 6.0;  ///< 0: no filter, splines only  [Hz]
  LowPass filter = LowPass::second_order;
  Acceleration acceleration = Acceleration::second_derivative;
  std::vector<double> times = {};  ///< of the frames wanted, increasing; empty: those of the motion  [s]
};

/// Low-passed coordinates with speeds and accelerations. The recording is brought to even spacing (natural quintic
/// spline), continued at both ends by its odd reflection, filtered forward and backward, and a natural quintic spline
/// through the result gives values, first and second derivatives at the times wanted. A cut-off of 0 leaves the filter
/// out: the spline goes through every frame.
///
/// @throws Error for fewer than 3 frames (6 for OpenSim's filter), times that do not increase, values that are not
///         finite, times wanted that lie more than an interval outside the recording, a cut-off that is not below half
///         the sampling rate (OpenSim would lower it instead) or, with the filter of second order, a gap between two
///         frames that is longer than half a period of the cut-off (OpenSim bridges it)
/// @source Winter 2009, Biomechanics and Motor Control of Human Movement, 2.2.4.4; Woltring 1985, Hum Mov Sci
///         4:229-245; the filter of OpenSim was worked out from what Signal.cpp and Storage.cpp of 4.6 do
Motion smooth(const Motion& motion, const SmoothOptions& options);

/// The same with the second-order filter: zero phase, the cut-off being where a sine loses 3 dB after both ways.
inline Motion smooth(const Motion& motion, double cutoff_hz) { return smooth(motion, SmoothOptions{cutoff_hz}); }

/// Times of the frames that OpenSim's tools solve for a recording of these times, when they filter it: its grid begins
/// half a recording before the first frame, so that its frames miss the recorded ones by up to an interval. Only those
/// in the recorded range, the first one at or before its start.
/// @throws Error for fewer than 6 times, or times that do not increase
std::vector<double> opensim_filter_times(const std::vector<double>& recorded);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/model/impl/smooth.hpp"
#endif
