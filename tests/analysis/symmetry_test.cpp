#include <gtest/gtest.h>

#include "postures.hpp"
#include "psoas/scenario/mirror_task.hpp"
#include "psoas/scenario/move_task.hpp"

namespace {

using psoas::Model;
using psoas::Workspace;

std::string twin(std::string name) {
  for (const char* side : {"_r", "_l"}) {
    const char other = side[1] == 'r' ? 'l' : 'r';
    if (name.size() > 2 && name.compare(name.size() - 2, 2, side) == 0) return name.substr(0, name.size() - 1) + other;
  }
  if (name.compare(0, 6, "hip.r.") == 0) return "hip.l." + name.substr(6);
  if (name.compare(0, 6, "hip.l.") == 0) return "hip.r." + name.substr(6);
  return name;
}

bool odd(const std::string& load) { return load.find("shear_ml") != std::string::npos; }

/// Every load and every strand of `b` mirrors `a`.
void expect_mirror(const Model& model, const Workspace& a, const Workspace& b, const std::string& where) {
  for (const psoas::Load& load : a.loads.loads) {
    const double mirrored = (odd(load.name) ? -1.0 : 1.0) * postures::load(b, twin(load.name));
    EXPECT_NEAR(load.value, mirrored, 1e-6 * std::max(1.0, std::abs(load.value))) << where << ' ' << load.name;
  }
  for (int s = 0; s < model.n_strands(); ++s) {
    const int t = model.strand(twin(model.strands[static_cast<std::size_t>(s)].name));
    EXPECT_NEAR(a.recruitment.activation(s), b.recruitment.activation(t), 1e-6)
        << where << ' ' << model.strands[static_cast<std::size_t>(s)].name;
  }
}

TEST(Symmetry, ASymmetricPostureGivesASymmetricAnswer) {
  const Model& model = whole_body::model();
  Workspace w(model);
  for (const auto& [task, frame] : postures::all()) {
    if (task.name == "lunge") continue;
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, w)));
    expect_mirror(model, w, w, task.name + ' ' + std::to_string(frame));
  }
}

TEST(Symmetry, AMirroredLungeGivesTheMirroredAnswer) {
  const Model& model = whole_body::model();
  Workspace right(model), left(model), mirrored(model);
  const psoas::Task task = postures::task(model, "lunge");
  ASSERT_TRUE(psoas::usable(postures::solve(model, task, 0, right)));
  ASSERT_TRUE(psoas::usable(postures::solve(model, postures::task(model, "lunge", {{"side", "left"}}), 0, left)));
  ASSERT_TRUE(psoas::usable(postures::solve(model, psoas::mirrored(model, task), 0, mirrored)));
  expect_mirror(model, right, left, "side = left");
  expect_mirror(model, right, mirrored, "mirrored");
  EXPECT_GT(std::abs(postures::load(right, "hip.r.force_N") - postures::load(right, "hip.l.force_N")), 10.0);
}

TEST(Symmetry, TurningAndMovingTheWorldChangesNoAnswer) {
  const Model& model = whole_body::model();
  Workspace here(model), there(model);
  for (const auto& [task, frame] : postures::all()) {
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, here)));
    const psoas::Task moved = psoas::moved(model, task, 0.83, psoas::Vec3(1.7, 0.4, -2.2));
    ASSERT_TRUE(psoas::usable(postures::solve(model, moved, frame, there)));
    for (std::size_t l = 0; l < here.loads.loads.size(); ++l) {
      const double value = here.loads.loads[l].value;
      EXPECT_NEAR(there.loads.loads[l].value, value, 1e-6 * std::max(1.0, std::abs(value)))
          << task.name << ' ' << here.loads.loads[l].name;
    }
    EXPECT_LT((here.recruitment.activation - there.recruitment.activation).cwiseAbs().maxCoeff(), 1e-7) << task.name;
  }
}

}  // namespace
