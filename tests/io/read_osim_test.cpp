#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "psoas/core/error.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/compile.hpp"

namespace psoas::io {
namespace {

/// A thigh that swings on a pelvis, and one muscle with a point that is there from 0 to 60 degrees only.
const std::string swing = R"(<?xml version="1.0" encoding="UTF-8"?>
<OpenSimDocument Version="40000">
  <Model name="swing">
    <gravity>0 -9.80665 0</gravity>
    <BodySet><objects>
      <Body name="pelvis"><mass>10</mass><inertia>0.1 0.1 0.1 0 0 0</inertia></Body>
      <Body name="thigh"><mass>8</mass><mass_center>0 -0.2 0</mass_center><inertia>0.1 0.02 0.1 0 0 0</inertia>
        <WrapObjectSet><objects>
          <WrapCylinder name="head"><translation>0 0 0</translation><xyz_body_rotation>0 0 0</xyz_body_rotation>
            <quadrant>+x</quadrant><radius>0.02</radius><length>0.1</length></WrapCylinder>
          <WrapEllipsoid name="egg"><dimensions>0.1 0.1 0.1</dimensions></WrapEllipsoid>
        </objects></WrapObjectSet>
      </Body>
    </objects></BodySet>
    <JointSet><objects>
      <WeldJoint name="fixed"><socket_parent_frame>/ground</socket_parent_frame>
        <socket_child_frame>/bodyset/pelvis</socket_child_frame></WeldJoint>
      <PinJoint name="hip"><socket_parent_frame>/bodyset/pelvis</socket_parent_frame>
        <socket_child_frame>/bodyset/thigh</socket_child_frame>
        <coordinates><Coordinate name="flexion"><default_value>0.1</default_value><range>-0.5 2</range></Coordinate>
        </coordinates></PinJoint>
    </objects></JointSet>
    <ForceSet><objects>
      <Thelen2003Muscle name="flexor"><GeometryPath><PathPointSet><objects>
          <PathPoint name="a"><socket_parent_frame>/bodyset/pelvis</socket_parent_frame>
            <location>0.05 0.1 0</location></PathPoint>
        </objects></PathPointSet></GeometryPath></Thelen2003Muscle>
      <Thelen2003Muscle name="extra">PATH
        <max_isometric_force>760</max_isometric_force><optimal_fiber_length>0.1</optimal_fiber_length>
        <tendon_slack_length>0.05</tendon_slack_length></Thelen2003Muscle>
      <Ligament name="band"/>
    </objects></ForceSet>
    <MarkerSet><objects><Marker name="m"/></objects></MarkerSet>
  </Model>
</OpenSimDocument>
)";

const std::string conditional_path = R"(<GeometryPath><PathPointSet><objects>
  <PathPoint name="a"><socket_parent_frame>/bodyset/pelvis</socket_parent_frame>
    <location>0.05 0.1 0</location></PathPoint>
  <ConditionalPathPoint name="b"><socket_parent_frame>/bodyset/thigh</socket_parent_frame>
    <location>0.06 0.02 0</location><socket_coordinate>/jointset/hip/flexion</socket_coordinate>
    <range>0 1.0471975511965976</range></ConditionalPathPoint>
  <PathPoint name="c"><socket_parent_frame>/bodyset/thigh</socket_parent_frame>
    <location>0.02 -0.2 0</location></PathPoint>
</objects></PathPointSet></GeometryPath>)";

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return at == std::string::npos ? text : text.replace(at, part.size(), by);
}

/// The document with a whole path in its second muscle and without the first one, which has one point only.
std::string sound() {
  std::string text = replaced(swing, "PATH", conditional_path);
  const std::size_t first = text.find("<Thelen2003Muscle name=\"flexor\">");
  const std::string end = "</Thelen2003Muscle>";
  return text.erase(first, text.find(end, first) + end.size() - first);
}

