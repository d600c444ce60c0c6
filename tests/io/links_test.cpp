#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "psoas/io/write_model.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/model/check.hpp"
#include "psoas/subject/personalize.hpp"
#include "there_and_back.hpp"

namespace psoas::test {
namespace {

ModelSpec spine() { return read_model(PSOAS_TEST_DATA "/opensim/links.osim"); }

TEST(Links, OfAFileOfOpenSimAreReadWithTheirFrames) {
  const ModelSpec spec = spine();
  ASSERT_EQ(spec.bushings.size(), 2u);
  EXPECT_EQ(spec.bushings[0].frames[0].body, "lower");
  EXPECT_EQ(spec.bushings[0].frames[1].body, "upper");
  EXPECT_LT((spec.bushings[0].frames[1].at - Vec3(0.01, -0.04, 0.0)).norm(), 1e-15);
  EXPECT_LT((spec.bushings[0].frames[1].rotation - Vec3(-0.02, 0.1, 0.05)).norm(), 1e-15);
  EXPECT_EQ(spec.bushings[1].frames[0].body, "ground");
  ASSERT_EQ(spec.ligaments.size(), 3u);
  EXPECT_EQ(spec.ligaments[1].points.size(), 3u);
}

TEST(Links, AreTheSameAfterAWayThroughEitherKindOfFile) {
  const ModelSpec spec = spine();
  const Model first = compile(spec);
  for (const bool osim : {true, false}) {
    const Model second =
        compile(osim ? written_to_osim(spec).spec : io::read_model_text(io::model_toml(spec), "links.toml"));
    const Apart found = apart(first, second, 20);
    EXPECT_LT(found.moment, 1e-12) << found.where;
    ASSERT_EQ(second.ligaments.size(), 3u);
    ASSERT_EQ(second.bushings.size(), 2u);
  }
}

TEST(Links, OfOlderFilesNameBodiesWithOffsets) {
  const std::string text = R"(<OpenSimDocument Version="30000"><Model name="old"><gravity>0 -9.8 0</gravity>
    <BodySet><objects><Body name="ground"/>
      <Body name="a"><mass>1</mass><inertia_xx>1</inertia_xx><inertia_yy>1</inertia_yy><inertia_zz>1</inertia_zz>
        <Joint><PinJoint name="pin"><parent_body>ground</parent_body>
          <CoordinateSet><objects><Coordinate name="q"><range>-1 1</range></Coordinate></objects></CoordinateSet>
        </PinJoint></Joint></Body></objects></BodySet>
    <ForceSet><objects>
      <BushingForce name="spring"><body_1>ground</body_1><body_2>a</body_2>
        <location_body_1>0.1 0.2 0.3</location_body_1><orientation_body_1>0 0 0.5</orientation_body_1>
        <location_body_2>0 0 0</location_body_2><orientation_body_2>0.1 0 0</orientation_body_2>
        <rotational_stiffness>1 2 3</rotational_stiffness></BushingForce>
      <Ligament name="round"><GeometryPath><PathPointSet><objects>
          <PathPoint name="p1"><body>ground</body><location>0 1 0</location></PathPoint>
          <PathPoint name="p2"><body>a</body><location>0.1 0 0</location></PathPoint></objects></PathPointSet>
        <PathWrapSet><objects><PathWrap name="w"><wrap_object>c</wrap_object></PathWrap></objects></PathWrapSet>
        </GeometryPath><resting_length>1</resting_length><pcsa_force>1</pcsa_force></Ligament>
    </objects></ForceSet></Model></OpenSimDocument>)";
  const auto path = std::filesystem::path(testing::TempDir()) / "psoas_old_links.osim";
  std::ofstream(path) << text;
  const io::ImportedModel read = io::import_model(path.string());
  ASSERT_EQ(read.model.bushings.size(), 1u);
  EXPECT_EQ(read.model.bushings[0].frames[0].at, Vec3(0.1, 0.2, 0.3));
  EXPECT_NEAR(read.model.bushings[0].frames[0].rotation.z(), 0.5, 1e-15);
  EXPECT_EQ(read.model.bushings[0].rotational_stiffness, Vec3(1.0, 2.0, 3.0));
  EXPECT_TRUE(read.model.ligaments.empty());
  ASSERT_EQ(read.dropped.size(), 1u);
  EXPECT_EQ(read.dropped[0].name, "round");
}

/// Two bodies on hinges, with forces.
io::ImportedModel with_forces(const std::string& forces, const std::string& defaults = "") {
  const std::string body = R"(<mass>1</mass><inertia>1 1 1 0 0 0</inertia><components>
      <PhysicalOffsetFrame name="endplate"><socket_parent>..</socket_parent><translation>0 HEIGHT 0</translation>
      <orientation>0 0 0</orientation></PhysicalOffsetFrame></components></Body>)";
  const auto hinge = [](const std::string& name, const std::string& parent, const std::string& child) {
    return "<PinJoint name=\"" + name + "\"><socket_parent_frame>below</socket_parent_frame><socket_child_frame>" +
           "/bodyset/" + child + "</socket_child_frame><coordinates><Coordinate name=\"q_" + name +
           "\"><range>-1 1</range></Coordinate></coordinates><frames><PhysicalOffsetFrame name=\"below\">" +
           "<socket_parent>" + parent + "</socket_parent><translation>0 0.5 0</translation>" +
           "<orientation>0 0 0</orientation></PhysicalOffsetFrame></frames></PinJoint>";
  };
  const auto placed = [&](const char* height) {
    std::string out = body;
    return out.replace(out.find("HEIGHT"), 6, height);
  };
  const auto path = std::filesystem::path(testing::TempDir()) /
                    (std::string("psoas_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".osim");
  std::ofstream(path) << "<OpenSimDocument Version=\"40000\">" << defaults
                      << "<Model name=\"m\"><gravity>0 -9.8 0</gravity>"
                      << "<BodySet><objects><Body name=\"lower\">" << placed("0.1") << "<Body name=\"upper\">"
                      << placed("0.2") << "</objects></BodySet><JointSet><objects>" << hinge("base", "/ground", "lower")
                      << hinge("level", "/bodyset/lower", "upper") << "</objects></JointSet><ForceSet><objects>"
                      << forces << "</objects></ForceSet></Model></OpenSimDocument>";
  return io::import_model(path.string());
}

std::string bushing_of(const std::string& first, const std::string& second, const std::string& more = "",
                       const std::string& name = "disc") {
  return "<BushingForce name=\"" + name + "\"><socket_frame1>" + first + "</socket_frame1><socket_frame2>" + second +
         "</socket_frame2>" + more + "</BushingForce>";
}

TEST(Links, AFrameIsThatOfTheOwnerThatItsPathNames) {
  const auto two = with_forces(bushing_of("/bodyset/lower/endplate", "/bodyset/upper/endplate")).model.bushings;
  ASSERT_EQ(two.size(), 1u);
  EXPECT_EQ(two[0].frames[0].body, "lower");
  EXPECT_EQ(two[0].frames[0].at, Vec3(0.0, 0.1, 0.0));
  EXPECT_EQ(two[0].frames[1].body, "upper");
  EXPECT_EQ(two[0].frames[1].at, Vec3(0.0, 0.2, 0.0));
  const std::string own = R"(<frames>
      <PhysicalOffsetFrame name="outer"><socket_parent>../inner</socket_parent><translation>0 0 1</translation>
        <orientation>0 0 0</orientation></PhysicalOffsetFrame>
      <PhysicalOffsetFrame name="inner"><socket_parent>/bodyset/lower</socket_parent><translation>1 0 0</translation>
        <orientation>0 0 0</orientation></PhysicalOffsetFrame></frames>)";
  const auto nested = with_forces(bushing_of("outer", "/jointset/level/below", own) +
                                  bushing_of("/forceset/disc/outer", "/bodyset/upper", "", "other"));
  ASSERT_EQ(nested.dropped.size(), 1u);  // both ends of the first are in the lower body
  EXPECT_NE(nested.dropped[0].reason.find("both frames"), std::string::npos);
  ASSERT_EQ(nested.model.bushings.size(), 1u);
  EXPECT_EQ(nested.model.bushings[0].frames[0].at, Vec3(1.0, 0.0, 1.0));
  EXPECT_THROW(with_forces(bushing_of("endplate", "/bodyset/upper")), SpecError);
  // another owner's frame does not stand in for one that is not there
  EXPECT_THROW(with_forces(bushing_of("/bodyset/lower/below", "/bodyset/upper")), SpecError);
  EXPECT_THROW(with_forces(bushing_of("", "/bodyset/upper")), SpecError);
}

TEST(Links, DefaultsNamesAndRestLengthsAreTakenAsOpenSimTakesThem) {
  const std::string defaults =
      R"(<defaults><BushingForce name="default"><rotational_stiffness>9 8 7</rotational_stiffness>
         </BushingForce></defaults>)";
  const auto twice =
      with_forces(bushing_of("/ground", "/bodyset/upper") + bushing_of("/ground", "/bodyset/lower"), defaults);
  ASSERT_EQ(twice.model.bushings.size(), 2u);
  EXPECT_EQ(twice.model.bushings[0].rotational_stiffness, Vec3(9.0, 8.0, 7.0));
  EXPECT_EQ(twice.model.bushings[1].name, "disc_0");
  ASSERT_EQ(twice.notes.size(), 1u);
  const auto slack = [](const std::string& given) {
    return with_forces("<Ligament name=\"l\">" + given + R"(<path><GeometryPath><PathPointSet><objects>
      <PathPoint name="a"><socket_parent_frame>/ground</socket_parent_frame><location>0 0 0</location></PathPoint>
      <PathPoint name="b"><socket_parent_frame>/bodyset/upper</socket_parent_frame>
        <location>0 0 0</location></PathPoint>
      </objects></PathPointSet></GeometryPath></path></Ligament>)");
  };
  const std::string rest = "<resting_length>0.5</resting_length>", force = "<pcsa_force>9</pcsa_force>";
  for (const std::string& given : {std::string(), rest, force}) {
    ASSERT_EQ(slack(given).dropped.size(), 1u) << given;
    EXPECT_NE(slack(given).dropped[0].reason.find("resting_length and a pcsa_force"), std::string::npos);
  }
  EXPECT_EQ(slack(rest + force).model.ligaments.size(), 1u);
}

