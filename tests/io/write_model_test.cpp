#include "psoas/io/write_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "equal_spec.hpp"
#include "io/toml/digits.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/random.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_outcome.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An empty folder for one test.
fs::path own_folder() {
  const fs::path folder = fs::path(testing::TempDir()) /
                          (std::string("psoas_") + testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

ModelSpec written_and_read(const ModelSpec& spec) {
  const fs::path path = own_folder() / "written.toml";
  const ModelLosses losses = write_model(spec, path);
  EXPECT_TRUE(losses.dropped.empty());
  EXPECT_TRUE(losses.notes.empty());
  return read_model(path.string());
}

/// Every field of a description set to something that no default is, awkward numbers and names among them.
ModelSpec everything() {
  ModelSpec spec;
  spec.name = "every \"thing\" \\ with\ttabs, \xC3\xA9 and \x7f";
  spec.description = "two\nlines";
  spec.gravity = 9.8066499999999991;
  spec.imported = true;
  spec.person = {61.3, 1.0 / 3.0, "female", 40.5, 0.6108652381980154, 0.99483767363676789 + 1e-16, "right"};
  spec.sources["a b.c"] = {"A, 1990", "CC0", "read", ""};
  spec.sources["plain"] = {"B", "", "", ""};
  spec.recruit = {"pcsa", 3, 0.1, 0.2, 0.3, 0.4, 5.555555556e-6, 0.7, infinity, ""};
  Quantity mass(1.1);
  mass.sd = 0.1, mass.source = "plain", mass.verified = true;
  Mat3 inertia;
  inertia << 3.0, 0.1, 0.2, 0.1, 4.0, -0.0, 0.2, -0.0, 5.0;
  spec.bodies.push_back({"frame", Quantity(0.0), Vec3(0.1, -0.0, 1e-300), inertia, "plain", ""});
  spec.bodies.push_back({"thigh", mass, Vec3::Zero(), Mat3::Identity(), "", ""});
  spec.bodies.push_back({"shank", mass, Vec3::Ones(), Mat3::Identity(), "plain", ""});
  JointSpec helper;
  helper.name = "first", helper.parent = "ground", helper.child = "frame", helper.helper = true;
  helper.balanced_axes = {2, 0}, helper.source = "plain";
  helper.parent_offset = Vec3(-0.0, 0.0, 0.0), helper.parent_rotation = Vec3(0.1, 0.2, 0.3);
  helper.child_offset = Vec3(1e22, 123456789012345680.0, 1e-7), helper.child_rotation = Vec3(0.0, 0.0, 1.0);
  JointSpec joint;
  joint.name = "second", joint.parent = "frame", joint.child = "thigh";
  joint.rotations = {{Vec3::UnitZ(), "a", Function::linear(-1.0, 0.5)},
                     {Vec3::UnitY(), "", Function::constant(0.25)},
                     {Vec3::UnitX(), "b", Function::natural_cubic_spline({0.0, 1.0, 2.5}, {0.0, 2.0, 1.0})}};
  joint.translations = {{Vec3::UnitX(), "c", Function::linear(1.0, 0.0)},
                        {Vec3::UnitY(), "b", Function::polynomial({1.0, -0.1, 3.0})},
                        {Vec3(0.0, 0.6, 0.8), "b", Function::simm_spline({0.0, 1.0}, {1.0, 2.0})}};
  spec.joints = {helper, joint};
  CoordinateSpec a{"a", Role::prescribed, true, false, 0.1, -0.7, 1.0, -0.3, 0.9, "", {}, "plain", ""};
  a.coupling = Function::linear(1.0, 0.0);
  CoordinateSpec b = a, c = a, d = a;
  b.name = "b", b.role = Role::follows, b.equation = true, b.leader = "a", b.maximum = infinity;
  b.coupling = Function::piecewise_linear({-1.0, 0.0, 2.0}, {1.0, 0.1, 0.0});
  c.name = "c", c.role = Role::motor, c.translational = true, c.source = "";
  c.minimum = -infinity, c.maximum = infinity;
  d.name = "unused", d.role = Role::free, d.equation = false, d.default_value = -0.0;
  spec.coordinates = {a, b, c, d};
  Quantity radius(0.03);
  radius.source = "a b.c";
  spec.surfaces.resize(4);
  for (SurfaceSpec& surface : spec.surfaces) surface.body = "thigh", surface.radius = radius;
  spec.surfaces[0].name = "ball", spec.surfaces[0].kind = "sphere", spec.surfaces[0].source = "plain";
  spec.surfaces[0].center = Vec3(0.0, 0.1, 0.0), spec.surfaces[0].rotation = Vec3(0.0, 0.2, -0.0);
  spec.surfaces[1].name = "tube";
  spec.surfaces[2].name = "egg", spec.surfaces[2].kind = "ellipsoid", spec.surfaces[2].radius = Quantity();
  spec.surfaces[2].half_axes = Vec3(0.1, 1.0 / 3.0, 0.2);
  spec.surfaces[3].name = "ring", spec.surfaces[3].kind = "torus", spec.surfaces[3].ring_radius = radius;
  spec.surfaces[3].ring_radius.verified = true;
  return spec;
}

void add_muscles(ModelSpec& spec) {
  MuscleSpec m;
  m.name = "m_r", m.groups = {"x", "y"}, m.side = "r", m.note = "seen", m.source = "plain";
  PointSpec fixed, moving, switched;
  fixed.body = "frame", fixed.at = Vec3(0.1, 0.2, 1.0 / 3.0);
  moving.body = "thigh", moving.coordinate = "a", moving.at = Vec3(0.0, 0.7, 0.0);
  moving.functions = {Function::constant(0.5), std::nullopt, Function::linear(0.1, 0.2)};
  moving.condition = ConditionSpec{"b", -infinity, 0.3};
  switched.body = "thigh", switched.at = Vec3(1.0, 2.0, 3.0);
  switched.condition = ConditionSpec{"a", -0.1 - 1e-5, 1.2 + 1e-5};
  m.points = {fixed, moving, switched, fixed};
  m.wraps = {{"ball", 0, "shortest"}, {"tube", 2, "-y"}};
  m.pcsa = 2.11e-4, m.pcsa.sd = 1.0 / 30000.0, m.pcsa.source = "a b.c", m.pcsa.verified = true;
  m.specific_tension = 76e4, m.specific_tension.source = "plain";
  m.strength = 0.9;
  m.optimal_fiber_length = 0.1169, m.tendon_slack_length = 0.2, m.pennation = 0.187, m.passive_strain = 0.7;
  m.active_width = 1.5, m.max_contraction_velocity = 12.0, m.passive_offset = true, m.tone = true;
  MuscleSpec other = m, third = m;
  other.name = "other", other.side = "", other.groups.clear(), other.passive_offset = false, other.tone = false;
  other.pcsa = 1.7e-4 / 3.0, other.specific_tension = 123456.7, other.pennation = 0.0, other.strength = 1.0;
  other.note = "", other.source = "", other.wraps.clear(), other.passive_strain.source = "plain";
  third.name = "third", third.active_width.sd = 0.1;
  m.minimum_activation = 0.01, m.minimum_activation.verified = true;
  other.type = muscle::MuscleType::Thelen2003;
  third.type = muscle::MuscleType::Millard2012;
  double step = 0.0;
  for (const auto& [name, member] : muscle::thelen_members) other.thelen.*member = 1.0 / 3.0 + ++step;
  for (const auto& [name, member] : muscle::millard_members) third.millard.*member = 1.0 / 7.0 + ++step;
  third.millard.passive_slope_at_one = not_a_number;
  spec.muscles = {m, other, third};
  Quantity force(10.0);
  force.source = "plain";
  spec.actuators = {{"reserve", "a", force, -1.0, 1e-3, ""}, {"free", "c", Quantity(1.0), -infinity, infinity, ""}};
  LevelSpec level{"L", "second", {"a", "b", "c"}, Quantity(1.1), Quantity(0.25), "plain", ""};
  level.disc_stiffness.verified = true;
  spec.levels = {level, {"M", "second", {"c", "b", "a"}, Quantity(1.0), Quantity(0.0), "", ""}};
  spec.hips = {{"r", "second", "a", Quantity(0.8), "plain", ""}, {"l", "second", "b", Quantity(1.0), "", ""}};
  spec.ligaments = {{"front",
                     {fixed, fixed},
                     Quantity(0.1 + 1e-17),
                     Function::simm_spline({1, 1.1, 1.3, 2}, {0, 1, 7, 9}),
                     "plain",
                     ""},
                    {"back", {fixed, fixed}, Quantity(0.3), Function::linear(1.0 / 3.0, -1.0 / 3.0), "", ""}};
  BushingSpec bushing;
  bushing.name = "disc";
  bushing.frames = {FrameSpec{"ground", Vec3(0.1, 0.2, 1.0 / 3.0), Vec3(0.0, -0.1, 0.7)},
                    FrameSpec{fixed.body, {}, {}}};
  bushing.frames[1].at = Vec3::Zero(), bushing.frames[1].rotation = Vec3::Zero();
  bushing.rotational_stiffness = Vec3(1.0, 2.0, 1.0 / 7.0), bushing.translational_stiffness = Vec3(1e5, 0.0, 3.3);
  bushing.rotational_damping = Vec3(0.1, 0.2, 0.3), bushing.translational_damping = Vec3(1.0, 0.0, 2.0);
  bushing.source = "plain";
  spec.bushings = {bushing};
  spec.patches = {{"p", "", {fixed, fixed}, "plain", ""}, {"q", "p", {fixed}, "", ""}};
}

TEST(WriteModel, EveryFieldOfADescriptionComesBackBitForBit) {
  ModelSpec spec = everything();
  add_muscles(spec);
  EXPECT_EQ(test::differences(spec, written_and_read(spec)), "");
}

TEST(WriteModel, TheComparisonOfTheseTestsSeesADifferenceInTheLastBit) {
  ModelSpec spec = everything();
  add_muscles(spec);
  ModelSpec other = spec;
  other.muscles[0].points[0].at.z() = std::nextafter(1.0 / 3.0, 1.0);
  other.bodies[0].mass_center.y() = 0.0;
  EXPECT_EQ(test::differences(spec, other).find("body[0].mass_center(1)"), 0u);
  EXPECT_NE(test::differences(spec, other).find("muscle[0].points[0].at(2)"), std::string::npos);
}

TEST(WriteModel, TheModelsOfPsoasComeBackEqualAndTheirSecondTextIsTheFirst) {
  for (const std::string& name : {std::string("whole_body"), std::string(PSOAS_TEST_DATA "/models/planar_hip.toml")}) {
    const ModelSpec spec = read_model(name);
    const ModelSpec again = written_and_read(spec);
    EXPECT_EQ(test::differences(spec, again), "") << name;
    const fs::path folder = own_folder();
    write_model(spec, folder / "first.toml");
    write_model(read_model((folder / "first.toml").string()), folder / "second.toml");
    EXPECT_GT(bytes_of(folder / "first.toml").size(), 1000u);
    EXPECT_EQ(bytes_of(folder / "first.toml"), bytes_of(folder / "second.toml")) << name;
  }
}

TEST(WriteModel, ANumberInAKeysUnitReadsBackExactlyOrIsLeftToTheSiKey) {
  Random random(1);
  int in_degrees = 0;
  for (int i = 0; i < 20000; ++i) {
    const double angle = (random.uniform() - 0.5) * 8.0;
    const auto written = toml::in_unit(angle, degree);
    if (!written) continue;
    ++in_degrees;
    ASSERT_EQ(*written * degree, angle);
  }
  EXPECT_GT(in_degrees, 16000);
  EXPECT_LT(in_degrees, 20000) << "some radians are no double in degrees";
  for (const double degrees : {90.0, -30.0, 0.1, 33.3, 125.0})
    EXPECT_EQ(toml::in_unit(degrees * degree, degree), degrees);
  for (const double area : {2.11, 14.63, 0.37}) EXPECT_EQ(toml::in_unit(area * 1e-4, 1e-4), area);
}

TEST(WriteModel, DigitsAreTheFewestThatReadBack) {
  EXPECT_EQ(toml::exact_text(0.1), "0.1");
  EXPECT_EQ(toml::exact_text(3.0), "3");
  EXPECT_EQ(toml::exact_text(-0.0), "-0.0");
  EXPECT_EQ(toml::exact_text(1e22), "1e+22");
  EXPECT_EQ(toml::exact_text(123456789012345680000.0), "123456789012345683968.0") << "no integer of TOML";
  EXPECT_EQ(toml::exact_text(-infinity), "-inf");
}

TEST(WriteModel, WhatCannotBeReadIsNotWritten) {
  const fs::path folder = own_folder();
  ModelSpec spec = everything();
  spec.bodies[0].mass = not_a_number;
  try {
    write_model(spec, folder / "wrong.toml");
    ADD_FAILURE();
  } catch (const SpecError& error) {
    EXPECT_NE(std::string(error.what()).find("mass_kg"), std::string::npos) << error.what();
  }
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST(WriteModel, TheEndingOfANameMustSayWhichKindOfFile) {
  const fs::path folder = own_folder();
  for (const char* name : {"model", "model.xml", "model.TOML", ".toml"}) {
    EXPECT_THROW(write_model(everything(), folder / name), Error) << name;
  }
  EXPECT_THROW(write_model(read_model("whole_body"), folder / "none" / "model.toml"), OutputError);
  EXPECT_TRUE(fs::is_empty(folder));
}

}  // namespace
}  // namespace psoas::io
