#include "psoas/io/read_motion.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "io/expect_faults.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/sto.hpp"

namespace psoas::io {
namespace {

const std::string header = "Coordinates\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\nendheader\n";
const std::string body = "time\ta\tb\n0\t1.5\t-2\n0.01\t2.5e-3\t4\n";

void expect_the_table(const std::string& text, const std::string& name = "x.sto") {
  const Table table = read_motion_text(text, name).value;
  EXPECT_EQ(table.labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(table.time, (std::vector<double>{0.0, 0.01}));
  EXPECT_EQ(table.values, (RowMatX{{1.5, -2.0}, {2.5e-3, 4.0}}));
}

TEST(ReadMotion, ReadsWhatOpenSimPrints) {
  const Imported<Table> read = read_motion_text(header + body, "x.sto");
  expect_the_table(header + body);
  EXPECT_EQ(read.value.name, "Coordinates");
  EXPECT_TRUE(read.value.in_degrees);
  EXPECT_TRUE(read.notes.empty()) << read.notes.front();
}

TEST(ReadMotion, DoesNotMindHowAHeaderIsWritten) {
  const std::string headers[] = {
      "T\r\nversion=1\r\nnRows=2\r\nnColumns=3\r\ninDegrees=no\r\n\r\nSome words.\r\n\r\nendheader\r\n",
      "T\t\t\nversion=1\t\t\t\nnRows=2\t\t\nnColumns=3\t\ninDegrees=yes\t\t\nendheader\t\t\n",
      "name T\ndatacolumns 3\ndatarows 2\notherdata 1\nrange 0 0.01\nendheader\n",
      "T\nnr=2\nnc 3\nendheader\n\n \n\t\n",
      "inDegrees=no\nnColumns=3\nnRows=2\nDataType=double\nversion=3\nOpenSimVersion=4.5\nendheader\n",
      "\xEF\xBB\xBFT\nversion = 2\nDataType=Double\ninDegrees Y\n   endheader\n",
      "endheader\n"};
  for (const std::string& text : headers) expect_the_table(text + body);
}

TEST(ReadMotion, DoesNotMindHowRowsAreWritten) {
  for (const std::string rows :
       {"time\ta\tb\t\t\n0\t1.5\t-2\t\t\n0.01\t2.5e-3\t4\t\n", "  time  a  b \n  0   1.5 -2\n 0.01 2.5e-3 4",
        "time\ta\tb\r\n0\t1.5\t-2\r\n0.01\t2.5e-3\t4\r\n", "time\t\ta\t\t b\t\t\n0\t1.5\t-2\n0.01\t2.5e-3\t4\n",
        "time\ta\tb\n0\t+1.5\t-2.0\n1e-2\t0.0025\t4\n\n\n"}) {
    expect_the_table(header + rows);
  }
}

TEST(ReadMotion, KnowsDegreesAsOpenSimDoes) {
  const struct {
    const char *name, *lines;
    bool degrees;
    const char* note;
  } cases[] = {
      {"x.mot", "version=1\ninDegrees=no\n", false, nullptr},
      {"x.mot", "version=1\ninDegrees=yes\n", true, nullptr},
      {"x.sto", "inDegrees yes\n", true, nullptr},
      {"x.mot", "", true, "angles are taken to be in degrees, as in every .mot without version"},
      {"X.MOT", "", true, "degrees"},
      {"x.sto", "", false, "angles are taken to be in radians"},
      {"x.sto", "version=1\n", false, "angles are taken to be in radians"},
      {"x.mot", "version=3\nDataType=double\n", false, "angles are taken to be in radians"},
      {"x.sto", "Angles are in degrees.\n", true, nullptr},
      {"x.sto", "version=1\nAngles are in degrees.\n", false, "radians"},
      {"x.sto", "version=1\ninDegrees=no\nAngles are in degrees.\n", false, nullptr},
      {"x.mot", "inDegrees=no\n", false, "OpenSim takes degrees"},
  };
  for (const auto& c : cases) {
    const Imported<Table> read = read_motion_text("T\n" + std::string(c.lines) + "endheader\n" + body, c.name);
    EXPECT_EQ(read.value.in_degrees, c.degrees) << c.name << c.lines;
    ASSERT_EQ(read.notes.size(), c.note == nullptr ? 0u : 1u) << c.name << c.lines;
    if (c.note != nullptr) {
      EXPECT_NE(read.notes[0].find(c.note), std::string::npos) << read.notes[0];
    }
  }
}

TEST(ReadMotion, SaysWhatItAssumedOrDropped) {
  const struct {
    std::string text;
    const char* note;
  } cases[] = {
      {"T\nversion=1\nnRows=7\ninDegrees=no\nendheader\n" + body, "nRows is 7 in the header, but there are 2 rows"},
      {"T\nversion=1\nnColumns=9\ninDegrees=no\nendheader\n" + body, "nColumns is 9 in the header, but there are 3"},
      {"T\nversion=1\nversion=2\ninDegrees=no\nendheader\n" + body, "\"version\" stands twice"},
      {"T\ninDegrees=no\nrange 0 1\nendheader\n" + body, "header line \"range 0 1\" is not used"},
      {"T\ninDegrees=no\nOther=thing\nendheader\n" + body, "header line \"Other=thing\" is not used"},
      {header + "Time\ta\tb\n0\t1.5\t-2\n1\t0\t0\n", "\"Time\", which is read as \"time\""},
      {header + "time\ta\tb\n0\t1.5\t-2\n\n1\t0\t0\n", "blank lines inside the data"},
      {header + "time\tleft hip\tb\n0\t1.5\t-2\n1\t0\t0\n", "names of columns hold blanks"},
  };
  for (const auto& c : cases) {
    const Imported<Table> read = read_motion_text(c.text, "x.sto");
    ASSERT_EQ(read.notes.size(), 1u) << c.note << (read.notes.empty() ? "" : read.notes.back());
    EXPECT_NE(read.notes[0].find(c.note), std::string::npos) << read.notes[0];
  }
}

TEST(ReadMotion, KeepsBlanksInNamesWhereTheHeaderCountsThem) {
  const Table table = read_motion_text(header + "time\tleft hip\tb\n0\t1.5\t-2\n1\t0\t0\n", "x.sto").value;
  EXPECT_EQ(table.labels, (std::vector<std::string>{"left hip", "b"}));
}

TEST(ReadMotion, NamesEveryFaultAndItsPlace) {
  const std::string h = "T\ninDegrees=no\nendheader\n";
  const struct {
    std::string text;
    std::vector<std::string> faults;
  } cases[] = {
      {"", {"f.sto:1:1: no line \"endheader\""}},
      {"time\ta\n0\t1\n", {"f.sto:1:1: no line \"endheader\""}},
      {"time,a\n0,1\n", {"f.sto:1:1: no line \"endheader\""}},
      {std::string("T\n\0", 3), {"f.sto:2:1: a NUL byte"}},
      {"T\nendheader\ntime\t\xFF\n", {"f.sto:3:6: a byte that is not UTF-8"}},
      {h, {"f.sto:3:1: there are no columns below"}},
      {h + "time\ta\n", {"f.sto:4:1: there are no rows of numbers"}},
      {h + "time\n0\n", {"f.sto:4:1: there is no column beside"}},
      {h + "t\ta\n0\t1\n", {"f.sto:4:1: the first column must be \"time\", got \"t\""}},
      {h + "time\ta\ta\n0\t1\t2\n", {"f.sto:4:8: two columns are called \"a\""}},
      {h + "time\ttime\n0\t1\n", {"f.sto:4:6: two columns are called \"time\""}},
      {h + "time\t\ta\n0\t1\t2\n", {"f.sto:4:6: a column without a name", "f.sto:5:1: 2 numbers are needed, got 3"}},
      {h + "time,a\n0,1\n1,1\n", {"f.sto:4:5: a comma among the names of the columns"}},
      {h + "time\ta\n0\t1,5\n1\t2,5\n", {"f.sto:5:4: a comma: numbers have a decimal point"}},
      {h + "time\ta\n0\tnan\n1\t2\n", {"f.sto:5:3: \"nan\" is no finite number"}},
      {h + "time\ta\n0\t1\n1\t-inf\n", {"f.sto:6:3: \"-inf\" is no finite number"}},
      {h + "time\ta\n0\t1.#QNAN\n", {"f.sto:5:3: \"1.#QNAN\" is no finite number"}},
      {h + "time\ta\n0\t1D3\n", {"f.sto:5:3: \"1D3\" is no finite number"}},
      {h + "time\ta\n0\t1e999\n", {"f.sto:5:3: \"1e999\" is no finite number"}},
      {h + "time\ta\n0\t0x10\n", {"f.sto:5:3: \"0x10\" is no finite number"}},
      {h + "time\ta\n0\t+-1\n", {"f.sto:5:3: \"+-1\" is no finite number"}},
      {h + "time\ta\tb\n0\t\t1\n1\t2\t3\n", {"f.sto:5:3: an empty cell"}},
      {h + "time\ta\tb\n\t1\t2\n", {"f.sto:5:1: an empty cell"}},
      {h + "time\ta\tb\n0\t1\n", {"f.sto:5:1: 3 numbers are needed, got 2"}},
      {h + "time\ta\n0\t1\t2\n", {"f.sto:5:1: 2 numbers are needed, got 3"}},
      {h + "time\ta\n0\t1\n0\t2\n", {"f.sto:6:1: time must increase, got 0 after 0"}},
      {h + "time\ta\n0.5\t1\n0.25\t2\n", {"f.sto:6:1: time must increase, got 0.25 after 0.5"}},
      {h + "time\ta\nx\t1\n0\tx\n0\t1\n",
       {"f.sto:5:1: \"x\" is no", "f.sto:6:3: \"x\" is no", "f.sto:7:1: time must increase"}},
      {"T\nDataType=Vec3\nendheader\ntime\ta\n0\t1,2,3\n", {"f.sto:2:10: DataType \"Vec3\" is not supported"}},
      {"T\nDataType=Quaternion\nnRows=x\nendheader\n", {"f.sto:2:10: DataType", "f.sto:3:7: nRows must be a whole"}},
      {"T\nversion=9\nendheader\ntime\ta\n0\t1\n", {"f.sto:2:9: version 9 is not known"}},
      {"T\nversion=\nendheader\ntime\ta\n0\t1\n", {"f.sto:2:1: version must be a whole number, got \"\""}},
      {"T\ninDegrees=perhaps\nendheader\ntime\ta\n0\t1\n", {"f.sto:2:11: inDegrees must be yes or no"}},
      {"T\nnColumns=-3\nendheader\ntime\ta\n0\t1\n", {"f.sto:2:10: nColumns must be a whole number, got \"-3\""}},
      {"T\nnRows=2.5\nendheader\ntime\ta\n0\tx\n", {"f.sto:2:7: nRows must be", "f.sto:5:3: \"x\" is no"}},
  };
  for (const auto& c : cases) {
    expect_faults([](const std::string& text) { read_motion_text(text, "f.sto"); }, c.text, c.faults);
  }
}

TEST(ReadMotion, StopsAtAThousandFaults) {
  std::string text = "T\ninDegrees=no\nendheader\ntime\ta\n";
  for (int i = 0; i < 5000; ++i) text += std::to_string(i) + "\tnan\n";
  try {
    read_motion_text(text, "f.sto");
    FAIL();
  } catch (const SpecError& error) {
    EXPECT_EQ(error.faults().size(), 1001u);
    EXPECT_EQ(error.faults().back().message, "and 4000 more faults");
  }
}

TEST(ReadMotion, GivesBackEveryNumberThatWasWritten) {
  Table table{"Coordinates", true, {"a", "b", "c"}, {}, RowMatX(50, 3)};
  for (int i = 0; i < 50; ++i) {
    table.time.push_back(0.1 * i);
    table.values.row(i) << std::sin(i) * std::pow(10.0, i - 25), 1.0 / (i + 1), -5e-324 * i;
  }
  const Imported<Table> read = read_motion_text(sto_text(table), "x.mot");
  EXPECT_TRUE(read.notes.empty());
  EXPECT_EQ(read.value.name, table.name);
  EXPECT_EQ(read.value.labels, table.labels);
  EXPECT_EQ(read.value.time, table.time);
  EXPECT_EQ(read.value.values, table.values);
  EXPECT_EQ(read.value.in_degrees, table.in_degrees);
}

TEST(ReadMotion, ReadsAFileAndNamesItAsItWasGiven) {
  const std::string path = testing::TempDir() + "read_motion_test.mot";
  std::ofstream(path) << header << body << "0.02\tx\t1\n";
  try {
    read_motion(path);
    FAIL();
  } catch (const SpecError& error) {
    EXPECT_EQ(error.faults()[0].where, path + ":10:6");
  }
  EXPECT_THROW(read_motion(path + ".mto"), Error);
}

TEST(ReadMotion, TakesFiveMegabytesInAFractionOfASecond) {
  Table table{"T", false, {}, {}, RowMatX(7000, 40)};
  for (int c = 0; c < 40; ++c) table.labels.push_back("column_" + std::to_string(c));
  for (int i = 0; i < 7000; ++i) {
    table.time.push_back(0.001 * i);
    for (int c = 0; c < 40; ++c) table.values(i, c) = std::sin(0.37 * i + c);
  }
  const std::string text = sto_text(table);
  ASSERT_GT(text.size(), 5000000u);
  double best = 1e9;
  for (int attempt = 0; attempt < 5; ++attempt) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(read_motion_text(text, "x.sto").value.values.rows(), 7000);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  RecordProperty("seconds", std::to_string(best));
  EXPECT_LT(best, 1.0) << "0.09 s of one core when optimised; the bound is for sanitizers on a busy machine";
}

}  // namespace
}  // namespace psoas::io
