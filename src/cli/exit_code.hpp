#pragma once

#include <stdexcept>
#include <string>

namespace psoas::cli {

/// What the program returns.
enum ExitCode : int {
  done = 0,
  bug = 1,                ///< not the user's fault
  usage = 2,              ///< the command line is wrong: command, option, or what an option says
  invalid_input = 3,      ///< a model, scenario or file that is missing or wrong
  numerical_failure = 4,  ///< some frames could not be solved
  gate_failed = 5,        ///< under --strict: a gate failed
  not_writable = 6,       ///< a result or standard output could not be written
  interrupted = 130
};

/// Ends a command with a code and a message, one line a fault.
class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace psoas::cli
