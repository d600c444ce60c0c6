#include "psoas/analysis/frame.hpp"

#include <gtest/gtest.h>

#include "postures.hpp"
#include "psoas/analysis/analyze.hpp"
#include "psoas/loads/ledger.hpp"
#include "psoas/recruit/kkt.hpp"

namespace {

using psoas::Model;
using psoas::Vec3;
using psoas::Vec6;
using psoas::Workspace;

psoas::AnalyzeOptions with_power(int power) {
  psoas::AnalyzeOptions options;
  options.recruit.power = power;
  return options;
}

TEST(Frame, EveryPostureMeetsTheConditionsOfItsOptimum) {
  const Model& model = whole_body::model();
  Workspace w(model);
  for (const auto& [task, frame] : postures::all()) {
    for (const int power : {2, 3}) {
      ASSERT_EQ(postures::solve(model, task, frame, w, with_power(power)), psoas::Status::ok)
          << task.name << ' ' << frame;
      const auto& solution = w.recruitment.solution;
      EXPECT_LT(psoas::recruit::relative_kkt_residual(w.recruitment.program, solution.x, solution.multiplier), 1e-9)
          << task.name << ' ' << frame << " p = " << power;
    }
  }
}

TEST(Frame, BoundsThatCannotBeMetAreAStatusAndTheNextFrameIsSound) {
  const Model& model = whole_body::model();
  Workspace w(model);
  const auto [task, frame] = postures::all().front();
  for (const double bad : {2.0, psoas::not_a_number}) {
    psoas::Task wrong = task;
    wrong.lower[3] = bad;
    EXPECT_EQ(postures::solve(model, wrong, frame, w), psoas::Status::infeasible);
    EXPECT_TRUE(w.recruitment.force.array().isNaN().all());
    EXPECT_THROW(psoas::analyze(model, wrong), psoas::Error);
    EXPECT_EQ(postures::solve(model, task, frame, w), psoas::Status::ok);
  }
}

/// Wrench of the root's reserve on the pelvis, about the world origin.
Vec6 root_reserve(const Workspace& w) {
  const auto& r = w.recruitment.reserve;
  return psoas::spatial::force_wrench<double>(Vec3(r.segment<3>(3)), w.kinematics.X_GB[0].p) +
         psoas::spatial::moment_wrench<double>(Vec3(r.head<3>()));
}

TEST(Frame, SupportsAndRootReserveCarryWeightAndInertia) {
  const Model& model = whole_body::model();
  Workspace w(model);
  for (const auto& [task, frame] : postures::all()) {
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, w)));
    Vec6 sum = w.inverse_dynamics.gravity[0] + w.inverse_dynamics.inertia[0] + w.inverse_dynamics.external[0] +
               root_reserve(w);
    for (std::size_t n = 0; n < w.supports.columns.size(); ++n) {
      sum += psoas::spatial::force_wrench<double>(w.recruitment.node_force[n], w.supports.columns[n].place);
    }
    EXPECT_LT(sum.norm(), 1e-8 * model.body_weight) << task.name << ' ' << frame;
  }
}

/// Pull of every muscle on one body, straight from the legs of the paths.
Vec6 muscle_pull_on(const Model& model, const Workspace& w, int body) {
  Vec6 sum = Vec6::Zero();
  for (int s = 0; s < model.n_strands(); ++s) {
    const psoas::Strand& strand = model.strands[static_cast<std::size_t>(s)];
    for (int j = 0; j + 1 < strand.n_points; ++j) {
      const auto i = static_cast<std::size_t>(strand.first_segment + j);
      const psoas::Segment& segment = model.segments[i];
      const auto body_of = [&](int end) {
        if (end == 0) return model.points[static_cast<std::size_t>(segment.first_point)].body;
        if (end < 0) return model.points[static_cast<std::size_t>(segment.last_point)].body;
        return model
            .surfaces[static_cast<std::size_t>(
                model.path_wraps[static_cast<std::size_t>(segment.first_wrap + end - 1)].surface)]
            .body;
      };
      for (int l = 0; l < w.paths.n_legs[i]; ++l) {
        const psoas::Paths::Leg& leg = w.paths.legs[static_cast<std::size_t>(segment.first_leg + l)];
        if (body_of(leg.from) == body) sum += w.recruitment.force(s) * leg.line;
        if (body_of(leg.to) == body) sum -= w.recruitment.force(s) * leg.line;
      }
    }
  }
  return sum;
}

