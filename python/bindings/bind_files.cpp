#include "common.hpp"
#include "psoas/io/ledger_csv.hpp"
#include "psoas/io/sto.hpp"
#include "psoas/io/summary.hpp"
#include "psoas/io/write_outcome.hpp"
#include "records.hpp"

namespace psoas::python {

void bind_files(py::module_& root) {
  py::module_ m = root.attr("io");
  py::enum_<io::ReactionFrame>(m, "ReactionFrame", "In whose axes the loads of joints are written.")
      .value("child", io::ReactionFrame::child)
      .value("ground", io::ReactionFrame::ground)
      .value("both", io::ReactionFrame::both);
  py::class_<io::Provenance> provenance(m, "Provenance", "How a result came about.");
  provenance.def_readwrite("command_line", &io::Provenance::command_line)
      .def_readwrite("started", &io::Provenance::started, "time stamp, ISO 8601")
      .def_readwrite("model_source", &io::Provenance::model_source, "embedded name or file")
      .def_readwrite("scenario_source", &io::Provenance::scenario_source, "embedded name or file")
      .def_readwrite("seed", &io::Provenance::seed)
      .def_readwrite("jobs", &io::Provenance::jobs)
      .def_readwrite("scenario", &io::Provenance::scenario, "as it was run, or None");
  values_of(provenance, "settings", &io::Provenance::settings, "path=value, in the order of their use");
  values_of(provenance, "notes", &io::Provenance::notes, "what was assumed or dropped on the way in");
  as_fields(provenance, {"command_line", "started", "model_source", "scenario_source", "settings", "seed", "jobs",
                         "scenario", "notes"});
  py::class_<io::WriteOptions> options(m, "WriteOptions", "How a result folder is written.");
  options.def_readwrite("force", &io::WriteOptions::force, "into a folder that holds foreign files as well")
      .def_readwrite("reactions", &io::WriteOptions::reactions);
  values_of(options, "tables", &io::WriteOptions::tables, "NamedTables, written as well");
  as_fields(options, {"force", "tables", "reactions"});
  m.def(
      "write",
      [](const Outcome& outcome, const py::object& folder, const io::Provenance& p, const io::WriteOptions& o) {
        io::write(outcome, path_text(folder), p, o);
      },
      "Writes a result folder, which appears whole or not at all. Raises OutputError.", "outcome"_a, "folder"_a,
      "provenance"_a, "options"_a = io::WriteOptions{});
  m.def(
      "write_tables",
      [](const std::string& name, const std::vector<NamedTable>& tables, const py::object& folder,
         const io::Provenance& p,
         const io::WriteOptions& o) { io::write_tables(name, tables, path_text(folder), p, o); },
      "Writes tables of a motion alone, with a manifest.", "name"_a, "tables"_a, "folder"_a, "provenance"_a,
      "options"_a = io::WriteOptions{});
  m.def(
      "require_writable",
      [](const py::object& folder, const io::WriteOptions& o) { io::require_writable(path_text(folder), o); },
      "What write() would refuse before it starts. Raises OutputError.", "folder"_a, "options"_a = io::WriteOptions{});
  m.def("sto_text", &io::sto_text, "The text of a .sto or .mot file as OpenSim's tools print it.", "table"_a);
  m.def(
      "write_motion", [](const Table& table, const py::object& path) { io::write_motion(table, path_text(path)); },
      "Writes a .sto or .mot file, which appears whole or not at all.", "table"_a, "path"_a);
  py::class_<io::ResultTable> table(m, "ResultTable", "A table of a result folder.");
  table.def_readonly("suffix", &io::ResultTable::suffix)
      .def_readonly("table", &io::ResultTable::table)
      .def_readonly("left_out", &io::ResultTable::left_out, "columns with a value that does not exist");
  as_record(table, &io::ResultTable::suffix, &io::ResultTable::table, &io::ResultTable::left_out);
  m.def("result_tables", &io::result_tables, "The tables of a result; frames that failed are left out.", "outcome"_a,
        "frame"_a = io::ReactionFrame::child);
  py::class_<io::SummaryLeaf> leaf(m, "SummaryLeaf", "One quantity of a summary; numbers that do not exist are NaN.");
  leaf.def_readonly("name", &io::SummaryLeaf::name)
      .def_readonly("unit", &io::SummaryLeaf::unit, "N, Nm, BW; - for activation and fibre length")
      .def_readonly("peak", &io::SummaryLeaf::peak)
      .def_readonly("mean", &io::SummaryLeaf::mean, "over the solved frames")
      .def_readonly("band", &io::SummaryLeaf::band, "least and greatest near-optimal value at the peak, or None")
      .def_readonly("ratio_to_standing", &io::SummaryLeaf::ratio_to_standing)
      .def_readonly("phases", &io::SummaryLeaf::phases, "mean of each");
  as_record(leaf, &io::SummaryLeaf::name, &io::SummaryLeaf::unit, &io::SummaryLeaf::peak, &io::SummaryLeaf::mean,
            &io::SummaryLeaf::band, &io::SummaryLeaf::ratio_to_standing, &io::SummaryLeaf::phases);
  m.def("summarize", &io::summarize, "Every channel of an outcome, in its order.", "outcome"_a);
  m.def("summary_json", &io::summary_json, "summary.json as text; NaN becomes null.", "outcome"_a);
  m.def("summary_csv", &io::summary_csv, "summary.csv as text.", "outcome"_a);
  m.def(
      "ledger_csv", [](const Outcome& outcome) { return io::ledger_csv(outcome); }, "ledger.csv as text.", "outcome"_a);
}

}  // namespace psoas::python