std::string written_osim(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() /
                    (std::string("psoas_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".osim");
  std::ofstream(path) << text;
  return path.string();
}

ImportedModel imported(const std::string& text) { return import_model(written_osim(text)); }

std::string faults_of_osim(const std::string& text) {
  try {
    imported(text);
  } catch (const SpecError& error) {
    return error.what();
  }
  return "";
}

bool dropped(const ImportedModel& read, const std::string& name) {
  for (const Dropped& d : read.dropped) {
    if (d.name.find(name) != std::string::npos && !d.reason.empty()) return true;
  }
  return false;
}

TEST(ReadOsim, TakesBodiesJointsAndMusclesAndListsTheRest) {
  const ImportedModel read = imported(sound());
  const Model model = compile(read.model);
  EXPECT_EQ(model.name, "swing");
  EXPECT_EQ(model.n_bodies(), 2);
  EXPECT_EQ(model.coordinates[0].default_value, 0.1);
  ASSERT_EQ(model.n_strands(), 1);
  EXPECT_NEAR(model.muscle.max_isometric_force(0), 760.0, 1e-9);
  EXPECT_TRUE(dropped(read, "band"));
  EXPECT_TRUE(dropped(read, "MarkerSet"));
  EXPECT_EQ(read.dropped.size(), 2u);
  ASSERT_EQ(read.model.surfaces.size(), 2u);
  EXPECT_EQ(read.model.surfaces[0].kind, "cylinder");
  EXPECT_EQ(read.model.surfaces[1].kind, "ellipsoid");
  EXPECT_EQ(read.model.surfaces[1].half_axes, Vec3(0.1, 0.1, 0.1));
}

TEST(ReadOsim, SaysThatAnotherMuscleModelStandsIn) {
  std::string text = replaced(sound(), "<Thelen2003Muscle name", "<Schutte1993Muscle_Deprecated name");
  const ImportedModel read = imported(replaced(text, "</Thelen2003Muscle>", "</Schutte1993Muscle_Deprecated>"));
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_NE(read.notes[0].find("1 muscles of kind Schutte1993Muscle_Deprecated are computed with De Groote-Fregly"),
            std::string::npos);
  EXPECT_EQ(read.model.muscles[0].type, muscle::MuscleType::DeGrooteFregly2016);
}

TEST(ReadOsim, KeepsTheCurvesOfThelensMuscles) {
  std::string text = replaced(sound(), "<max_isometric_force>760", "<Af>0.3</Af><max_isometric_force>760");
  text = replaced(text, "<Model name=\"swing\">",
                  "<defaults><Thelen2003Muscle><KshapePassive>4</KshapePassive></Thelen2003Muscle></defaults>"
                  "<Model name=\"swing\">");
  const ImportedModel read = imported(text);
  EXPECT_TRUE(read.notes.empty());
  const MuscleSpec& m = read.model.muscles[0];
  EXPECT_EQ(m.type, muscle::MuscleType::Thelen2003);
  EXPECT_EQ(m.thelen.concentric_shape, 0.3);  // its own
  EXPECT_EQ(m.thelen.passive_shape, 4.0);     // the file's default
  EXPECT_EQ(m.thelen.active_shape, 0.45);     // the class's default
  EXPECT_EQ(m.minimum_activation.value, 0.01);
}

TEST(ReadOsim, KeepsTheCurvesOfMillardsMuscles) {
  std::string text = replaced(sound(), "<Thelen2003Muscle name", "<Millard2012EquilibriumMuscle name");
  text = replaced(text, "</Thelen2003Muscle>",
                  "<minimum_activation>0.02</minimum_activation><fiber_damping>0.01</fiber_damping>"
                  "<ActiveForceLengthCurve><min_norm_active_fiber_length>0.25</min_norm_active_fiber_length>"
                  "<minimum_value>0.1</minimum_value></ActiveForceLengthCurve>"
                  "<ForceVelocityCurve><isometric_slope>4</isometric_slope></ForceVelocityCurve>"
                  "<FiberForceLengthCurve><strain_at_zero_force>-0.1</strain_at_zero_force>"
                  "<strain_at_one_norm_force>0.5</strain_at_one_norm_force></FiberForceLengthCurve>"
                  "</Millard2012EquilibriumMuscle>");
  const MuscleSpec m = imported(text).model.muscles.at(0);
  EXPECT_EQ(m.type, muscle::MuscleType::Millard2012);
  EXPECT_EQ(m.millard.shortest_active_length, 0.25);
  EXPECT_EQ(m.millard.minimum_active_value, 0.0);  // a damped fibre
  EXPECT_EQ(m.millard.isometric_slope, 4.0);
  EXPECT_EQ(m.millard.passive_zero_strain, -0.1);
  EXPECT_EQ(m.passive_strain.value, 0.5);
  EXPECT_EQ(m.minimum_activation.value, 0.02);
  const std::string undamped = replaced(text, "<fiber_damping>0.01", "<fiber_damping>0");
  EXPECT_EQ(imported(undamped).model.muscles.at(0).millard.minimum_active_value, 0.1);
  const std::string wrong = replaced(text, "<isometric_slope>4", "<isometric_slope>0.5");
  EXPECT_NE(faults_of_osim(wrong).find("muscle \"extra\": isometric_slope must be > 1"), std::string::npos);
}

TEST(ReadOsim, TakesActuatorsWithTheirBounds) {
  const std::string text =
      replaced(sound(), "<Ligament name=\"band\"/>",
               "<CoordinateActuator name=\"motor\"><coordinate>flexion</coordinate><optimal_force>20</optimal_force>"
               "<min_control>-Inf</min_control><max_control>2</max_control></CoordinateActuator>");
  const ImportedModel read = imported(text);
  ASSERT_EQ(read.model.actuators.size(), 1u);
  const ActuatorSpec& motor = read.model.actuators[0];
  EXPECT_EQ(motor.name, "motor");
  EXPECT_EQ(motor.coordinate, "flexion");
  EXPECT_EQ(motor.optimal_force.value, 20.0);
  EXPECT_EQ(motor.minimum_control, -infinity);
  EXPECT_EQ(motor.maximum_control, 2.0);
  EXPECT_NE(faults_of_osim(replaced(text, "<optimal_force>20", "<optimal_force>0")).find("optimal_force"),
            std::string::npos);
}

TEST(ReadOsim, DropsAMuscleThatIsFixedToTheGround) {
  std::string text = sound();
  const std::size_t path = text.find("<GeometryPath>");
  text.replace(text.find("/bodyset/pelvis", path), std::string("/bodyset/pelvis").size(), "/ground");
  const ImportedModel read = imported(text);
  EXPECT_TRUE(read.model.muscles.empty());
  EXPECT_TRUE(dropped(read, "extra"));
}

TEST(ReadOsim, AConditionalPointIsOnThePathWithinItsRangeOnly) {
  const Model model = compile(imported(sound()).model);
  Kinematics k(model);
  Paths paths(model);
  for (const double q : {-0.3, -0.01, 0.01, 0.5, 1.04, 1.06, 1.5}) {
    Pose pose = rest_pose(model);
    pose.q(0) = q;
    compute_kinematics(model, pose, k);
    compute_paths(model, k, paths);
    const Vec3 a(0.05, 0.1, 0.0), b = world_point(k, 1, {0.06, 0.02, 0.0}), c = world_point(k, 1, {0.02, -0.2, 0.0});
    const bool on = q >= 0.0 && q <= pi / 3.0;
    EXPECT_NEAR(paths.length(0), on ? (b - a).norm() + (c - b).norm() : (c - a).norm(), 1e-15) << q;
    pose.q(0) = q + 1e-6;
    compute_kinematics(model, pose, k);
    Paths beside(model);
    compute_paths(model, k, beside);
    EXPECT_NEAR(paths.moment_arm(0), (paths.length(0) - beside.length(0)) / 1e-6, 1e-6) << q;
  }
}

TEST(ReadOsim, AQuadrantPutsThePathOnItsHalfOfACylinder) {
  const std::string wrapped =
      replaced(conditional_path, "</GeometryPath>",
               "<PathWrapSet><objects><PathWrap name=\"w\"><wrap_object>head</wrap_object><range>-1 -1</range>"
               "</PathWrap></objects></PathWrapSet></GeometryPath>");
  std::string path = replaced(wrapped, "<location>0.05 0.1 0</location>", "<location>-0.03 0.1 0</location>");
  path = replaced(path, "<location>0.02 -0.2 0</location>", "<location>-0.03 -0.2 0</location>");
  path = replaced(path, "ConditionalPathPoint name=\"b\"", "PathPoint name=\"b\"");
  path = replaced(path, "</ConditionalPathPoint>", "</PathPoint>");
  path = replaced(path, "/bodyset/thigh", "/bodyset/pelvis");
  path = replaced(path, "<location>0.06 0.02 0</location>", "<location>-0.03 0.09 0</location>");
  std::string text = sound();
  text = replaced(text, conditional_path, path);
  const Model model = compile(imported(text).model);
  Kinematics k(model);
  Paths paths(model);
  compute_kinematics(model, rest_pose(model), k);
  compute_paths(model, k, paths);
  // the straight line passes the cylinder on the wrong side: the path goes round over +x
  EXPECT_EQ(paths.touching[1], 1);
  EXPECT_GT(paths.moment_arm(0), 0.015);
}

TEST(ReadOsim, NamesEveryFaultWithItsLine) {
  std::string text = replaced(sound(), "<mass>8</mass>", "<mass>heavy</mass>");
  text = replaced(text, "<socket_parent_frame>/bodyset/thigh", "<socket_parent_frame>/bodyset/thing");
  const std::string faults = faults_of_osim(text);
  EXPECT_NE(faults.find(".osim:7:"), std::string::npos) << faults;
  EXPECT_NE(faults.find("\"heavy\""), std::string::npos) << faults;
  EXPECT_NE(faults.find("no body \"thing\" (did you mean \"thigh\"?)"), std::string::npos) << faults;
}

TEST(ReadOsim, RefusesWhatIsNoModel) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "not well-formed XML"},
      {"<OpenSimDocument Version=\"40000\">", "not well-formed XML"},
      {"<!DOCTYPE a [<!ENTITY b \"c\">]><OpenSimDocument Version=\"40000\"/>", "document type"},
      {"<Other/>", "<Other>"},
      {"<OpenSimDocument Version=\"10901\"/>", "version \"10901\""},
      {"<OpenSimDocument Version=\"40000\"/>", "no <Model>"},
      {replaced(sound(), "<BodySet>", "<BodySet file=\"/etc/passwd\">"), "another file"},
      {replaced(sound(), "0 -9.80665 0", "0 0 -9.80665"), "along -Y"},
      {replaced(sound(), "<range>-0.5 2</range>", "<range>-0.5</range>"), "2 numbers"},
      {replaced(swing, "PATH", conditional_path), "at least two points"}};
  for (const auto& [text, part] : cases) {
    const std::string faults = faults_of_osim(text);
    EXPECT_NE(faults.find(part), std::string::npos) << "wanted: " << part << "\ngot: " << faults;
  }
}

}  // namespace
}  // namespace psoas::io