TEST(Loads, LumbarLoadIsTheSameFromAboveAndFromBelow) {
  const Model& model = whole_body::model();
  Workspace w(model);
  for (const auto& [task, frame] : postures::all()) {
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, w)));
    std::vector<Vec6> on_body(model.bodies.size());
    for (int b = 0; b < model.n_bodies(); ++b) {
      const auto i = static_cast<std::size_t>(b);
      on_body[i] = muscle_pull_on(model, w, b);
      if (!model.bodies[i].massless) {
        const Vec3 weight(0.0, -model.bodies[i].mass * model.gravity, 0.0);
        on_body[i] += psoas::spatial::force_wrench<double>(
            weight, w.kinematics.X_GB[i].apply_to_point(model.bodies[i].mass_center));
        on_body[i] += psoas::detail::inertia_wrench(model, w.kinematics, i);
      }
      for (std::size_t n = 0; n < w.supports.columns.size(); ++n) {
        if (model.nodes[static_cast<std::size_t>(w.supports.columns[n].node)].body != b) continue;
        on_body[i] += psoas::spatial::force_wrench<double>(w.recruitment.node_force[n], w.supports.columns[n].place);
      }
    }
    on_body[0] += root_reserve(w);
    for (const psoas::Level& level : model.levels) {
      Vec6 above = Vec6::Zero(), below = Vec6::Zero();
      for (int b = 0; b < model.n_bodies(); ++b)
        (model.beyond(b, level.body) ? above : below) += on_body[static_cast<std::size_t>(b)];
      const double size = w.loads.beyond[static_cast<std::size_t>(level.body)].norm();
      EXPECT_LT((above - w.loads.beyond[static_cast<std::size_t>(level.body)]).norm(), 1e-9 * size)
          << task.name << ' ' << level.name;
      EXPECT_LT((below + w.loads.beyond[static_cast<std::size_t>(level.body)]).norm(), 1e-8 * size)
          << task.name << ' ' << level.name;
    }
  }
}

TEST(Ledger, PartsOfEveryLoadAddUpToIt) {
  const Model& model = whole_body::model();
  Workspace w(model);
  psoas::Ledger ledger;
  for (const auto& [task, frame] : postures::all()) {
    ASSERT_TRUE(psoas::usable(postures::solve(model, task, frame, w)));
    psoas::compute_ledger(model, w.kinematics, psoas::at(task, frame).loads, w.inverse_dynamics, w.paths, w.supports,
                          w.recruitment, w.loads, ledger);
    std::vector<double> sum(w.loads.loads.size(), 0.0), size(sum);
    for (const psoas::Ledger::Part& part : ledger.parts) {
      sum[static_cast<std::size_t>(part.load)] += part.value;
      size[static_cast<std::size_t>(part.load)] += std::abs(part.value);
    }
    for (std::size_t l = 0; l < sum.size(); ++l) {
      EXPECT_GT(size[l], 0.0) << w.loads.loads[l].name;
      EXPECT_NEAR(sum[l], w.loads.loads[l].value, 1e-9 * size[l]) << task.name << ' ' << w.loads.loads[l].name;
    }
  }
}

