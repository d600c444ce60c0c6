#include "psoas/io/sto.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "io/hand_made.hpp"
#include "io/text_file.hpp"
#include "psoas/io/write_outcome.hpp"

namespace psoas::io {
namespace {

ResultTable table_of(const Outcome& outcome, const std::string& suffix) {
  for (ResultTable& table : result_tables(outcome)) {
    if (table.suffix == suffix) return table;
  }
  ADD_FAILURE() << suffix;
  return {};
}

TEST(Sto, IsByteForByteWhatOpenSimPrints) {
  const Table table{
      "Coordinates", true, {"pelvis_tilt", "pelvis_ty"}, {0.0, 0.01}, RowMatX{{-8.5, 0.94}, {-0.0, 1e-7}}};
  EXPECT_EQ(sto_text(table),
            "Coordinates\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\n\n"
            "Units are S.I. units (second, meters, Newtons, ...)\nAngles are in degrees.\n\nendheader\n"
            "time\tpelvis_tilt\tpelvis_ty\n0\t-8.5\t0.94\n0.01\t0\t1e-07\n");
}

TEST(Sto, RefusesWhatAReaderWouldMisread) {
  const Table good{"T", false, {"a", "b"}, {0.0, 1.0}, RowMatX::Zero(2, 2)};
  Table table = good;
  table.values(1, 1) = not_a_number;
  EXPECT_THROW(sto_text(table), Error);
  table = good;
  table.time[1] = 0.0;
  EXPECT_THROW(sto_text(table), Error);
  table = good;
  table.labels = {"a b", "a_b"};  // white space becomes an underscore
  EXPECT_THROW(sto_text(table), Error);
  table = good;
  table.labels[0] = "time";
  EXPECT_THROW(sto_text(table), Error);
  table.labels[0] = "";
  EXPECT_THROW(sto_text(table), Error);
  table = good;
  table.time = {0.0, infinity};
  EXPECT_THROW(sto_text(table), Error);
  table = Table{"T", false, {"a"}, {not_a_number}, RowMatX::Zero(1, 1)};
  EXPECT_THROW(sto_text(table), Error) << "one row has nothing to be compared with";
  table = good;
  table.labels.pop_back();
  EXPECT_THROW(sto_text(table), Error);
}

TEST(Sto, NameIsNeverTakenForAKeyOfTheHeader) {
  const auto first_line = [](const std::string& name) {
    const std::string text = sto_text({name, false, {"a"}, {0.0}, RowMatX::Zero(1, 1)});
    return text.substr(0, text.find("\nversion=1\n"));
  };
  EXPECT_EQ(first_line("Static Optimization force"), "Static Optimization force");
  EXPECT_EQ(first_line("nRows of mine"), "_nRows of mine");
  EXPECT_EQ(first_line("endheader"), "_endheader");
  EXPECT_EQ(first_line("a=b\nendheader\t"), "a_b_endheader_");
  EXPECT_EQ(first_line("# one"), "_# one");
  EXPECT_EQ(first_line(""), "_");
}

TEST(WriteMotion, WritesTheWholeFileOrNone) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "write_motion_test";
  fs::remove_all(folder);
  fs::create_directory(folder);
  Table table{"T", false, {"a"}, {0.0, 1.0}, RowMatX::Zero(2, 1)};
  write_motion(table, folder / "x.mot");
  EXPECT_EQ(read_text_file(folder / "x.mot"), sto_text(table));
  table.values(0, 0) = 3.0;
  write_motion(table, folder / "x.mot");
  EXPECT_EQ(read_text_file(folder / "x.mot"), sto_text(table)) << "replaced";
  fs::create_symlink("x.mot", folder / "link.mot");
  table.values(0, 0) = 4.0;
  write_motion(table, folder / "link.mot");
  EXPECT_TRUE(fs::is_symlink(folder / "link.mot"));
  EXPECT_EQ(read_text_file(folder / "x.mot"), sto_text(table)) << "a link is followed";
  fs::create_directory(folder / "taken.mot");
  EXPECT_THROW(write_motion(table, folder / "taken.mot"), OutputError);
  EXPECT_THROW(write_motion(table, folder / "missing" / "x.mot"), OutputError);
  EXPECT_THROW(write_motion(table, "/dev/full"), OutputError);
  table.values(0, 0) = not_a_number;
  EXPECT_THROW(write_motion(table, folder / "x.mot"), Error);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 3) << "nothing is left behind";
}

