#include <gtest/gtest.h>

#include <chrono>

#include "io/toml/model.hpp"
#include "psoas/core/error.hpp"

namespace psoas {
namespace {

std::vector<Fault> faults_of(const std::string& text) {
  try {
    io::toml::model_from(text, "m.toml");
  } catch (const SpecError& error) {
    return error.faults();
  }
  return {};
}

const std::string model_head = "schema = 1\nname = \"m\"\n";  // two lines: what follows starts on line 3
const std::string coordinate = model_head + "[[coordinate]]\nname = \"q_r\"\nrole = \"free\"\n";
const std::string one_joint = model_head + "[[joint]]\nname = \"j\"\nparent = \"ground\"\nchild = \"b\"\n";
const std::string one_patch = model_head + "[[patch]]\nname = \"p\"\n";
const std::string one_muscle = model_head +
                               "[[muscle]]\nname = \"m_r\"\nside = \"r\"\npcsa_cm2 = 1\nspecific_tension_N_cm2 = 76\n"
                               "tendon_slack_length_m = 0.2\n";              // lines 3 to 8
const std::string complete = one_muscle + "optimal_fiber_length_m = 0.1\n";  // to line 9
const std::string path = "points = [[\"a\", 0, 0, 0], [\"b\", 0, 1, 0]]\n";

struct Case {
  std::string text;
  std::string place;    ///< line:column
  std::string message;  ///< a part of it
  std::size_t faults = 1;
};

const Case fault_cases[] = {
    // the head
    {"name = \"m\"\n", "1:1", "the key \"schema\" is missing"},
    {"schema = 1\n", "1:1", "the key \"name\" is missing"},
    {"schema = 7\nname = \"m\"\n", "1:10", "schema 7 is not known"},
    {"schema = 1.5\nname = \"m\"\n", "1:10", "expected an integer, got a number"},
    {"schema = 1\nname = 3\n", "2:8", "name: expected a string, got an integer"},
    {model_head + "descripton = \"x\"\n", "3:1", "unknown key \"descripton\" (did you mean \"description\"?)"},
    {model_head + "gravity_m_s2 = true\n", "3:16", "expected a number, got true or false"},
    {model_head + "gravity_m_s2 = 1979-05-27\n", "3:16", "expected a number, got a date"},
    {model_head + "gravity_m_s2 = inf\n", "3:16", "expected a finite number, got inf"},
    {model_head + "gravity = 9.8\n", "3:1", "gravity is given in m_s2, write \"gravity_m_s2\""},
    // tables
    {model_head + "person = 3\n", "3:10", "person: expected a table, got an integer"},
    {model_head + "[person]\nmass_g = 60000\n", "4:1", "mass is given in kg, write \"mass_kg\""},
    {model_head + "[person]\nage = 30\n", "4:1", "age is given in y, write \"age_y\""},
    {model_head + "[person]\nsex = \"femal\"\n", "4:7", "expected one of male, female, got \"femal\" (did you mean"},
    {model_head + "[source.book]\nyear = 1990\ncitation = \"x\"\n", "4:1", "source \"book\": unknown key \"year\""},
    {model_head + "[source.book]\nnote = \"x\"\n", "3:1", "source \"book\": the key \"citation\" is missing"},
    {model_head + "[source]\nbook = \"x\"\n", "4:8", "source \"book\": expected a table, got a string"},
    {model_head + "[recruit]\npower = 99999999999\n", "4:9", "an integer beyond 1e9"},
    {model_head + "[body]\nname = \"b\"\n", "3:1", "body: expected an array of tables, [[body]], got one table"},
    {model_head + "body = [1]\n", "3:9", "body: expected a table, got an integer"},
    {model_head + "body = 1\n", "3:8", "body: expected an array, got an integer"},
    {model_head + "[[muscles]]\nname = \"b\"\n", "3:3", "unknown key \"muscles\" (did you mean \"muscle\"?)"},
    // quantities
    {one_muscle + path + "optimal_fibre_length_m = 0.1\n", "3:1", "the key \"optimal_fiber_length_m\" is missing", 2},
    {complete + path + "optimal_fibre_length_m = 0.1\n", "11:1", "(did you mean \"optimal_fiber_length_m\"?)"},
    {complete + path + "pennation_deg = 10\n", "11:1", "pennation is given in rad, write \"pennation_rad\""},
    {complete + path + "strength_N = 10\n", "11:1", "strength has no unit, write \"strength\""},
    {complete + path + "strength = \"strong\"\n", "11:12", "muscle \"m_r\": strength: expected a number, got a string"},
    {complete + path + "strength = { sd = 1 }\n", "11:12", "muscle \"m_r\": strength: the key \"value\" is missing"},
    {complete + path + "strength = { value = 1, sv = 1 }\n", "11:25", "unknown key \"sv\" (did you mean \"sd\""},
    {complete + path + "strength = { value = 1, sd = nan }\n", "11:30", "expected a finite number, got nan"},
    {complete + path + "strength = { value = 1, verified = \"yes\" }\n", "11:36",
     "expected true or false, got a string"},
    {complete + path + "tone = 1\n", "11:8", "tone: expected true or false, got an integer"},
    // paths
    {complete, "3:1", "muscle \"m_r\": the key \"points\" is missing"},
    {complete + "points = [[\"a\", 0, 0]]\n", "10:11",
     "points[0]: expected a point [\"body\", x, y, z], got 3 elements"},
    {complete + "points = [[\"a\", 0, 0, \"z\"]]\n", "10:23", "points[0][3]: expected a number, got a string"},
    {complete + "points = [[4, 0, 0, 0]]\n", "10:12", "points[0][0]: expected a string, got an integer"},
    {complete + "points = [\"a\"]\n", "10:11", "points[0]: expected a point"},
    {complete + "points = [{ body = \"a\", x = 0, y = 0, z = { kind = \"constant\", value = 1 } }]\n", "10:11",
     "the key \"coordinate\" is missing"},
    {complete + "points = [{ body = \"a\", x = 0, y = 0 }]\n", "10:11", "the key \"z\" is missing"},
    {complete + "points = [{ body = \"a\", x = 0, y = 0, z = 0, while = { coordinate = \"q\" } }]\n", "10:54",
     "the key \"range_deg\" is missing"},
    {complete + "points = [{ body = \"a\", x = 0, y = 0, z = 0, while = { coordinate = \"q\", range_deg = [1] } }]\n",
     "10:86", "range_deg: expected 2 numbers, got 1"},
    {complete + path + "wraps = [{ surface = \"s\", segment = 0.5, side = \"clockwise\" }]\n", "11:37",
     "wraps[0]: segment: expected an integer, got a number"},
    {complete + path + "wraps = [{ surface = \"s\", segment = 0, side = \"clockwse\" }]\n", "11:47",
     "(did you mean \"clockwise\""},
    {complete + path + "groups = [\"a\", 2]\n", "11:16", "groups: expected a string, got an integer"},
    // functions
    {one_joint + "rotations = [{ axis = [0, 0, 1] }]\n", "7:14", "rotations[0]: the key \"coordinate\" is missing"},
    {one_joint + "rotations = [{ axis = [0, 1], coordinate = \"q\" }]\n", "7:23", "axis: expected 3 numbers, got 2"},
    {one_joint + "rotations = [{ axis = [0, 0, 1], coordinate = \"q\", function = { kind = \"cubic\" } }]\n", "7:72",
     "expected one of constant, linear"},
    {one_joint + "rotations = [{ axis = [0, 0, 1], coordinate = \"q\", function = { kind = \"linear\", x = [1] } }]\n",
     "7:82", "unknown key \"x\""},
    {one_joint + "rotations = [{ axis = [0, 0, 1], coordinate = \"q\", function = { kind = \"piecewise_linear\", "
                 "x = [1, 2], y = [1] } }]\n",
     "7:63", "x and y must have equal sizes, got 2 and 1"},
    {one_joint + "rotations = [{ axis = [0, 0, 1], coordinate = \"q\", function = { kind = \"polynomial\" } }]\n",
     "7:63", "the key \"coefficients\" is missing"},
    {one_joint + "rotations = [{ axis = [0, 0, 1], coordinate = \"q\", function = \"sine\" }]\n", "7:63",
     "function: expected a table, got a string"},
    {one_joint + "parent_offset = [0, 0, 0]\n", "7:1", "parent_offset is given in m, write \"parent_offset_m\""},
    // coordinates
    {coordinate + "range_deg = [0, 1, 2]\n", "6:13", "range_deg: expected 2 numbers, got 3"},
    {coordinate + "range_deg = [0, 1]\ndefault_m = 0\n", "3:1",
     "keys in degrees and keys in metres exclude each other"},
    {coordinate + "range_mm = [0, 1]\n", "6:1", "range is given in deg, write \"range_deg\""},
    {coordinate + "range_rad = [0, 1]\nrange_deg = [0, 1]\n", "6:1", "range_deg and range_rad exclude each other"},
    {coordinate + "default_rad = 1\nrange_m = [0, 1]\n", "3:1", "keys in degrees and keys in metres exclude"},
    {coordinate + "follows = { coordinate = \"p\" }\n", "6:11", "only a coordinate of role \"follows\" has it"},
    {model_head + "[[coordinate]]\nname = \"q\"\nrole = \"follows\"\n", "3:1", "the key \"follows\" is missing"},
    {model_head + "[[coordinate]]\nname = \"q\"\nrole = \"fre\"\n", "5:8", "(did you mean \"free\"?)"},
    // names and sides
    {coordinate + "[[coordinate]]\nname = \"q_r\"\nrole = \"free\"\n", "6:1",
     "two coordinates are called \"q_r\", the first at m.toml:3:1"},
    {coordinate + "mirror = true\n[[coordinate]]\nname = \"q_l\"\nrole = \"free\"\n", "7:1",
     "two coordinates are called \"q_l\", the first at m.toml:3:1"},
    {model_head + "[[coordinate]]\nname = \"q_l\"\nrole = \"free\"\nmirror = true\n", "6:10",
     "only the right side has an image"},
    {coordinate + "mirror = \"yes\"\n", "6:10", "mirror: expected true or false, got a string"},
    {model_head + "[[level]]\nname = \"a\"\njoint = \"j\"\ncoordinates = [\"x\"]\n", "6:15", "expected 3 names"},
    {one_patch + "nodes = [[\"a\", 0, 0]]\n", "5:10", "patch \"p\": nodes[0]: expected a point"},
    {model_head + "[[frame]]\nname = \"f\"\nparent = \"p\"\nbalanced_axes = [\"w\"]\n", "6:18",
     "expected \"x\", \"y\" or \"z\""},
    // the text itself
    {"", "1:1", "the file is empty"},
    {"# only words\n\n", "1:1", "the file is empty"},
    {model_head + "[person\n", "3:8", "TOML syntax, table header"},
    {model_head + "name = \"again\"\n", "3:8", "cannot redefine existing string 'name'"},
    {model_head + "x = 1e999\n", "3:10", "TOML syntax"},
    {std::string("schema = 1\nab\0c", 15), "2:3", "a NUL byte: this is not a text file"},
    {"schema = 1\n# \xC3\xA9 \xFF\n", "2:5", "a byte that is not UTF-8"},
};

TEST(ModelFaults, EachIsFoundWhereItStands) {
  for (const Case& c : fault_cases) {
    const std::vector<Fault> faults = faults_of(c.text);
    std::string all;
    for (const Fault& fault : faults) all += fault.where + ": " + fault.message + '\n';
    EXPECT_EQ(faults.size(), c.faults) << c.text << all;
    if (faults.empty()) continue;
    EXPECT_EQ(faults.front().where, "m.toml:" + c.place) << c.text << all;
    EXPECT_NE(faults.front().message.find(c.message), std::string::npos) << c.text << all << "wanted " << c.message;
  }
}

TEST(ModelFaults, AFaultDoesNotHideTheNext) {
  std::string text = model_head;
  for (int k = 0; k < 20; ++k) text += "[[patch]]\nname = " + std::to_string(k) + "\nnodes = 3\nwrong = 1\n";
  EXPECT_EQ(faults_of(text).size(), 60u);
}

TEST(ModelFaults, AreCountedBeyondTheFirstThousand) {
  std::string text = model_head;
  for (int k = 0; k < 5000; ++k) text += "key_" + std::to_string(k) + " = 1\n";
  const std::vector<Fault> faults = faults_of(text);
  ASSERT_EQ(faults.size(), 1001u);
  EXPECT_EQ(faults.back().message, "and 4000 more faults");
}

std::string repeated(const std::string& part, std::size_t times) {
  std::string out;
  while (times-- > 0) out += part;
  return out;
}

TEST(ModelFaults, DepthBeyondAllReasonIsRefusedBeforeItIsParsed) {
  const std::size_t deep = 200000;
  for (const std::string& text :
       {"x = " + repeated("[", deep), "x = " + repeated("{a=", deep), repeated("a.", deep) + "b = 1",
        repeated("\"a\" . ", deep) + "b = 1", "[" + repeated("a.", deep) + "b]", "[[" + repeated("a.", deep) + "b]]",
        "x = {" + repeated("a.", deep) + "b = 1}", "x = \"\"\"a\"\"\"\"\"\ny = " + repeated("[", deep),
        "x = '''a'''''\n" + repeated("a.", deep) + "b = 1", "x = \"\\\"\" # \"\n" + repeated("a.", deep) + "b = 1"}) {
    const std::vector<Fault> faults = faults_of(text);
    ASSERT_EQ(faults.size(), 1u) << text.substr(0, 40);
    EXPECT_NE(faults[0].message.find("is the most"), std::string::npos) << faults[0].message;
  }
}

TEST(ModelFaults, BracketsAndDotsInStringsAndCommentsAreNoDepth) {
  const std::string dots(100, '.'), brackets(100, '[');
  for (const std::string& text :
       {"\"" + dots + "\"", "'" + brackets + "'", "\"\"\"" + brackets + "\n\"" + dots + "\"\"\"",
        "'''" + brackets + "\n''" + dots + "'''", "\"\\\"\\\\\" #" + brackets + dots}) {
    EXPECT_TRUE(faults_of(model_head + "description = " + text + "\n").empty()) << text;
  }
}

TEST(ModelFaults, TheUtmostDepthIsParsed) {
  const std::vector<Fault> faults = faults_of(model_head + "x = " + std::string(24, '[') + std::string(24, ']') + "\n");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_NE(faults[0].message.find("unknown key \"x\""), std::string::npos);
}

TEST(ModelFaults, AMillionValuesAndLongKeysAreRefusedQuickly) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_NE(faults_of("x = [" + repeated("1,", 1500000) + "]").front().message.find("too many values"),
            std::string::npos);
  const std::string message = faults_of(model_head + std::string(1000000, 'a') + " = 1\n").front().message;
  EXPECT_LT(message.size(), 200u);
  EXPECT_FALSE(faults_of(model_head + repeated("[[body]]\nname = \"b\"\n", 20000)).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(ModelFaults, NoBeginningOfAModelFileAndNoDamagedByteCrashesTheReader) {
  const std::string whole = complete + path +
                            "[[frame]]\nname = \"f\"\nparent = 'p'\nrotations = [{ axis = [0, 0, 1], "
                            "coordinate = \"q\", function = { kind = \"linear\" } }]\n";
  ASSERT_TRUE(faults_of(whole).empty());
  std::size_t refused = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) refused += !faults_of(whole.substr(0, size)).empty();
  EXPECT_GT(refused, whole.size() / 2);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char damage : {'\0', '"', '[', '}', '=', '\n', '\xFF'}) {
      std::string text = whole;
      text[at] = damage;
      for (const Fault& fault : faults_of(text)) EXPECT_EQ(fault.where.rfind("m.toml:", 0), 0u);
    }
  }
}

}  // namespace
}  // namespace psoas
