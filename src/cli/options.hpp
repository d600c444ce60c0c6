#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "psoas/scenario/override.hpp"

namespace psoas::cli {

/// A whole number that an option was given.
/// @throws Failure naming the option and its range
std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least, std::uint64_t most);

/// A finite number that an option was given. @throws Failure naming the option
double real_number(const std::string& option, const std::string& text);

/// `X,X,...` that an option was given. @throws Failure as real_number()
std::vector<double> real_numbers(const std::string& option, const std::string& text);

/// One of a few words that an option was given. @throws Failure naming the nearest
std::string word(const std::string& option, const std::string& text, const std::vector<std::string>& known);

/// Whether a name is one of a list.
bool holds(const std::vector<std::string>& names, const std::string& name);

/// Every pair of lists `KEY=VALUE,KEY=VALUE`. @throws Failure for a pair without a name or a value
std::vector<Override> key_values(const std::string& option, const std::vector<std::string>& lists);

/// `PATH=VALUE` of every `--set`, then `subject.KEY=VALUE` of every pair of `--subject`.
/// @throws Failure for a pair without a name or a value
std::vector<Override> settings(const std::vector<std::string>& set, const std::vector<std::string>& subject);

}  // namespace psoas::cli
