#include "psoas/io/read_external_loads.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "io/expect_faults.hpp"
#include "psoas/core/error.hpp"

namespace psoas::io {
namespace {

const std::string head =
    "<?xml version=\"1.0\"?>\n<OpenSimDocument Version=\"40000\">\n<ExternalLoads name=\"both\">\n";
const std::string tail = "</ExternalLoads>\n</OpenSimDocument>\n";
const std::string data = "<datafile>grf.mot</datafile>\n";

std::string load(const std::string& name, const std::string& inside) {
  return "<ExternalForce name=\"" + name + "\">" + inside + "</ExternalForce>\n";
}

std::string objects(const std::string& inside) { return "<objects>\n" + inside + "</objects>\n"; }

const std::string plain = "<applied_to_body>calcn_r</applied_to_body><force_identifier>f_v</force_identifier>";

TEST(ReadExternalLoads, ReadsWhatActsWhere) {
  const Imported<ExternalLoads> read = read_external_loads_text(
      head +
          objects(load("right",
                       "<!-- a comment --><applied_to_body> /bodyset/calcn_r </applied_to_body>\n"
                       "<force_expressed_in_body>pelvis</force_expressed_in_body>"
                       "<point_expressed_in_body> ground </point_expressed_in_body>"
                       "<force_identifier>f_v</force_identifier><point_identifier>f_p</point_identifier>"
                       "<torque_identifier>f_m</torque_identifier>") +
                  load("left", "<isDisabled> false </isDisabled>" + plain)) +
          data + tail,
      "loads.xml");
  EXPECT_TRUE(read.notes.empty());
  EXPECT_EQ(read.value.name, "both");
  EXPECT_EQ(read.value.data_file, "grf.mot");
  ASSERT_EQ(read.value.loads.size(), 2u);
  const ExternalLoad& right = read.value.loads[0];
  EXPECT_EQ(right.name, "right");
  EXPECT_EQ(right.applied_to_body, "calcn_r");
  EXPECT_EQ(right.force_expressed_in_body, "pelvis");
  EXPECT_EQ(right.point_expressed_in_body, "ground");
  EXPECT_EQ(right.force_identifier, "f_v");
  EXPECT_EQ(right.point_identifier, "f_p");
  EXPECT_EQ(right.torque_identifier, "f_m");
  EXPECT_EQ(right.where, "loads.xml:5:1");
  EXPECT_EQ(read.value.loads[1].force_expressed_in_body, "ground");
  EXPECT_EQ(read.value.loads[1].point_identifier, "");
}

TEST(ReadExternalLoads, NamesWhatItLeavesOut) {
  const Imported<ExternalLoads> read = read_external_loads_text(
      head +
          objects(load("off", "<appliesForce>false</appliesForce>" + plain) +
                  load("old", "<isDisabled>true</isDisabled>" + plain) +
                  load("on", "<data_source_name>Unassigned</data_source_name><other>1</other>" + plain) +
                  "<PrescribedForce name=\"p\"/>\n") +
          data +
          "<groups/><lowpass_cutoff_frequency_for_load_kinematics>6</lowpass_cutoff_frequency_for_load_kinematics>" +
          tail,
      "x");
  ASSERT_EQ(read.value.loads.size(), 1u);
  EXPECT_EQ(read.value.loads[0].name, "on");
  EXPECT_EQ(read.notes, (std::vector<std::string>{
                            "load \"off\" is switched off and left out", "load \"old\" is switched off and left out",
                            "load \"on\": <other> is not used", "<PrescribedForce> \"p\" is not used",
                            "external loads: <lowpass_cutoff_frequency_for_load_kinematics> is not used"}));
}

TEST(ReadExternalLoads, LeavesTheDataFileOutWhereTheCallerHasItsOwn) {
  const std::string text = head + objects(load("a", plain)) + "<datafile>../../grf.mot</datafile>" + tail;
  EXPECT_THROW(read_external_loads_text(text, "x"), SpecError);
  const Imported<ExternalLoads> read = read_external_loads_text(text, "x", DataFile::ignored);
  EXPECT_EQ(read.value.data_file, "");
  EXPECT_EQ(read.notes[0], "data file \"../../grf.mot\" is not used: the data come from elsewhere");
}

TEST(ReadExternalLoads, NamesEveryFaultAndItsPlace) {
  const auto with_file = [](const std::string& file) {
    return head + objects(load("a", plain)) + "<datafile>" + file + "</datafile>\n" + tail;
  };
  const std::string below = "f:7:1: data file";
  const struct {
    std::string text;
    std::vector<std::string> faults;
  } cases[] = {
      {"", {"f:1:1: not well-formed XML: No document element found"}},
      {"<a>\n<b></a>", {"f:2:6: not well-formed XML: Start-end tags mismatch"}},
      {std::string("<a>\0</a>", 8), {"f:1:4: a NUL byte"}},
      {"<a>\xFF</a>", {"f:1:4: a byte that is not UTF-8"}},
      {"<!DOCTYPE a [<!ENTITY b \"c\">]>\n<OpenSimDocument/>", {"f:1:1: a document type is refused"}},
      {"\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\">\n<OpenSimDocument/>", {"f:2:1: a document type is refused"}},
      {"<Model/>", {"f:1:1: not a file of OpenSim: its first element is <Model>"}},
      {"<OpenSimDocument Version=\"40000\">\n</OpenSimDocument>", {"f:1:1: there is no <ExternalLoads>"}},
      {"<OpenSimDocument Version=\"90000\">\n<ExternalLoads>" + objects(load("a", plain)) + data + tail,
       {"f:1:1: document version \"90000\" is not one of"}},
      {head + data + tail, {"f:3:1: there is no <ExternalForce>"}},
      {head + objects("") + data + tail, {"f:3:1: there is no <ExternalForce>"}},
      {head + objects(load("", plain)) + data + tail, {"f:5:1: an <ExternalForce> without a name"}},
      {head + objects(load("a", plain) + load("a", plain)) + data + tail, {"f:6:1: two loads are called \"a\""}},
      {head + objects(load("a", "")) + data + tail,
       {"f:5:1: load \"a\" is applied to no body", "f:5:1: load \"a\" has neither a force nor a torque"}},
      {head + objects(load("a", "<isDisabled>maybe</isDisabled>" + plain)) + data + tail,
       {"f:5:25: <isDisabled> must be true or false, got \"maybe\""}},
      {head + objects(load("a", "<point_identifier>&xxe;</point_identifier>" + plain)) + data + tail,
       {"f:5:25: <point_identifier> holds an entity: \"&xxe;\""}},
      {head + objects(load("a", plain)) + tail, {"f:3:1: external loads name no <datafile>"}},
      {with_file("/etc/passwd"), {below}},
      {with_file("../x.mot"), {below}},
      {with_file("a/../../x.mot"), {below}},
      {with_file("..\\x.mot"), {below}},
      {with_file("C:\\x.mot"), {below}},
      {with_file("\\\\host\\x.mot"), {below}},
  };
  for (const auto& c : cases) {
    expect_faults([](const std::string& text) { read_external_loads_text(text, "f"); }, c.text, c.faults);
  }
  EXPECT_NO_THROW(read_external_loads_text(with_file("below/..x/grf.mot"), "f"));
}

TEST(ReadExternalLoads, DoesNotMindDepth) {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<a>";
  EXPECT_THROW(read_external_loads_text(deep, "f"), SpecError);
  for (int i = 0; i < 200000; ++i) deep += "</a>";
  EXPECT_THROW(read_external_loads_text(deep, "f"), SpecError);
  EXPECT_NO_THROW(read_external_loads_text(head + objects(load("a", plain)) + data + deep + tail, "f"));
}

TEST(ReadExternalLoads, NeedsAFile) { EXPECT_THROW(read_external_loads("no_such_loads.xml"), Error); }

}  // namespace
}  // namespace psoas::io