TEST(Links, FaultyOnesAreNamed) {
  const auto fault = [](const auto& change) {
    ModelSpec spec = spine();
    change(spec);
    const std::vector<Fault> faults = faults_in(spec);
    return faults.empty() ? std::string() : faults.front().message;
  };
  using Spec = ModelSpec&;
  EXPECT_EQ(fault([](Spec) {}), "");
  EXPECT_NE(fault([](Spec s) { s.bushings[0].frames[0].body = "lowr"; }).find("lower"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.bushings[0].frames[0].body = "upper"; }).find("both frames"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.bushings[1].rotational_stiffness.x() = -1.0; }).find("negative"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.bushings[1].name = "disc"; }).find("two bushings"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.ligaments[0].points.pop_back(); }).find("two points"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.ligaments[0].rest_length = Quantity(0.0); }).find("rest_length"), std::string::npos);
  EXPECT_NE(fault([](Spec s) { s.ligaments[0].points[0].body = "uper"; }).find("upper"), std::string::npos);
}

TEST(Links, OfATallerPersonKeepTheirStretchAndGrowStifferAsDiscsDo) {
  const ModelSpec spec = spine();
  const double k = 1.1;
  Subject taller;
  taller.height_m = k * spec.person.height;
  const ModelSpec grown = personalize(spec, taller);
  EXPECT_TRUE(grown.bushings[0].rotational_stiffness.isApprox(k * k * k * spec.bushings[0].rotational_stiffness));
  EXPECT_TRUE(grown.bushings[0].translational_stiffness.isApprox(k * spec.bushings[0].translational_stiffness));
  EXPECT_TRUE(grown.bushings[0].frames[0].at.isApprox(k * spec.bushings[0].frames[0].at));
  const Model before = compile(spec), after = compile(grown);
  Kinematics kb(before), ka(after);
  compute_kinematics(before, rest_pose(before), kb);
  compute_kinematics(after, rest_pose(after), ka);
  for (std::size_t i : {0, 2}) {
    EXPECT_NEAR(ligament_length(ka, after.ligaments[i]) / after.ligaments[i].rest_length,
                ligament_length(kb, before.ligaments[i]) / before.ligaments[i].rest_length, 1e-12);
    EXPECT_NEAR(ligament_tension(ka, after.ligaments[i]), k * k * ligament_tension(kb, before.ligaments[i]), 1e-9);
  }
}

}  // namespace
}  // namespace psoas::test
