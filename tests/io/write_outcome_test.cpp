#include "psoas/io/write_outcome.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "io/hand_made.hpp"
#include "psoas/io/read_scenario.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class WriteOutcome : public ::testing::Test {
 protected:
  WriteOutcome() : root(fs::temp_directory_path() / ("psoas_write_" + std::to_string(::getpid()))) {
    fs::remove_all(root);
    fs::create_directories(root);
  }
  ~WriteOutcome() override { fs::remove_all(root); }

  std::set<std::string> names(const fs::path& folder) const {
    std::set<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.insert(entry.path().filename().string());
    return out;
  }

  fs::path root;
  Provenance provenance;
};

TEST_F(WriteOutcome, FolderHoldsWhatItsManifestLists) {
  write(test::hand_made(), root / "a/b/toy/", provenance);
  const auto manifest = nlohmann::json::parse(read(root / "a/b/toy/manifest.json"));
  EXPECT_EQ(manifest["files"].get<std::set<std::string>>(), names(root / "a/b/toy"));
  EXPECT_EQ(manifest["failed_frames"].size(), 1u);
  EXPECT_EQ(manifest["failed_frames"][0]["frame"], 1);
  EXPECT_EQ(names(root / "a/b"), (std::set<std::string>{"toy"}));
}

TEST_F(WriteOutcome, EarlierResultIsReplacedAndOtherFilesStay) {
  Outcome outcome = test::hand_made();
  write(outcome, root / "toy", provenance);
  std::ofstream(root / "toy/notes.txt") << "mine";
  outcome.name = "other";  // its tables have other names
  write(outcome, root / "toy", provenance);
  EXPECT_EQ(read(root / "toy/notes.txt"), "mine");
  EXPECT_TRUE(fs::exists(root / "toy/other_LumbarLoads.sto"));
  EXPECT_FALSE(fs::exists(root / "toy/toy_LumbarLoads.sto"));
  EXPECT_EQ(names(root), (std::set<std::string>{"toy"}));
}

TEST_F(WriteOutcome, ForeignFolderNeedsForce) {
  fs::create_directories(root / "toy");
  std::ofstream(root / "toy/manifest.json") << R"({"program": "another"})";
  EXPECT_THROW(write(test::hand_made(), root / "toy", provenance), OutputError);
  EXPECT_EQ(read(root / "toy/manifest.json"), R"({"program": "another"})");
  write(test::hand_made(), root / "toy", provenance, {.force = true});
  EXPECT_NE(read(root / "toy/manifest.json").find("\"psoas\""), std::string::npos);
}

TEST_F(WriteOutcome, EmptyFolderIsTaken) {
  fs::create_directories(root / "toy");
  EXPECT_NO_THROW(write(test::hand_made(), root / "toy", provenance));
}

TEST_F(WriteOutcome, NothingIsLeftOfAFailure) {
  Outcome outcome = test::hand_made();
  outcome.time[2] = outcome.time[0];  // no table can say that
  EXPECT_THROW(write(outcome, root / "new/toy", provenance), Error);
  EXPECT_TRUE(names(root).empty());
  std::ofstream(root / "file") << "mine";
  EXPECT_THROW(write(test::hand_made(), root / "file", provenance), OutputError);
  EXPECT_THROW(write(test::hand_made(), root / "file/toy", provenance), OutputError);
  EXPECT_EQ(names(root), (std::set<std::string>{"file"}));
}

TEST_F(WriteOutcome, ResolvedScenariosReadBackAsTheyWere) {
  for (const std::string& name : scenario_names()) {
    Scenario scenario = read_scenario(name);
    for (ScenarioParameter& p : scenario.parameters) {
      if (p.choices.empty()) p.value = 0.5 * (p.value + p.maximum);
    }
    scenario.loads.push_back({"bell", "torso", Vec3(0.1, 0.2, 0.3), Vec3(0.0, -50.0, 0.0), ""});
    scenario.neighbours.push_back({"spine.L4_L5.compression_N", "about \"500\" N", "somebody 1999", true});
    const std::string text = scenario_toml(scenario);
    const fs::path file = root / (name + ".toml");
    std::ofstream(file) << text;
    const Scenario again = read_scenario(file.string());
    EXPECT_EQ(scenario_toml(again), text);
    EXPECT_EQ(parameter_values(again), parameter_values(scenario));
    EXPECT_EQ(again.closures.size(), scenario.closures.size());
    EXPECT_EQ(again.keyframes.size(), scenario.keyframes.size());
    EXPECT_TRUE(again.neighbours.back().verified);
    EXPECT_EQ(again.loads.back().at, scenario.loads.back().at);
  }
}

}  // namespace
}  // namespace psoas::io
