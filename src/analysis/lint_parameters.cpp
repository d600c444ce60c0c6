#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "analysis/lint_rules.hpp"

namespace psoas::detail {
namespace {

/// Fibre lengths measured in 21 cadavers, normalised to a sarcomere length of 2.7 um [m].
struct MeasuredFiber {
  std::vector<const char*> names;  ///< without side
  double mean, sd;
};

/// @source  Ward et al. 2009, Clin Orthop Relat Res 467:1074-1082, table 2
const std::vector<MeasuredFiber>& measured_fibers() {
  static const std::vector<MeasuredFiber> all{{{"psoas"}, 0.1169, 0.0166},
                                              {{"iliacus"}, 0.1066, 0.0190},
                                              {{"rect_fem", "recfem"}, 0.0759, 0.0128},
                                              {{"vas_lat", "vaslat"}, 0.0994, 0.0176},
                                              {{"vas_int", "vasint"}, 0.0993, 0.0203},
                                              {{"vas_med", "vasmed"}, 0.0968, 0.0230},
                                              {{"semimem"}, 0.0690, 0.0183},
                                              {{"semiten"}, 0.1930, 0.0412},
                                              {{"bifemlh", "bflh"}, 0.0976, 0.0262},
                                              {{"bifemsh", "bfsh"}, 0.1103, 0.0206},
                                              {{"sar", "sart"}, 0.4030, 0.0463},
                                              {{"grac"}, 0.2278, 0.0437},
                                              {{"soleus"}, 0.0440, 0.0099},
                                              {{"med_gas", "gasmed"}, 0.0510, 0.0098},
                                              {{"lat_gas", "gaslat"}, 0.0588, 0.0095},
                                              {{"tib_ant", "tibant"}, 0.0683, 0.0079}};
  return all;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
  return text;
}

std::string millimetres(double length) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f mm", 1000.0 * length);
  return text;
}

std::string without_side(const std::string& name) {
  return name.ends_with("_r") || name.ends_with("_l") ? name.substr(0, name.size() - 2) : name;
}

void lint_fibers(const Model& model, std::vector<Finding>& out) {
  for (int s = 0; s < model.n_strands(); ++s) {
    const std::string& name = model.strands[static_cast<std::size_t>(s)].name;
    const double fiber = model.muscle.optimal_fiber_length(s);
    if (fiber < 0.01 || fiber > 0.6) {
      out.push_back({"optimal_fiber", Severity::warning, name, fiber,
                     "optimal fibre of " + millimetres(fiber) + ": no human muscle is outside 10 to 600 mm"});
      continue;
    }
    for (const MeasuredFiber& measured : measured_fibers()) {
      if (std::count(measured.names.begin(), measured.names.end(), without_side(name)) == 0) continue;
      if (std::abs(fiber - measured.mean) <= 2.0 * measured.sd) continue;
      out.push_back({"optimal_fiber", Severity::warning, name, fiber,
                     "optimal fibre of " + millimetres(fiber) + ", measured " + millimetres(measured.mean) + " +- " +
                         millimetres(measured.sd) + " (Ward 2009): force and passive tension shift with it"});
    }
  }
}

/// Strands that are parts of psoas major, by the names in use.
bool is_psoas_strand(const std::string& name) {
  return name.starts_with("Ps_") || name.starts_with("psoas_L") || name.starts_with("psoas_T");
}

void lint_psoas(const Model& model, std::vector<Finding>& out) {
  for (const std::string side : {"r", "l"}) {
    double strands = 0.0, lumped = 0.0;
    std::string lump;
    for (int s = 0; s < model.n_strands(); ++s) {
      const Strand& strand = model.strands[static_cast<std::size_t>(s)];
      if (strand.side != side) continue;
      if (is_psoas_strand(strand.name)) strands += model.muscle.max_isometric_force(s);
      if (strand.name == "psoas_" + side || strand.name == "Psoas_" + side) {
        lumped += model.muscle.max_isometric_force(s), lump = strand.name;
      }
    }
    if (strands > 0.0 && lumped > 0.0) {
      out.push_back({"counted_twice", Severity::error, lump, lumped,
                     "a lumped psoas stands beside its strands: the muscle pulls twice, and its hip part and its "
                     "spine part are not the same tension"});
    }
    constexpr double least = 46.0 * 14.63, most = 122.0 * 14.63;
    const double force = std::max(strands, lumped);
    if (force > 0.0 && (force < least || force > most)) {
      char text[160];
      std::snprintf(text, sizeof text, "psoas major pulls with %.0f N: 46 to 122 N/cm2 of 14.63 cm2 are %.0f to %.0f N",
                    force, least, most);
      out.push_back({"strength", Severity::warning, "psoas_" + side, force, text});
    }
  }
}

void lint_sides(const Model& model, std::vector<Finding>& out) {
  std::map<std::string, int> index;
  for (int s = 0; s < model.n_strands(); ++s) index[model.strands[static_cast<std::size_t>(s)].name] = s;
  for (const auto& [name, right] : index) {
    if (!name.ends_with("_r")) continue;
    const auto left = index.find(without_side(name) + "_l");
    if (left == index.end()) {
      out.push_back({"left_right", Severity::warning, name, not_a_number, "has no partner on the left"});
      continue;
    }
    const std::pair<const char*, const VecX*> parameters[] = {
        {"maximal force", &model.muscle.max_isometric_force},
        {"optimal fibre", &model.muscle.optimal_fiber_length},
        {"tendon slack length", &model.muscle.tendon_slack_length}};
    for (const auto& [what, values] : parameters) {
      const double r = (*values)(right), l = (*values)(left->second);
      const double difference = std::abs(r - l) / std::max({std::abs(r), std::abs(l), 1e-9});
      if (difference <= 0.01) continue;
      out.push_back({"left_right", Severity::warning, name, difference,
                     std::string(what) + " differs from the left by " + percent(difference) +
                         ": a symmetric posture gives an asymmetric answer"});
    }
  }
}

void lint_bodies(const Model& model, std::vector<Finding>& out) {
  for (const Body& body : model.bodies) {
    if (!(body.mass > 0.0)) continue;
    const double least = body.inertia.diagonal().minCoeff(), most = body.inertia.diagonal().maxCoeff();
    if (!(most > 0.0)) {
      out.push_back({"inertia", Severity::warning, body.name, body.mass,
                     "has a mass and no inertia: it resists turning by its place alone"});
      continue;
    }
    for (const double moment : {least, most}) {
      const double radius = std::sqrt(std::max(moment, 0.0) / body.mass);
      if (radius >= 0.001 && radius <= 0.6) continue;
      out.push_back({"inertia", Severity::warning, body.name, radius,
                     "a radius of gyration of " + millimetres(radius) + " fits no segment of a body of " +
                         std::to_string(body.mass) + " kg"});
      break;
    }
  }
}

void lint_ranges(const Model& model, std::vector<Finding>& out) {
  for (const Coordinate& c : model.coordinates) {
    if (c.role == Role::follows) continue;
    const double span = c.maximum - c.minimum;
    if (span <= (c.translational ? 20.0 : 4.0 * pi)) continue;
    out.push_back({"range", Severity::note, c.name, span,
                   "has no range that a body could reach: nothing warns of an "
                   "impossible posture"});
  }
}

void lint_conditions(const Model& model, std::vector<Finding>& out) {
  for (const Strand& strand : model.strands) {
    std::set<std::string> switched;
    for (int p = strand.first_point; p < strand.first_point + strand.n_points; ++p) {
      const PathPoint& point = model.points[static_cast<std::size_t>(p)];
      if (point.condition >= 0) switched.insert(model.coordinates[static_cast<std::size_t>(point.condition)].name);
    }
    for (const std::string& coordinate : switched) {
      out.push_back({"conditional_point", Severity::note, strand.name, not_a_number,
                     "a point of its path comes and goes with " + coordinate});
    }
  }
}

}  // namespace

void lint_parameters(const Model& model, std::vector<Finding>& out) {
  lint_psoas(model, out);
  lint_fibers(model, out);
  lint_sides(model, out);
  lint_bodies(model, out);
  lint_ranges(model, out);
  lint_conditions(model, out);
}

}  // namespace psoas::detail