/// Every strand of psoas twice, each half as strong.
psoas::ModelSpec split_psoas(psoas::ModelSpec spec) {
  std::vector<psoas::MuscleSpec> muscles;
  for (psoas::MuscleSpec& m : spec.muscles) {
    if (m.groups.front() != "psoas") {
      muscles.push_back(m);
      continue;
    }
    m.pcsa.value *= 0.5;
    for (const char* half : {"first_", "second_"}) {
      muscles.push_back(m);
      muscles.back().name = half + m.name;
    }
  }
  spec.muscles = muscles;
  return spec;
}

TEST(Frame, SplittingTheStrandsOfPsoasChangesNoLoad) {
  const Model whole = whole_body::model(), split = psoas::compile(split_psoas(whole_body::spec()));
  Workspace a(whole), b(split);
  for (auto [task, frame] : postures::all()) {
    psoas::Task same = task;
    same.lower = psoas::VecX::Zero(split.n_strands()), same.upper = psoas::VecX::Ones(split.n_strands());
    for (int s = 0; s < split.n_strands(); ++s) {
      if (split.strands[static_cast<std::size_t>(s)].tone) same.lower(s) = task.tone;
    }
    for (const int power : {2, 3}) {
      ASSERT_TRUE(psoas::usable(postures::solve(whole, task, frame, a, with_power(power))));
      ASSERT_TRUE(psoas::usable(postures::solve(split, same, frame, b, with_power(power))));
      for (std::size_t l = 0; l < a.loads.loads.size(); ++l) {
        const double value = a.loads.loads[l].value;
        EXPECT_NEAR(b.loads.loads[l].value, value, 1e-6 * std::max(std::abs(value), 10.0))
            << task.name << ' ' << a.loads.loads[l].name << " p = " << power;
      }
    }
  }
}

TEST(Frame, WithoutPsoasItsRowsVanishAndTheRestStillBalances) {
  psoas::ModelSpec spec = whole_body::spec();
  std::erase_if(spec.muscles, [](const psoas::MuscleSpec& m) { return m.groups.front() == "psoas"; });
  const Model whole = whole_body::model(), without = psoas::compile(spec);
  ASSERT_EQ(whole.n_strands() - without.n_strands(), 22);
  Workspace a(whole), b(without);
  psoas::Ledger ledger;
  psoas::Task task = postures::task(whole, "lunge");
  ASSERT_TRUE(psoas::usable(postures::solve(whole, task, 0, a)));
  task.lower = psoas::VecX::Constant(without.n_strands(), 0.0), task.upper = psoas::VecX::Ones(without.n_strands());
  ASSERT_TRUE(psoas::usable(postures::solve(without, task, 0, b)));
  psoas::compute_ledger(without, b.kinematics, {}, b.inverse_dynamics, b.paths, b.supports, b.recruitment, b.loads,
                        ledger);
  for (const psoas::Ledger::Part& part : ledger.parts) {
    if (part.cause != psoas::Cause::muscle) continue;
    EXPECT_EQ(without.strands[static_cast<std::size_t>(part.part)].name.find("psoas_L"), std::string::npos);
  }
  // the work is still done, by others: iliacus of the rear leg pulls more
  const auto iliacus = [](const Model& m, const Workspace& w) { return w.recruitment.force(m.strand("iliacus_l")); };
  EXPECT_GT(iliacus(without, b), iliacus(whole, a) + 10.0);
  EXPECT_NE(postures::load(a, "spine.L4_L5.compression_N"), postures::load(b, "spine.L4_L5.compression_N"));
}

TEST(Frame, UnsolvableNumbersAreAStatusAndNotANumber) {
  const Model& model = whole_body::model();
  Workspace w(model);
  psoas::Task task = postures::task(model, "standing");
  task.frames[0].pose.q(0) = psoas::not_a_number;
  EXPECT_EQ(postures::solve(model, task, 0, w), psoas::Status::not_finite);
  for (const psoas::Load& load : w.loads.loads) EXPECT_TRUE(std::isnan(load.value)) << load.name;
  EXPECT_TRUE(w.recruitment.activation.array().isNaN().all());
}

}  // namespace
