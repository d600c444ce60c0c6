#include "psoas/io/summary.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "io/hand_made.hpp"
#include "io/json_text.hpp"
#include "psoas/io/ledger_csv.hpp"

namespace psoas::io {
namespace {

using nlohmann::json;

TEST(Summary, PeakIsTheLargestMagnitudeWithItsSign) {
  const SummaryLeaf leaf = summarize(test::hand_made()).front();
  EXPECT_EQ(leaf.name, "spine.L4_L5.compression_N");
  EXPECT_EQ(leaf.unit, "N");
  EXPECT_EQ(leaf.peak.value, -300.0);
  EXPECT_EQ(leaf.peak.time, 1.0);
}

TEST(Summary, MeansAreOverSolvedFrames) {
  const SummaryLeaf leaf = summarize(test::hand_made()).front();
  EXPECT_DOUBLE_EQ(leaf.mean, -100.0);
  ASSERT_EQ(leaf.phases.size(), 3u);
  EXPECT_DOUBLE_EQ(leaf.phases[0].second, 100.0);
  EXPECT_DOUBLE_EQ(leaf.phases[1].second, -300.0);
  EXPECT_TRUE(std::isnan(leaf.phases[2].second));
}

TEST(Summary, IsJsonWithNullForWhatDoesNotExist) {
  const json summary = json::parse(summary_json(test::hand_made()));
  EXPECT_EQ(summary["schema"], 1);
  EXPECT_EQ(summary["status"], "not_converged");
  EXPECT_EQ(summary["failed_frames"], 1);
  EXPECT_EQ(summary["parameters"], json::parse(R"({"knee_deg": 90, "side": "left"})"));
  const json& leaf = summary["spine"]["L4_L5"]["compression_N"];
  EXPECT_EQ(leaf["peak"], -300);
  EXPECT_TRUE(leaf["band"].is_null());
  EXPECT_TRUE(leaf["phases"]["failed"].is_null());
  EXPECT_TRUE(summary["psoas"]["minor_l"].is_null());
  EXPECT_TRUE(summary["psoas"]["major_l"].is_null());
  EXPECT_EQ(summary["psoas"]["major_r"]["activation"]["peak"], 0.2);
  EXPECT_TRUE(summary["gates"][0]["fail"].is_null());
  EXPECT_TRUE(summary["moments"].is_object());
}

TEST(Summary, ALoadThatTheReferenceLacksHasNoRatio) {
  Outcome outcome = test::hand_made();
  Outcome reference = test::hand_made();
  reference.channels.pop_back();
  outcome.reference = std::make_shared<const Outcome>(std::move(reference));
  const std::vector<SummaryLeaf> leaves = summarize(outcome);
  EXPECT_EQ(leaves.front().ratio_to_standing, 1.0);
  EXPECT_TRUE(std::isnan(leaves.back().ratio_to_standing));
}

TEST(Summary, CsvLeavesCellsEmpty) {
  const std::string text = summary_csv(test::hand_made());
  EXPECT_EQ(text.substr(0, text.find('\n')),
            "quantity,unit,peak,time_s,mean,band_low,band_high,ratio_to_standing,mean_first,mean_second,mean_failed");
  EXPECT_NE(text.find("\nspine.L4_L5.compression_N,N,-300,1,-100,,,1,100,-300,\n"), std::string::npos) << text;
}

TEST(LedgerCsv, ListsThePeakAlone) {
  Outcome outcome = test::hand_made();
  outcome.ledger.erase(outcome.ledger.begin(), outcome.ledger.begin() + 2);
  EXPECT_EQ(ledger_csv(outcome),
            "load,at,time_s,cause,part,value,unit\n"
            "spine.L4_L5.compression_N,peak,1,gravity,\"tor,so\",-300,N\n"
            "spine.L4_L5.compression_N,peak,1,total,,-300,N\n");
}

TEST(LedgerCsv, ListsThePeakThenEveryFrame) {
  EXPECT_EQ(ledger_csv(test::hand_made()),
            "load,at,time_s,cause,part,value,unit\n"
            "spine.L4_L5.compression_N,peak,1,gravity,\"tor,so\",-300,N\n"
            "spine.L4_L5.compression_N,peak,1,total,,-300,N\n"
            "spine.L4_L5.compression_N,0,0,gravity,\"tor,so\",100,N\n"
            "spine.L4_L5.compression_N,0,0,total,,100,N\n"
            "spine.L4_L5.compression_N,2,1,gravity,\"tor,so\",-300,N\n"
            "spine.L4_L5.compression_N,2,1,total,,-300,N\n");
}

TEST(JsonText, EscapesAndNestsAsAParserReadsIt) {
  JsonText inner;
  inner.object().member("b", not_a_number).key("c").array().close().close();
  JsonText text;
  text.object().member("quote \" back \\ line \n tab \t", "</script>\x01").key("a").raw(inner.text());
  text.key("flat").array(true).value(1).value(true).value(0.1).null().close().close();
  const json read = json::parse(text.text());
  EXPECT_EQ(read["quote \" back \\ line \n tab \t"], "</script>\x01");
  EXPECT_TRUE(read["a"]["b"].is_null());
  EXPECT_EQ(read["flat"], json::parse("[1, true, 0.1, null]"));
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(cell_text(not_a_number), "");
}

}  // namespace
}  // namespace psoas::io
