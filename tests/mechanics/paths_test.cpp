#include "psoas/mechanics/paths.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "../whole_body.hpp"

namespace {

using psoas::VecX;

struct Stage {
  const psoas::Model& model;
  psoas::Kinematics k{model};
  psoas::Paths paths{model};

  explicit Stage(const psoas::Model& m) : model(m) {}
  void at(const psoas::Pose& pose) {
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
  }
  /// Moment arms of a strand as a full row.
  VecX arms(int s) const {
    VecX out = VecX::Zero(model.n_rows());
    const psoas::Strand& strand = model.strands[static_cast<std::size_t>(s)];
    for (int a = strand.first_arm; a < strand.first_arm + strand.n_arms; ++a) {
      out(model.arm_row[static_cast<std::size_t>(a)]) += paths.moment_arm(a);
    }
    return out;
  }
};

void expect_arms_are_slopes_of_length(const psoas::Model& model, psoas::Pose pose, const std::string& where) {
  Stage here(model), there(model);
  pose.v.setZero(), pose.a.setZero();
  here.at(pose);
  for (int r = 0; r < model.n_rows(); ++r) {
    const int c = model.rows[static_cast<std::size_t>(r)].coordinate;
    if (c < 0) continue;
    constexpr double h = 1e-5;
    std::array<VecX, 5> length;
    for (int i = 0; i < 5; ++i) {
      if (i == 2) continue;
      psoas::Pose moved = pose;
      moved.q(c) += (i - 2) * h;
      there.at(moved);
      length[static_cast<std::size_t>(i)] = there.paths.length;
    }
    const VecX near_slope = (length[3] - length[1]) / (2.0 * h), far_slope = (length[4] - length[0]) / (4.0 * h);
    for (int s = 0; s < model.n_strands(); ++s) {
      // a lift-off between the differences shows as two slopes that disagree: there 1e-6 m is asked
      const double tolerance = std::abs(near_slope(s) - far_slope(s)) < 1e-8 ? 1e-8 : 1e-6;
      EXPECT_NEAR(here.arms(s)(r), -near_slope(s), tolerance)
          << model.strands[static_cast<std::size_t>(s)].name << ' ' << model.rows[static_cast<std::size_t>(r)].name
          << ' ' << where;
    }
  }
}

TEST(Paths, MomentArmIsMinusTheSlopeOfLengthForEveryStrandAndEquation) {
  const psoas::Model& model = whole_body::unbound_model();
  psoas::Random random(21);
  expect_arms_are_slopes_of_length(model, psoas::rest_pose(model), "neutral");
  for (int trial = 0; trial < 6; ++trial) {
    expect_arms_are_slopes_of_length(model, whole_body::random_pose(model, random), "trial " + std::to_string(trial));
  }
}

TEST(Paths, CoupledLevelsHaveTheArmsOfFreeOnes) {
  const psoas::Model &coupled = whole_body::model(), &unbound = whole_body::unbound_model();
  psoas::Random random(22);
  Stage a(coupled), b(unbound);
  psoas::Pose pose = whole_body::random_pose(coupled, random);
  a.at(pose);
  psoas::Pose same = psoas::rest_pose(unbound);
  for (int c = 0; c < unbound.n_coordinates(); ++c) {
    const int twin = coupled.coordinate(unbound.coordinates[static_cast<std::size_t>(c)].name);
    same.q(c) = a.k.q(twin), same.v(c) = a.k.v(twin), same.a(c) = a.k.a(twin);
  }
  b.at(same);
  EXPECT_LT((a.paths.length - b.paths.length).cwiseAbs().maxCoeff(), 1e-13);
  EXPECT_LT((a.paths.speed - b.paths.speed).cwiseAbs().maxCoeff(), 1e-12);
  for (int s = 0; s < coupled.n_strands(); ++s) {
    const VecX one = a.arms(s), other = b.arms(s);
    for (int r = 0; r < coupled.n_rows(); ++r) {
      EXPECT_NEAR(one(r), other(unbound.row(coupled.rows[static_cast<std::size_t>(r)].name)), 1e-13);
    }
  }
}

TEST(Paths, SpeedIsTheRateOfLength) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(23);
  Stage here(model), there(model);
  const psoas::Pose pose = whole_body::random_pose(model, random);
  here.at(pose);
  constexpr double h = 1e-6;
  std::array<VecX, 2> length;
  for (int i = 0; i < 2; ++i) {
    psoas::Pose moved = pose;
    moved.q += (i == 0 ? -h : h) * pose.v;
    there.at(moved);
    length[static_cast<std::size_t>(i)] = there.paths.length;
  }
  EXPECT_LT(((length[1] - length[0]) / (2.0 * h) - here.paths.speed).cwiseAbs().maxCoeff(), 2e-7);
}

/// Largest change of a length and of a moment arm over equal steps of one coordinate from `low` to `high`.
struct Change {
  double length = 0.0, arm = 0.0;
  int strand = 0;
};
Change largest_change(Stage& stage, psoas::Pose pose, int coordinate, double low, double high, int steps) {
  Change worst;
  VecX arm, length;
  for (int i = 0; i <= steps; ++i) {
    pose.q(coordinate) = low + (high - low) * i / steps;
    stage.at(pose);
    EXPECT_TRUE(psoas::usable(stage.paths.status)) << pose.q(coordinate);
    if (i > 0) {
      Eigen::Index strand = 0;
      const double change = (stage.paths.length - length).cwiseAbs().maxCoeff(&strand);
      if (change > worst.length) worst.length = change, worst.strand = static_cast<int>(strand);
      worst.arm = std::max(worst.arm, (stage.paths.moment_arm - arm).cwiseAbs().maxCoeff());
    }
    arm = stage.paths.moment_arm;
    length = stage.paths.length;
  }
  return worst;
}

