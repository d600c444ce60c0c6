#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "psoas/io/read_model.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/compile.hpp"

/// Every path of every reference model, driven through the range of every coordinate.
namespace {

using psoas::Model;

constexpr int samples = 60;
constexpr double suspicious =
    3e-5;                      ///< length that the arms do not explain in one interval: it is looked at closer [m]
constexpr double jump = 1e-6;  ///< length that changes within a billionth of the range  [m]

/// A model in one posture at a time.
struct Driven {
  Model model;
  psoas::Pose pose;
  psoas::Kinematics k;
  psoas::Paths paths;

  explicit Driven(const std::filesystem::path& file)
      : model(psoas::compile(psoas::io::read_model(file.string()))),
        pose(psoas::rest_pose(model)),
        k(model),
        paths(model) {}

  void move(int coordinate, double value) {
    pose.q(coordinate) = value;
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
  }
};

/// What a strand is like at one value of a coordinate.
struct Sample {
  double at = 0.0, length = 0.0, arm = 0.0;
  int inside = 0;  ///< points within their surfaces, all strands
};

double unexplained(const Sample& a, const Sample& b) {
  return std::abs(b.length - a.length + 0.5 * (a.arm + b.arm) * (b.at - a.at));
}

/// Jumps found in one model, by strand; those that the geometry forces apart.
struct Jumps {
  std::map<std::string, double> free, conditional, entering, halves;
  int not_solved = 0;
};

/// A strand that may pass a cylinder over one half only: where its ends change places it goes the other way round.
bool keeps_to_a_half(const Model& model, const psoas::Strand& strand) {
  for (int i = strand.first_segment; i < strand.first_segment + strand.n_segments; ++i) {
    const psoas::Segment& segment = model.segments[static_cast<std::size_t>(i)];
    for (int w = segment.first_wrap; w < segment.first_wrap + segment.n_wraps; ++w) {
      if (model.path_wraps[static_cast<std::size_t>(w)].shape.side == psoas::wrap::WrapSide::over) return true;
    }
  }
  return false;
}

void look_closer(Driven& d, int c, int s, int arm, Sample a, Sample b, Jumps& out) {
  const double narrow = 1e-9 * (b.at - a.at);
  for (int i = 0; i < 40 && b.at - a.at > narrow; ++i) {
    Sample m;
    m.at = 0.5 * (a.at + b.at);
    d.move(c, m.at);
    m.length = d.paths.length(s), m.arm = d.paths.moment_arm(arm), m.inside = d.paths.inside;
    (unexplained(a, m) > unexplained(m, b) ? b : a) = m;
  }
  const double size = std::abs(b.length - a.length);
  if (!(size > jump)) return;
  const psoas::Strand& strand = d.model.strands[static_cast<std::size_t>(s)];
  auto& kind = strand.conditional                 ? out.conditional
               : a.inside != b.inside             ? out.entering
               : keeps_to_a_half(d.model, strand) ? out.halves
                                                  : out.free;
  double& worst = kind[strand.name + " over " + d.model.coordinates[static_cast<std::size_t>(c)].name];
  worst = std::max(worst, size);
}

void sweep(Driven& d, int c, Jumps& out) {
  const psoas::Coordinate& coordinate = d.model.coordinates[static_cast<std::size_t>(c)];
  const double rest = d.pose.q(c);
  // a range wider than a turn is none
  const bool bounded = coordinate.maximum - coordinate.minimum <= 2.0 * psoas::pi;
  const double least = bounded ? coordinate.minimum : coordinate.default_value - 1.0;
  const double most = bounded ? coordinate.maximum : coordinate.default_value + 1.0;
  std::vector<std::vector<Sample>> seen(d.model.strands.size());
  for (int i = 0; i < samples; ++i) {
    d.move(c, least + (most - least) * i / (samples - 1));
    out.not_solved += psoas::usable(d.paths.status) ? 0 : 1;
    for (int s = 0; s < d.model.n_strands(); ++s) {
      const int arm = d.model.arm_entry(s, coordinate.row);
      if (arm < 0) continue;
      seen[static_cast<std::size_t>(s)].push_back(
          {d.pose.q(c), d.paths.length(s), d.paths.moment_arm(arm), d.paths.inside});
    }
  }
  for (int s = 0; s < d.model.n_strands(); ++s) {
    const auto& all = seen[static_cast<std::size_t>(s)];
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (unexplained(all[i - 1], all[i]) > suspicious) {
        look_closer(d, c, s, d.model.arm_entry(s, coordinate.row), all[i - 1], all[i], out);
      }
    }
  }
  d.pose.q(c) = rest;
}

std::vector<std::filesystem::path> reference_models() {
  std::vector<std::filesystem::path> out;
  for (const char* folder : {"/reference/models", "/reference/motions"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PSOAS_SHARED) + folder)) {
      if (entry.path().extension() == ".osim") out.push_back(entry.path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

class EveryPath : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(EveryPath, ChangesItsLengthAsItsMomentArmsSayAndJumpsOnlyWhereTheGeometryForcesIt) {
  Driven d(GetParam());
  Jumps found;
  for (int c = 0; c < d.model.n_coordinates(); ++c) {
    const psoas::Coordinate& coordinate = d.model.coordinates[static_cast<std::size_t>(c)];
    if (coordinate.role == psoas::Role::follows || coordinate.row < 0) continue;
    sweep(d, c, found);
  }
  for (const auto& [where, size] : found.free) ADD_FAILURE() << where << " jumps by " << 1e3 * size << " mm";
  EXPECT_EQ(found.not_solved, 0);
  const auto worst = [](const std::map<std::string, double>& jumps) {
    double most = 0.0;
    for (const auto& [where, size] : jumps) most = std::max(most, size);
    return std::to_string(jumps.size()) + ", largest " + std::to_string(1e3 * most) + " mm";
  };
  RecordProperty("conditional_points", worst(found.conditional));
  RecordProperty("ends_that_change_places_beside_a_half", worst(found.halves));
  RecordProperty("points_that_enter_a_surface", worst(found.entering));
  std::cout << GetParam().filename() << ": at conditional points " << worst(found.conditional)
            << "; where a point enters a surface " << worst(found.entering)
            << "; where the ends change places beside a half " << worst(found.halves) << '\n';
}

INSTANTIATE_TEST_SUITE_P(Models, EveryPath, testing::ValuesIn(reference_models()), [](const auto& one) {
  std::string name = one.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name + '_' + std::to_string(one.index);
});

}  // namespace
