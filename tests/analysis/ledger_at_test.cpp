#include "psoas/analysis/ledger_at.hpp"

#include <gtest/gtest.h>

#include "postures.hpp"
#include "psoas/analysis/analyze.hpp"

namespace {

using psoas::LedgerEntry;

TEST(LedgerAt, EqualsTheLedgerOfEveryFrame) {
  const psoas::Task task = postures::all().front().first;
  psoas::AnalyzeOptions options;
  options.ledger_full = true;
  const psoas::Outcome outcome = psoas::analyze(whole_body::model(), task, options);
  std::size_t entries = 0;
  for (int f = 0; f < static_cast<int>(outcome.time.size()); ++f) {
    for (const LedgerEntry& entry : psoas::ledger_at(outcome, f)) {
      const auto same = [&](const LedgerEntry& other) {
        return other.load == entry.load && other.time == entry.time && other.cause == entry.cause &&
               other.part == entry.part && other.value == entry.value && other.unit == entry.unit;
      };
      EXPECT_TRUE(std::any_of(outcome.ledger.begin(), outcome.ledger.end(), same)) << entry.load << ' ' << entry.part;
      ++entries;
    }
  }
  EXPECT_EQ(entries, outcome.ledger.size());
}

TEST(LedgerAt, RefusesFramesThatDoNotExist) {
  const psoas::Outcome outcome = psoas::analyze(whole_body::model(), postures::all().front().first);
  EXPECT_THROW(psoas::ledger_at(outcome, -1), psoas::Error);
  EXPECT_THROW(psoas::ledger_at(outcome, static_cast<int>(outcome.time.size())), psoas::Error);
  EXPECT_THROW(psoas::ledger_at(psoas::Outcome{}, 0), psoas::Error);
}

}  // namespace
