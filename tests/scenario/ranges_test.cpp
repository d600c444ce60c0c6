// The ready scenarios over the whole range of every parameter: no failed frame, no failed gate, small reserves.

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "psoas/analysis/analyze.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/scenario/scenario.hpp"
#include "whole_body.hpp"

namespace {

struct Case {
  std::string scenario;
  std::vector<std::pair<std::string, std::string>> parameters;

  std::string text() const {
    std::string out = scenario;
    for (const auto& [name, value] : parameters) out += ' ' + name + '=' + value;
    return out;
  }
};

std::vector<Case> grid() {
  std::vector<Case> cases{{"standing", {}}};
  for (const char* lean : {"-5", "0", "6", "10", "15"}) cases.push_back({"sitting", {{"trunk_lean_deg", lean}}});
  for (const char* knee : {"60", "75", "90", "105", "120"}) {
    cases.push_back({"bridge", {{"knee_deg", knee}}});
    cases.push_back({"bridge", {{"knee_deg", knee}, {"hold_s", "10"}, {"tempo_s", "1"}}});
    cases.push_back({"bridge", {{"knee_deg", knee}, {"hold_s", "5"}, {"tempo_s", "3"}}});
  }
  for (const char* side : {"right", "left"}) {
    for (const char* step : {"0.8", "0.9", "1.0"}) {
      for (const char* lean : {"0", "5", "10"}) {
        cases.push_back({"lunge", {{"side", side}, {"step_m", step}, {"trunk_lean_deg", lean}}});
      }
    }
  }
  for (const char* band : {"none", "red", "green", "blue"}) {
    for (const char* thigh : {"45", "60", "75", "90"}) {
      cases.push_back({"march", {{"band", band}, {"thigh_deg", thigh}}});
      cases.push_back({"march", {{"band", band}, {"thigh_deg", thigh}, {"shank_deg", "20"}}});
    }
    cases.push_back({"march", {{"side", "left"}, {"band", band}}});
  }
  for (const char* leg : {"15", "30", "45", "60"}) {
    cases.push_back({"leg_raise", {{"leg_deg", leg}, {"hold_s", "1"}, {"tempo_s", "1"}}});
  }
  cases.push_back({"leg_raise", {{"side", "left"}, {"leg_deg", "60"}, {"hold_s", "1"}, {"tempo_s", "4"}}});
  return cases;
}

TEST(Scenarios, PassTheirGatesOverTheWholeRangeOfTheirParameters) {
  const psoas::Model& model = whole_body::model();
  const std::vector<Case> cases = grid();
  ASSERT_GE(cases.size(), 20u);
  std::printf("  %zu combinations: L4-L5 compression N, hips BW, psoas N, largest reserve N m\n", cases.size());
  for (const Case& c : cases) {
    psoas::Scenario scenario = psoas::io::read_scenario(c.scenario);
    for (const auto& [name, value] : c.parameters) psoas::set_parameter(scenario, name, value);
    const psoas::Outcome o = psoas::analyze(model, psoas::assemble(model, scenario), {.threads = 2});
    ASSERT_EQ(o.status, psoas::Status::ok) << c.text();
    EXPECT_EQ(o.failed_frames(), 0) << c.text();
    for (const psoas::Gate& gate : o.gates) {
      EXPECT_NE(gate.verdict, psoas::Verdict::fail)
          << c.text() << ": " << gate.name << ' ' << gate.value << ' ' << gate.at;
      if (gate.name == "root_reserve_N") {
        EXPECT_LE(gate.value, 0.01 * model.body_weight) << c.text();
      }
    }
    // rows: six of the root first, then coordinates and levels
    const double reserve = o.reserve.bottomRows(model.n_rows() - 6).cwiseAbs().maxCoeff();
    EXPECT_LE(reserve, 1.0) << c.text();
    std::printf("  %-56s %6.0f %5.2f %5.2f %5.0f %5.0f %6.3f\n", c.text().c_str(),
                o.peak("spine.L4_L5.compression_N").value, o.peak("hip.r.force_BW").value,
                o.peak("hip.l.force_BW").value, o.peak("psoas.major_r.force_N").value,
                o.peak("psoas.major_l.force_N").value, reserve);
  }
}

}  // namespace