/// Walks every coordinate through its range. Where a length or an arm changes fast the step is made a hundred times
/// smaller: what is steep gets small with it, a jump does not.
TEST(Paths, NoStrandJumpsAnywhereInTheRangeOfACoordinate) {
  const psoas::Model& model = whole_body::unbound_model();
  Stage stage(model);
  for (int c = 0; c < model.n_coordinates(); ++c) {
    const psoas::Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    // the left side is the mirror of the right, see LeftMirrorsRight
    if (coordinate.row < 0 || coordinate.translational || coordinate.name.ends_with("_l")) continue;
    const double low = std::max(coordinate.minimum, -2.6), high = std::min(coordinate.maximum, 2.6);
    constexpr int pieces = 100;
    for (int i = 0; i < pieces; ++i) {
      const double from = low + (high - low) * i / pieces, to = low + (high - low) * (i + 1) / pieces;
      Change change = largest_change(stage, psoas::rest_pose(model), c, from, to, 1);
      if (change.length < 1e-3 && change.arm < 1e-3) continue;
      change = largest_change(stage, psoas::rest_pose(model), c, from, to, 100);
      EXPECT_LT(change.length, 1e-4) << coordinate.name << ' ' << from << ' '
                                     << model.strands[static_cast<std::size_t>(change.strand)].name;
      EXPECT_LT(change.arm, 4e-4) << coordinate.name << ' ' << from;
    }
  }
}

TEST(Paths, LeftMirrorsRightInLengthAndEveryMomentArm) {
  const psoas::Model& model = whole_body::unbound_model();
  psoas::Random random(24);
  const auto twin = [](std::string name) {
    if (name.size() > 2 && name.substr(name.size() - 2) == "_r")
      name.back() = 'l';
    else if (name.size() > 2 && name.substr(name.size() - 2) == "_l")
      name.back() = 'r';
    return name;
  };
  const auto odd = [](const std::string& name) {
    for (const char* word : {"_bending", "_rotation", "pelvis_list", "pelvis_tz"}) {
      if (name.find(word) != std::string::npos && name.find("hip_") == std::string::npos) return true;
    }
    return false;
  };
  Stage right(model), left(model);
  for (int trial = 0; trial < 4; ++trial) {
    const psoas::Pose pose = trial == 0 ? psoas::rest_pose(model) : whole_body::random_pose(model, random);
    psoas::Pose mirror = pose;
    for (int c = 0; c < model.n_coordinates(); ++c) {
      const std::string& name = model.coordinates[static_cast<std::size_t>(c)].name;
      mirror.q(model.coordinate(twin(name))) = (odd(name) ? -1.0 : 1.0) * pose.q(c);
    }
    right.at(pose), left.at(mirror);
    for (int s = 0; s < model.n_strands(); ++s) {
      const int t = model.strand(twin(model.strands[static_cast<std::size_t>(s)].name));
      EXPECT_NEAR(right.paths.length(s), left.paths.length(t), 1e-9);
      const VecX a = right.arms(s), b = left.arms(t);
      for (int r = 6; r < model.n_rows(); ++r) {
        const std::string& name = model.rows[static_cast<std::size_t>(r)].name;
        EXPECT_NEAR(a(r), (odd(name) ? -1.0 : 1.0) * b(model.row(twin(name))), 1e-9)
            << model.strands[static_cast<std::size_t>(s)].name << ' ' << name;
      }
    }
  }
}

std::vector<std::vector<std::string>> csv(const std::string& file) {
  std::ifstream in(std::string(PSOAS_TEST_DATA) + "/psoas_geometry/" + file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

/// Header of the table without its unit: a coordinate of the body, on the right side.
std::string coordinate_of(std::string header) {
  header = header.substr(0, header.rfind('_'));
  const std::map<std::string, std::string> hip = {{"hip_flexion", "hip_flexion_r"},
                                                  {"hip_adduction", "hip_adduction_r"},
                                                  {"hip_internal_rotation", "hip_rotation_r"}};
  if (hip.count(header)) return hip.at(header);
  for (const auto& [words, name] : {std::pair{"_right_bend", "_bending"}, std::pair{"_left_axial", "_rotation"}}) {
    const auto at = header.find(words);
    if (at != std::string::npos) return header.substr(0, at) + name;
  }
  return header;
}

TEST(Psoas, LengthsAndArmsAreThoseOfTheRegressionTable) {
  const psoas::Model& model = whole_body::unbound_model();
  const auto poses = csv("poses.csv"), rows = csv("regression.csv");
  ASSERT_EQ(poses.size(), 13u);
  ASSERT_EQ(rows.size(), 157u);
  Stage stage(model);
  for (std::size_t p = 1; p < poses.size(); ++p) {
    psoas::Pose pose = psoas::rest_pose(model);
    for (std::size_t c = 1; c < poses[p].size(); ++c) {
      pose.q(model.coordinate(coordinate_of(poses[0][c]))) = std::stod(poses[p][c]) * psoas::degree;
    }
    stage.at(pose);
    for (std::size_t r = 1; r < rows.size(); ++r) {
      if (rows[r][0] != poses[p][0]) continue;
      const int s = model.strand(rows[r][1]);
      EXPECT_NEAR(stage.paths.length(s), std::stod(rows[r][2]), 1e-9) << rows[r][0] << ' ' << rows[r][1];
      const VecX arms = stage.arms(s);
      for (std::size_t c = 3; c + 1 < rows[r].size(); ++c) {
        EXPECT_NEAR(arms(model.row(coordinate_of(rows[0][c]))), std::stod(rows[r][c]), 1e-9)
            << rows[r][0] << ' ' << rows[r][1] << ' ' << rows[0][c];
      }
    }
  }
}

}  // namespace
