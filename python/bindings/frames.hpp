#pragma once

#include <atomic>
#include <future>
#include <utility>

#include "common.hpp"
#include "psoas/model/task.hpp"

namespace psoas::python {

/// What at() hands out: views are made anew for every use, since a task may get other supports in between.
struct FrameOfTask {
  const Task* task = nullptr;
  int frame = 0;

  FrameInput input() const { return at(*task, frame); }
};

/// Runs something long without the interpreter's lock, and asks it to end when Ctrl-C is pressed.
/// @param work  takes the flag to watch: set to true from outside, it ends with an Error
template <class Work>
auto interruptible(const Work& work) {
  std::atomic<bool> cancel{false};
  auto running = std::async(std::launch::async, [&] { return work(&cancel); });
  for (;;) {
    {
      const py::gil_scoped_release release;
      if (running.wait_for(std::chrono::milliseconds(50)) == std::future_status::ready) break;
    }
    if (PyErr_CheckSignals() == 0) continue;
    cancel = true;
    {
      const py::gil_scoped_release release;
      running.wait();
    }
    throw py::error_already_set();
  }
  return running.get();
}

}  // namespace psoas::python
