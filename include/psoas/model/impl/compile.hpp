#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/model/build_paths.hpp"
#include "psoas/model/check.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/spec.hpp"

namespace psoas {

namespace detail {

/// All of compile(): tree and paths, then parameters, groups, and what is reported.
class ModelBuilder : PathBuilder {
 public:
  explicit ModelBuilder(const ModelSpec& spec) : PathBuilder(spec) {}

  Model run() {
    model_.name = spec_.name;
    model_.spec = std::make_shared<const ModelSpec>(spec_);
    model_.gravity = spec_.gravity;
    model_.recruit = spec_.recruit;
    add_coordinates();
    add_bodies();
    add_rows();
    add_surfaces();
    for (const MuscleSpec& muscle : spec_.muscles) add_strand(muscle);
    model_.arm_term_start.push_back(static_cast<int>(model_.arm_terms.size()));
    add_parameters();
    add_groups();
    add_regions();
    add_cuts();
    return std::move(model_);
  }

 private:
  void add_parameters() {
    const auto n = static_cast<Eigen::Index>(spec_.muscles.size());
    StrandParameters& p = model_.muscle;
    for (VecX* v : {&p.max_isometric_force, &p.pcsa, &p.optimal_fiber_length, &p.tendon_slack_length, &p.pennation,
                    &p.passive_strain, &p.active_width, &p.max_contraction_velocity, &p.minimum_activation}) {
      v->resize(n);
    }
    for (Eigen::Index i = 0; i < n; ++i) {
      const MuscleSpec& m = spec_.muscles[static_cast<std::size_t>(i)];
      p.max_isometric_force(i) = m.pcsa.value * m.specific_tension.value * m.strength.value;
      p.pcsa(i) = m.pcsa.value * m.strength.value;
      p.optimal_fiber_length(i) = m.optimal_fiber_length.value;
      p.tendon_slack_length(i) = m.tendon_slack_length.value;
      p.pennation(i) = m.pennation.value;
      p.passive_strain(i) = m.passive_strain.value;
      p.active_width(i) = m.active_width.value;
      p.max_contraction_velocity(i) = m.max_contraction_velocity.value;
      p.minimum_activation(i) = m.minimum_activation.value;
      p.passive_offset.push_back(m.passive_offset ? 1 : 0);
      p.type.push_back(m.type);
    }
  }

  void add_groups() {
    for (std::size_t s = 0; s < spec_.muscles.size(); ++s) {
      const MuscleSpec& muscle = spec_.muscles[s];
      for (std::size_t g = 0; g < muscle.groups.size(); ++g) {
        const std::string& base = muscle.groups[g];
        add_to_group(base, base, "", false, static_cast<int>(s));
        if (!muscle.side.empty()) {
          add_to_group(base + '_' + muscle.side, base, muscle.side, g == 0, static_cast<int>(s));
        }
      }
    }
  }

  void add_to_group(const std::string& name, const std::string& base, const std::string& side, bool main, int strand) {
    auto found =
        std::find_if(model_.groups.begin(), model_.groups.end(), [&](const Group& g) { return g.name == name; });
    if (found == model_.groups.end()) {
      model_.groups.push_back({name, base, side, false, {}});
      found = model_.groups.end() - 1;
    }
    found->main = found->main || main;
    found->strands.push_back(strand);
  }

  int body_of_joint(const std::string& joint) const {
    for (std::size_t b = 0; b < model_.bodies.size(); ++b) {
      if (model_.bodies[b].joint == joint) return static_cast<int>(b);
    }
    return -1;
  }

  void add_regions() {
    const PersonSpec& person = spec_.person;
    for (const LevelSpec& spec : spec_.levels) {
      Level level;
      level.name = spec.name;
      level.body = body_of_joint(spec.joint);
      for (int k = 0; k < 3; ++k) level.coordinates[at(k)] = coordinate_.at(spec.coordinates[at(k)]);
      level.disc_stiffness = spec.disc_stiffness.value;
      level.tilt = -person.sacral_slope + person.lordosis * spec.lordosis_share.value;
      model_.levels.push_back(std::move(level));
    }
    for (const HipSpec& spec : spec_.hips) {
      model_.hips.push_back(
          {spec.side, body_of_joint(spec.joint), coordinate_.at(spec.flexion), spec.capsule_stiffness.value});
    }
    add_links();
    for (const PatchSpec& spec : spec_.patches) {
      for (const PointSpec& node : spec.nodes) {
        model_.nodes.push_back({static_cast<int>(model_.patches.size()), body_.at(node.body), node.at});
      }
      model_.patches.push_back({spec.name, spec.reported_as.empty() ? spec.name : spec.reported_as});
    }
    for (const JointSpec& joint : spec_.joints) {
      for (int axis : joint.balanced_axes) {
        model_.balanced.push_back({joint.child + '_' + "xyz"[axis], body_.at(joint.child), axis});
      }
    }
  }

  void add_links() {
    const auto index = [&](const std::string& body) { return body == "ground" ? ground : body_.at(body); };
    for (const LigamentSpec& spec : spec_.ligaments) {
      Ligament ligament{spec.name, {}, spec.rest_length.value, spec.force};
      for (const PointSpec& point : spec.points) ligament.points.push_back({index(point.body), point.at});
      model_.ligaments.push_back(std::move(ligament));
    }
    for (const BushingSpec& spec : spec_.bushings) {
      Bushing bushing;
      bushing.name = spec.name;
      for (std::size_t i = 0; i < 2; ++i) {
        bushing.bodies[i] = index(spec.frames[i].body);
        bushing.frames[i] = frame_of(spec.frames[i].at, spec.frames[i].rotation);
      }
      bushing.rotational_stiffness = spec.rotational_stiffness;
      bushing.translational_stiffness = spec.translational_stiffness;
      bushing.rotational_damping = spec.rotational_damping;
      bushing.translational_damping = spec.translational_damping;
      model_.bushings.push_back(std::move(bushing));
    }
  }

  void add_cuts() {
    model_.crossed_by.resize(model_.bodies.size());
    for (int s = 0; s < model_.n_strands(); ++s) {
      const Strand& strand = model_.strands[at(s)];
      for (int c = strand.first_crossing; c < strand.first_crossing + strand.n_crossings; ++c) {
        const int body = model_.crossing_body[at(c)];
        model_.crossed_by[at(body)].push_back({s, c});
        for (std::size_t b = 0; b < model_.balanced.size(); ++b) {
          if (model_.balanced[b].body == body) model_.balanced_terms.push_back({s, c, static_cast<int>(b)});
        }
      }
    }
  }
};

}  // namespace detail

PSOAS_INLINE Model compile(const ModelSpec& spec) {
  std::vector<Fault> faults = faults_in(spec);
  if (!faults.empty()) throw SpecError(std::move(faults));
  return detail::ModelBuilder(spec).run();
}

}  // namespace psoas
