#include <gtest/gtest.h>

#include <filesystem>

#include "psoas/io/read_motion.hpp"

namespace psoas::io {
namespace {

std::vector<std::filesystem::path> recordings() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"/reference", "/golden"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PSOAS_SHARED) + folder)) {
      const auto ending = entry.path().extension();
      if (entry.is_regular_file() && (ending == ".mot" || ending == ".sto")) files.push_back(entry.path());
    }
  }
  return files;
}

TEST(MotionFiles, AreAllRead) {
  const auto files = recordings();
  EXPECT_GT(files.size(), 40u);
  for (const auto& file : files) {
    SCOPED_TRACE(file);
    try {
      const Imported<Table> read = read_motion(file);
      EXPECT_GT(read.value.time.size(), 1u);
      EXPECT_GT(read.value.labels.size(), 1u);
      EXPECT_TRUE(read.value.values.allFinite());
      for (const std::string& note : read.notes) std::printf("%s: %s\n", file.filename().c_str(), note.c_str());
    } catch (const std::exception& error) {
      ADD_FAILURE() << std::string(error.what()).substr(0, 400);
    }
  }
}

}  // namespace
}  // namespace psoas::io
