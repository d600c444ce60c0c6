#include "psoas/io/read_scenario.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "io/text_file.hpp"
#include "io/toml/scenario.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/model/compile.hpp"

namespace psoas {
namespace {

const std::string scenario_head = "schema = 1\nname = \"s\"\n";  // two lines
const std::string band = scenario_head +
                         "[[band]]\nname = \"loop\"\nfrom = [\"calcn_l\", 0.1, 0.2, 0.3]\n"
                         "to = [\"calcn_r\", 0, 0, 0]\nrest_length_m = \"$rest_m / 2\"\n";  // lines 3 to 7
const std::string law = "stretch = [0, 1]\nstrand_force_N = [0, 20]\n";                     // lines 8 and 9

TEST(ReadScenario, ABandIsReadInSiUnits) {
  const Scenario s =
      io::toml::scenario_from(band + law + "strands = 2\nwhen = \"colour = green\"\nsource = \"somebody\"\n", "s.toml");
  ASSERT_EQ(s.bands.size(), 1u);
  const ScenarioBand& b = s.bands[0];
  EXPECT_EQ(b.name, "loop");
  EXPECT_EQ(b.when, "colour = green");
  EXPECT_EQ(b.from.body, "calcn_l");
  EXPECT_EQ(b.from.at, Vec3(0.1, 0.2, 0.3));
  EXPECT_EQ(b.to.body, "calcn_r");
  EXPECT_EQ(b.rest_length.text, "$rest_m / 2");
  EXPECT_EQ(b.strands, 2.0);
  EXPECT_EQ(b.stretch, (std::vector<double>{0.0, 1.0}));
  EXPECT_EQ(b.strand_force, (std::vector<double>{0.0, 20.0}));
  EXPECT_EQ(b.source, "somebody");
  EXPECT_EQ(b.where, "s.toml:3:1");
}

struct ScenarioCase {
  std::string text;
  std::string place;    ///< line:column
  std::string message;  ///< a part of it
};

TEST(ReadScenario, FaultsOfBandsAreFoundWhereTheyStand) {
  const ScenarioCase cases[] = {
      {band + law + "strand = 2\n", "10:1", "band \"loop\": unknown key \"strand\" (did you mean \"strands\""},
      {band + law + "rest_length = 2\n", "10:1", "rest_length is given in m, write \"rest_length_m\""},
      {band + law + "strands = 0\n", "10:11", "strands must be from"},
      {band + law + "when = 3\n", "10:8", "expected a string"},
      {band + "stretch = [0, 1]\n", "3:1", "band \"loop\": the key \"strand_force_N\" is missing"},
      {band + "strand_force_N = [0, 1]\n", "3:1", "the key \"stretch\" is missing"},
      {band + "stretch = [0, 1]\nstrand_force_N = [0, 1, 2]\n", "9:18", "expected 2 numbers, got 3"},
      {band + "stretch = [0, nan]\nstrand_force_N = [0, 1]\n", "8:15", "finite"},
      {scenario_head + "[[band]]\nname = \"loop\"\nfrom = [0, 0, 0]\nto = [\"b\", 0, 0, 0]\nrest_length_m = 1\n" + law,
       "5:8", "band \"loop\": from: expected a point [\"body\", x, y, z], got 3 elements"},
      {scenario_head + "[band]\nname = \"loop\"\n", "3:1", "[[band]], got one table"},
      {scenario_head + "[[bands]]\nname = \"loop\"\n", "3:3", "(did you mean \"band\"?)"}};
  for (const ScenarioCase& c : cases) {
    std::vector<Fault> faults;
    try {
      io::toml::scenario_from(c.text, "s.toml");
    } catch (const SpecError& error) {
      faults = error.faults();
    }
    ASSERT_EQ(faults.size(), 1u) << c.text << (faults.empty() ? "" : faults[0].message);
    EXPECT_EQ(faults[0].where, "s.toml:" + c.place) << faults[0].message;
    EXPECT_NE(faults[0].message.find(c.message), std::string::npos) << faults[0].message;
  }
}

TEST(ReadScenario, TextsReadBackAsTheyWereWritten) {
  for (const std::string& name : io::scenario_names()) {
    const Scenario scenario = io::read_scenario(name);
    const std::string text = io::scenario_toml(scenario);
    EXPECT_EQ(io::scenario_toml(io::read_scenario_text(text, name)), text);
    const Scenario given = io::read_scenario_text(text, name, scenario.reference_scenario);
    EXPECT_EQ(given.reference_scenario, scenario.reference_scenario);
    EXPECT_EQ(io::read_scenario_text(text, name, nullptr).reference_scenario, nullptr);
  }
  EXPECT_THROW(io::read_scenario_text("schema = 1\n", "x"), SpecError);
}

TEST(ReadScenario, TheExampleOfTheDocumentationRuns) {
  const std::string page = io::read_text_file(PSOAS_SOURCE_DIR "/docs/scenario_file.md");
  const std::size_t from = page.find("```toml\n") + 8, to = page.find("```", from);
  ASSERT_NE(to, std::string::npos);
  const Scenario s = io::toml::scenario_from(page.substr(from, to - from), "example.toml");
  const Task task = assemble(compile(io::read_model("whole_body")), s);
  EXPECT_EQ(task.frames.size(), 1u);
  EXPECT_GT(task.parameters.at("loop_force_N"), 5.0);
}

TEST(ReadScenario, EveryReadyScenarioHasAReferenceAndSourcesForItsBands) {
  for (const std::string& name : io::scenario_names()) {
    const Scenario s = io::read_scenario(name);
    EXPECT_EQ(s.reference_scenario != nullptr, name != "standing") << name;
    for (const ScenarioBand& b : s.bands) EXPECT_FALSE(b.source.empty()) << name << ' ' << b.name;
  }
  EXPECT_EQ(io::read_scenario("march").bands.size(), 3u);
}

}  // namespace
}  // namespace psoas