TEST(ResultTables, LeaveFailedFramesOut) {
  for (const ResultTable& table : result_tables(test::hand_made())) {
    EXPECT_EQ(table.table.time, (std::vector<double>{0.0, 1.0})) << table.suffix;
    EXPECT_TRUE(table.left_out.empty()) << table.suffix;
    EXPECT_NO_THROW(sto_text(table.table)) << table.suffix;
  }
}

TEST(ResultTables, GiveAnglesInDegreesAndLengthsInMetres) {
  const ResultTable table = table_of(test::hand_made(), "Kinematics_q");
  EXPECT_EQ(table.table.labels, (std::vector<std::string>{"slide", "bend", "bend_too"}));
  EXPECT_TRUE(table.table.in_degrees);
  EXPECT_DOUBLE_EQ(table.table.values(0, 0), 0.1);
  EXPECT_DOUBLE_EQ(table.table.values(0, 1), 90.0);
  EXPECT_DOUBLE_EQ(table.table.values(0, 2), 45.0);
}

TEST(ResultTables, CallMomentsAndForcesByTheirNames) {
  const ResultTable table = table_of(test::hand_made(), "InverseDynamics");
  EXPECT_EQ(table.table.labels, (std::vector<std::string>{"slide_force", "bend_moment"}));
}

TEST(ResultTables, GiveTheLoadOfEveryJointInTheFrameAskedFor) {
  const auto reactions = [](ReactionFrame frame) {
    for (const ResultTable& t : result_tables(test::hand_made(), frame)) {
      if (t.suffix == "JointReaction_ReactionLoads") return t.table;
    }
    return Table{};
  };
  const Table child = reactions(ReactionFrame::child), ground = reactions(ReactionFrame::ground);
  ASSERT_EQ(child.labels.size(), 27u);
  EXPECT_EQ(child.labels.front(), "hip_r_on_femur_r_in_femur_r_fx");
  EXPECT_EQ(child.labels[3], "hip_r_on_femur_r_in_femur_r_mx");
  EXPECT_EQ(child.labels.back(), "back_on_torso_in_torso_pz");
  EXPECT_EQ(ground.labels[9], "hip_l_on_femur_l_in_ground_fx");
  EXPECT_EQ(child.values(0, 0), 1.0);
  EXPECT_EQ(child.values(1, 26), 2.0 * 45.0);
  EXPECT_EQ(ground.values(0, 9), 28.0);
  const Table both = reactions(ReactionFrame::both);
  ASSERT_EQ(both.labels.size(), 54u);
  for (int c = 0; c < 54; ++c) EXPECT_EQ(both.values(0, c), c + 1.0) << both.labels[static_cast<std::size_t>(c)];
}

TEST(ResultTables, ListActuatorsBehindTheMuscles) {
  Outcome outcome = test::hand_made();
  outcome.actuators = {{"bend_reserve", 1, 4.0}};
  outcome.control = MatX{{0.5, not_a_number, -1.0}};
  const ResultTable activation = table_of(outcome, "StaticOptimization_activation");
  const ResultTable force = table_of(outcome, "StaticOptimization_force");
  EXPECT_EQ(force.table.labels, (std::vector<std::string>{"odd name, r", "bend_reserve"}));
  EXPECT_EQ(activation.table.labels, force.table.labels);
  EXPECT_EQ(activation.table.values(1, 1), -1.0);
  EXPECT_EQ(force.table.values(1, 1), -4.0);
}

TEST(ResultTables, NameTheColumnsThatASolvedFrameLacks) {
  Outcome outcome = test::hand_made();
  outcome.force(0, 2) = not_a_number;
  const ResultTable table = table_of(outcome, "StaticOptimization_force");
  EXPECT_EQ(table.left_out, (std::vector<std::string>{"odd name, r"}));
  EXPECT_EQ(table.table.labels, (std::vector<std::string>{"slide_reserve", "bend_reserve"}));
}

TEST(ResultTables, HoldNoRowsWhenEveryFrameFailed) {
  Outcome outcome = test::hand_made();
  outcome.frame_status.assign(3, Status::infeasible);
  for (const ResultTable& table : result_tables(outcome)) EXPECT_TRUE(table.table.time.empty());
}

}  // namespace
}  // namespace psoas::io
