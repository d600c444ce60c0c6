// What carries a recorded body, found from its motion alone, against what plates under its feet measured. Prints the
// table of docs/opensim.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "psoas/analysis/analyze.hpp"
#include "psoas/io/measured_loads.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_motion.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/retarget.hpp"
#include "psoas/model/smooth.hpp"
#include "psoas/scenario/found_supports.hpp"
#include "psoas/scenario/loaded_feet.hpp"
#include "psoas/scenario/recorded_task.hpp"
#include "psoas/subject/personalize.hpp"

namespace {

using psoas::VecX;

const std::string plate_recordings = PSOAS_SHARED "/reference/motions/opencap_labvalidation_subject4/";

/// A trial, and the rms errors that it may have, in percent of body weight.
struct PlateTrial {
  const char* name;
  bool seat;
  double rms_foot, rms_sum;
};

const psoas::Model& person() {
  static const psoas::Model it = psoas::compile(psoas::personalize(
      psoas::io::read_model("whole_body"), {.mass_kg = 62.6, .height_m = 1.68, .sex = psoas::Sex::female}));
  return it;
}

/// A trial on the body of its person, twenty-five frames a second, without anything that carries it.
struct RecordedOnPlates {
  psoas::Motion motion;
  std::vector<psoas::MeasuredLoad> plates;

  explicit RecordedOnPlates(const std::string& name) {
    const psoas::Table table = psoas::io::read_motion(plate_recordings + name + "_ik.mot").value;
    motion = psoas::retarget(table, psoas::convention_of(table, person()), person()).value;
    motion.q.row(person().coordinate("pelvis_ty")).array() -= psoas::floor_height(person(), motion);
    std::vector<double> times;
    for (double t = motion.time.front(); t < motion.time.back(); t += 0.04) times.push_back(t);
    motion = psoas::smooth(motion, {.times = times});
    const auto description = psoas::io::read_external_loads(plate_recordings + name + "_external_forces.xml").value;
    plates = psoas::io::measured_loads(description, psoas::io::read_motion(plate_recordings + name + "_grf.mot").value,
                                       person());
    psoas::bring_loads_to_feet(person(), motion, plates);
  }
};

/// Vertical force that a task's loads put on a foot, frame by frame [N].
VecX measured_under(const psoas::Task& task, const std::string& side) {
  VecX out = VecX::Zero(static_cast<Eigen::Index>(task.frames.size()));
  for (std::size_t f = 0; f < task.frames.size(); ++f) {
    for (const psoas::ExternalForce& load : task.frames[f].loads) {
      const bool here = person().bodies[static_cast<std::size_t>(load.body)].name.ends_with(side);
      out(static_cast<Eigen::Index>(f)) += here ? load.force.y() : 0.0;
    }
  }
  return out;
}

double rms(const VecX& x) { return std::sqrt(x.squaredNorm() / static_cast<double>(x.size())); }

/// Values of the frames where a condition holds.
VecX where(const VecX& x, const std::vector<Eigen::Index>& frames) { return x(frames); }

void print_loads(const psoas::Outcome& predicted, const psoas::Outcome& measured, const VecX& feet) {
  std::vector<Eigen::Index> carried;  // by the feet alone, as far as plates can tell
  for (Eigen::Index f = 0; f < feet.size(); ++f) {
    if (feet(f) > 0.9 * person().body_weight) carried.push_back(f);
  }
  ASSERT_GE(carried.size(), 20u);
  for (const char* load : {"spine.L4_L5.compression_N", "hip.r.force_N", "hip.l.force_N"}) {
    const VecX p = where(predicted.channel(load).values, carried), m = where(measured.channel(load).values, carried);
    std::printf(
        "  %-26s peak %5.0f predicted, %5.0f measured; mean %5.0f, %5.0f; rms difference %4.0f N in %zu frames\n", load,
        p.maxCoeff(), m.maxCoeff(), p.mean(), m.mean(), rms(p - m), carried.size());
  }
}

class PredictedSupports : public testing::TestWithParam<PlateTrial> {};

TEST_P(PredictedSupports, CarryTheBodyAsThePlatesSay) {
  const RecordedOnPlates trial(GetParam().name);
  const psoas::Task with_plates = psoas::recorded_task(person(), trial.motion, trial.plates);
  psoas::Task without = psoas::recorded_task(person(), trial.motion, {});
  for (const std::string& note : psoas::find_supports(person(), without)) std::printf("  %s\n", note.c_str());
  EXPECT_EQ(without.planes.size(), GetParam().seat ? 2u : 1u);
  const psoas::Outcome predicted = psoas::analyze(person(), without, {.threads = 2});
  const psoas::Outcome measured = psoas::analyze(person(), with_plates, {.threads = 2});
  EXPECT_EQ(predicted.failed_frames(), 0);
  EXPECT_EQ(measured.failed_frames(), 0);

  const double percent = 100.0 / person().body_weight;
  VecX feet[2], seen[2];
  for (int side = 0; side < 2; ++side) {
    const std::string s = side == 0 ? "r" : "l";
    feet[side] = predicted.channel("supports.foot_" + s + ".vertical_N").values * percent;
    seen[side] = measured_under(with_plates, "_" + s) * percent;
  }
  const VecX errors[] = {feet[0] - seen[0], feet[1] - seen[1], feet[0] + feet[1] - seen[0] - seen[1]};
  const VecX totals[] = {seen[0], seen[1], seen[0] + seen[1]};
  const char* names[] = {"right", "left", "sum"};
  for (int i = 0; i < 3; ++i) {
    std::printf("  %-16s %-5s rms %5.1f  peak %5.1f  mean %+5.1f %% BW, measured %5.1f to %5.1f\n", GetParam().name,
                names[i], rms(errors[i]), errors[i].cwiseAbs().maxCoeff(), errors[i].mean(), totals[i].minCoeff(),
                totals[i].maxCoeff());
    EXPECT_LT(rms(errors[i]), i < 2 ? GetParam().rms_foot : GetParam().rms_sum) << names[i];
  }
  for (const psoas::Gate& gate : predicted.gates) {
    std::printf("  %-24s %8.4g at %.2f s %s: %s\n", gate.name.c_str(), gate.value, gate.time, gate.at.c_str(),
                std::string(psoas::to_string(gate.verdict)).c_str());
  }
  print_loads(predicted, measured, totals[2] / percent);
}

INSTANTIATE_TEST_SUITE_P(Trials, PredictedSupports,
                         testing::Values(PlateTrial{"STS1", true, 15.0, 20.0},
                                         PlateTrial{"STSweakLegs1", true, 15.0, 20.0},
                                         PlateTrial{"squats1", false, 15.0, 10.0},
                                         PlateTrial{"squatsAsym1", false, 20.0, 10.0}),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
