#include "psoas/model/task_fit.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "psoas/model/catalog.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/recording.hpp"

namespace {

using namespace psoas;

struct TaskFit : testing::Test {
  const Model model = compile(catalog::planar_hip());
  Task task;

  TaskFit() {
    task.name = "posture";
    task.frames = {{0.0, rest_pose(model), {}, {}}, {1.0, rest_pose(model), {}, {}}};
    task.lower = VecX::Zero(model.n_strands());
    task.upper = VecX::Ones(model.n_strands());
  }

  /// What is said of a task after a change; empty: it fits.
  std::string said(const std::function<void(Task&)>& change) const {
    Task changed = task;
    change(changed);
    try {
      require_frames_fit(model, changed);
      require_bounds_fit(model, changed);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(TaskFit, NamesWhatDoesNotFit) {
  EXPECT_EQ(said([](Task&) {}), "");
  EXPECT_EQ(said([](Task& t) { t.frames[1].time = 0.0; }), "") << "two frames at one time are a jump";
  EXPECT_EQ(said([](Task& t) { t.frames.clear(); }), "task \"posture\" has no frames");
  const std::string unfit = "task \"posture\" does not fit the model: ";
  EXPECT_EQ(said([](Task& t) { t.frames[1].pose.v.resize(9); }), unfit + "coordinates");
  EXPECT_EQ(said([](Task& t) { t.frames[1].supports = {{99, 0, 1.0}}; }), unfit + "support nodes");
  EXPECT_EQ(said([](Task& t) { t.frames[1].loads = {{"bell", 99, {}, {}, {}}}; }), unfit + "bodies of external forces");
  EXPECT_EQ(said([](Task& t) { t.frames[1].time = -1.0; }), unfit + "times that fall, or are no number");
  EXPECT_EQ(said([](Task& t) { t.frames[0].time = not_a_number; }), unfit + "times that fall, or are no number");
  EXPECT_EQ(said([](Task& t) { t.lower.resize(0); }), unfit + "bounds of activation");
  EXPECT_EQ(said([](Task& t) { t.lower[0] = 2.0; }),
            unfit + "a least activation above the greatest one, or not a number");
  EXPECT_EQ(said([](Task& t) { t.upper[0] = not_a_number; }),
            unfit + "a least activation above the greatest one, or not a number");
}

TEST_F(TaskFit, AMotionNeedsARow) {
  Table table;
  table.name = "empty";
  table.labels = {model.coordinates[0].name};
  table.values.resize(0, 1);
  EXPECT_THROW(motion_of(table, model), Error);
}

}  // namespace
