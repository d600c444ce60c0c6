#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace psoas {

/// A call was wrong: a name that does not exist, a vector of the wrong size. The message is one line.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One fault of a description: where it stands (`file:line:column`, or empty) and what is wrong.
struct Fault {
  std::string where;
  std::string message;
};

/// A description (model, scenario, subject) is wrong. Carries every fault found; what() has one line for each.
class SpecError : public Error {
 public:
  explicit SpecError(std::vector<Fault> faults) : Error(join(faults)), faults_(std::move(faults)) {}

  const std::vector<Fault>& faults() const { return faults_; }

 private:
  static std::string join(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) {
      if (!text.empty()) text += '\n';
      if (!fault.where.empty()) text += fault.where + ": ";
      text += fault.message;
    }
    return text;
  }

  std::vector<Fault> faults_;
};

}  // namespace psoas
