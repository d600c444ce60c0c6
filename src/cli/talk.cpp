#include "talk.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "exit_code.hpp"

namespace psoas::cli {
namespace {

LogLevel wanted = LogLevel::info;

[[noreturn]] void fail() {
  throw Failure(not_writable, std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace

void set_log_level(LogLevel level) { wanted = level; }

void say(LogLevel level, const std::string& text) {
  if (level > wanted) return;
  std::string out;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (end > start) out += "psoas: " + text.substr(start, end - start) + '\n';
    start = end + 1;
  }
  std::fputs(out.c_str(), stderr);
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail();
}

void finish_output() {
  if (std::fflush(stdout) != 0) fail();
}

bool colors_wanted() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace psoas::cli
