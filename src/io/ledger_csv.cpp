#include "psoas/io/ledger_csv.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "io/csv_text.hpp"
#include "io/number_text.hpp"

namespace psoas::io {
namespace {

using Entry = std::vector<LedgerEntry>::const_iterator;

void write_row(const LedgerEntry& entry, std::string_view at, std::string& text) {
  text += csv_cell(entry.load);
  text += ',';
  text += at;
  text += ',' + number_text(entry.time) + ',' + entry.cause + ',' + csv_cell(entry.part) + ',' + cell_text(entry.value);
  text += ',' + entry.unit + '\n';
}

std::string frame_at(const Outcome& outcome, double time) {
  const auto found = std::find(outcome.time.begin(), outcome.time.end(), time);
  return std::to_string(found - outcome.time.begin());
}

/// Rows of one load: those of its peak, then, where there are others, all of them by frame.
void write_load(const Outcome& outcome, Entry begin, Entry end, const TextSink& sink) {
  const Channel* channel = outcome.find(begin->load);
  const double peak = channel ? outcome.peak_of(*channel).time : begin->time;
  std::string text;
  bool more = false;
  for (Entry entry = begin; entry != end; ++entry) {
    if (entry->time == peak) {
      write_row(*entry, "peak", text);
    } else {
      more = true;
    }
  }
  sink(text);
  double time = not_a_number;
  std::string at;
  for (Entry entry = begin; more && entry != end; ++entry) {
    if (entry->time != time) {
      if (entry != begin) sink(text);
      text.clear();
      time = entry->time;
      at = frame_at(outcome, time);
    }
    write_row(*entry, at, text);
  }
  if (more) sink(text);
}

}  // namespace

void ledger_csv(const Outcome& outcome, const TextSink& sink) {
  sink("load,at,time_s,cause,part,value,unit\n");
  for (Entry entry = outcome.ledger.begin(); entry != outcome.ledger.end();) {
    const Entry end =
        std::find_if(entry, outcome.ledger.end(), [&](const LedgerEntry& e) { return e.load != entry->load; });
    write_load(outcome, entry, end, sink);
    entry = end;
  }
}

std::string ledger_csv(const Outcome& outcome) {
  std::string text;
  ledger_csv(outcome, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace psoas::io
