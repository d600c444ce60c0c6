#include "io/text_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "psoas/core/error.hpp"

namespace psoas::io {
namespace {

std::string written(const std::string& name, const std::string& content) {
  const std::string path = testing::TempDir() + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::string message_of(const std::string& path, std::size_t most = largest_description) {
  try {
    read_text_file(path, most);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(TextFile, IsReadByteForByte) {
  std::string content = "a\r\nb\t\xC3\xA9\n";
  while (content.size() < 200000) content += content;
  EXPECT_EQ(read_text_file(written("bytes.txt", content)), content);
  EXPECT_EQ(read_text_file(written("nothing.txt", "")), "");
}

TEST(TextFile, ThatIsMissingNamesItsNeighbours) {
  written("neighbour.txt", "x");
  EXPECT_NE(message_of(testing::TempDir() + "neighbuor.txt").find("did you mean \"neighbour.txt\""), std::string::npos);
  EXPECT_EQ(message_of("no_such_folder/x.txt"),
            "no file \"no_such_folder/x.txt\": there is no folder \"no_such_folder\"");
}

TEST(TextFile, ThatIsAFolderOrTooLargeOrBinaryIsRefused) {
  EXPECT_NE(message_of(testing::TempDir()).find("is a folder"), std::string::npos);
  const std::string path = written("large.txt", std::string(101, 'x'));
  EXPECT_NE(message_of(path, 100).find("is too large: more than 100 bytes"), std::string::npos);
  EXPECT_EQ(message_of(path, 101), "");
  EXPECT_NE(message_of("/dev/zero", 1000000).find("too large"), std::string::npos) << "never read to its end";
  const std::string binary = written("binary.txt", std::string("ab\nc\0d", 6));
  EXPECT_EQ(message_of(binary), binary + ":2:2: a NUL byte: this is not a text file");
}

TEST(TextFile, PlacesCountLinesAndCharacters) {
  const std::string text = "ab\n\xC3\xA9x\n";
  EXPECT_EQ(place_of(text, 0), (Place{1, 1}));
  EXPECT_EQ(place_of(text, 2), (Place{1, 3}));
  EXPECT_EQ(place_of(text, 3), (Place{2, 1}));
  EXPECT_EQ(place_of(text, 5), (Place{2, 2})) << "a character of two bytes is one column";
  EXPECT_EQ(place_of(text, 99), (Place{3, 1}));
  EXPECT_EQ(where_in("f", {3, 4}), "f:3:4");
}

TEST(TextFile, BrokenUtf8IsFoundAtItsFirstByte) {
  for (const char* good : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBB\xBFmark"}) {
    EXPECT_FALSE(first_fault_of_text(good)) << good;
  }
  for (const char* bad : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF",
                          "\xF0\x9F\x98", "\xE2\x28\xA1"}) {
    const auto fault = first_fault_of_text(std::string("ok ") + bad);
    ASSERT_TRUE(fault) << bad;
    EXPECT_EQ(fault->offset, 3u);
  }
}

}  // namespace
}  // namespace psoas::io
