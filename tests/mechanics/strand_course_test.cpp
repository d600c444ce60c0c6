#include "psoas/mechanics/strand_course.hpp"

#include <gtest/gtest.h>

#include "../whole_body.hpp"

namespace {

using psoas::Vec3;

/// The body in a pose, with its paths.
struct Posed {
  const psoas::Model& model = whole_body::model();
  psoas::Kinematics k{model};
  psoas::Paths paths{model};

  explicit Posed(const psoas::Pose& pose) {
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
  }
};

TEST(StrandCourse, IsAsLongAsThePath) {
  psoas::Random random(7);
  for (int n = 0; n < 5; ++n) {
    const Posed at(n == 0 ? psoas::rest_pose(whole_body::model())
                          : whole_body::random_pose(whole_body::model(), random));
    for (int s = 0; s < at.model.n_strands(); ++s) {
      const std::vector<Vec3> course = psoas::strand_course(at.model, at.k, at.paths, s, 60);
      double length = 0.0;
      for (std::size_t i = 1; i < course.size(); ++i) length += (course[i] - course[i - 1]).norm();
      EXPECT_NEAR(length / at.paths.length(s), 1.0, 1e-4) << at.model.strands[static_cast<std::size_t>(s)].name;
    }
  }
}

TEST(StrandCourse, RunsFromOriginToInsertion) {
  const Posed at(psoas::rest_pose(whole_body::model()));
  const int s = at.model.strand("psoas_L1_VB_r");
  const psoas::Strand& strand = at.model.strands[static_cast<std::size_t>(s)];
  const std::vector<Vec3> course = psoas::strand_course(at.model, at.k, at.paths, s);
  const auto place = [&](int point) { return at.paths.place[static_cast<std::size_t>(point)]; };
  EXPECT_EQ(course.front(), place(strand.first_point));
  EXPECT_EQ(course.back(), place(strand.first_point + strand.n_points - 1));
}

}  // namespace
