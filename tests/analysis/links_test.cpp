#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "postures.hpp"
#include "psoas/loads/ledger.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/model/compile.hpp"

namespace {

using psoas::Model;
using psoas::Vec3;

/// The whole body with a spring beside the disc L4/L5 and a tight line from pelvis to right femur.
psoas::ModelSpec linked() {
  psoas::ModelSpec spec = whole_body::spec();
  psoas::BushingSpec bushing;
  bushing.name = "beside_L4_L5";
  bushing.frames[0].body = "lumbar5", bushing.frames[1].body = "lumbar4";
  bushing.translational_stiffness = Vec3(0.0, 2000.0, 0.0);
  spec.bushings.push_back(bushing);
  psoas::LigamentSpec ligament;
  ligament.name = "iliofemoral_r";
  ligament.points.resize(2);
  ligament.points[0].body = "pelvis", ligament.points[0].at = Vec3(0.0, -0.03, 0.08);
  ligament.points[1].body = "femur_r", ligament.points[1].at = Vec3(0.02, -0.1, 0.03);
  ligament.rest_length = psoas::Quantity(0.02);
  ligament.force = psoas::Function::linear(100.0, -100.0);
  spec.ligaments.push_back(ligament);
  return spec;
}

TEST(Links, TakeTheirShareOfALoadAndStandInItsLedger) {
  const Model plain = whole_body::model(), model = psoas::compile(linked());
  psoas::Workspace w(model), without(plain);
  psoas::Ledger ledger;
  const psoas::Task task = postures::task(plain, "lunge");
  ASSERT_TRUE(psoas::usable(postures::solve(plain, task, 0, without)));
  ASSERT_TRUE(psoas::usable(postures::solve(model, task, 0, w)));
  psoas::compute_ledger(model, w.kinematics, psoas::at(task, 0).loads, w.inverse_dynamics, w.paths, w.supports,
                        w.recruitment, w.loads, ledger);
  std::vector<double> sum(w.loads.loads.size(), 0.0), size(sum);
  double bushing = 0.0, ligament = 0.0;
  for (const psoas::Ledger::Part& part : ledger.parts) {
    const auto load = static_cast<std::size_t>(part.load);
    sum[load] += part.value;
    size[load] += std::abs(part.value);
    if (part.cause == psoas::Cause::bushing && w.loads.loads[load].name == "spine.L4_L5.compression_N")
      bushing = part.value;
    if (part.cause == psoas::Cause::ligament && w.loads.loads[load].name == "hip.r.force_N") ligament = part.value;
  }
  for (std::size_t l = 0; l < sum.size(); ++l)
    EXPECT_NEAR(sum[l], w.loads.loads[l].value, 1e-9 * size[l]) << w.loads.loads[l].name;
  // both pull their bodies together
  EXPECT_GT(bushing, 1.0);
  EXPECT_GT(ligament, 1.0);
  EXPECT_NE(postures::load(w, "spine.L4_L5.compression_N"), postures::load(without, "spine.L4_L5.compression_N"));
}

TEST(Links, WithoutStiffnessOrPullChangeNothing) {
  const Model plain = whole_body::model();
  psoas::ModelSpec spec = linked();
  spec.bushings[0].translational_stiffness.setZero();
  spec.ligaments[0].rest_length = psoas::Quantity(2.0);
  const Model model = psoas::compile(spec);
  psoas::Workspace w(model), without(plain);
  for (const auto& [task, frame] : postures::all()) {
    ASSERT_TRUE(psoas::usable(postures::solve(plain, task, frame, without)));
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, w)));
    for (std::size_t l = 0; l < w.loads.loads.size(); ++l) {
      EXPECT_EQ(w.loads.loads[l].value, without.loads.loads[l].value) << task.name << ' ' << w.loads.loads[l].name;
    }
  }
}

}  // namespace
