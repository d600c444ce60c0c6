#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/core/error.hpp"
#include "psoas/model/model.hpp"
#include "psoas/scenario/excitation_table.hpp"
#include "psoas/scenario/expression.hpp"
#include "psoas/scenario/override.hpp"
#include "psoas/scenario/scenario.hpp"

/// A runnable description of something that moves by itself.
namespace psoas {

/// One piece of a signal over time. Where pieces meet the signal may jump; before the first and after the last it holds
/// their end values.
struct SignalPiece {
  Expression from{"0", ""}, to{"0", ""};  ///< [s]
  Expression value{"0", ""};              ///< of the parameters and of what the signal is allowed to know, $t at least
};

/// Words and wishes of a forward simulation. Every number may be an expression of its parameters.
struct Simulation {
  /// limb: chosen coordinates of a body move freely. muscle: one muscle on a test bench, along a path of given length.
  enum class Kind { limb, muscle };
  Kind kind = Kind::limb;
  Scenario about;  ///< name, description and parameters; no keyframes

  // limb: a base, or a posture of its own with excitations
  std::shared_ptr<const Scenario> base;         ///< gives motion, supports, loads, bands, and activations
  std::map<std::string, std::string> settings;  ///< parameter of the base -> expression, word, or $word
  std::map<std::string, std::string>
      expected_settings;                      ///< other ones for the static solution that excites the muscles
  std::map<std::string, Expression> posture;  ///< without a base: coordinate -> [deg or m]
  std::map<std::string, std::vector<std::string>> ground;  ///< plane of the base -> patches that press too
  std::vector<std::string> free;                           ///< coordinates; none: muscles along the base's motion
  std::vector<SignalPiece> excitation;         ///< empty: of a table, or the activations of the base's static solution
  std::optional<ExcitationTable> table;        ///< recorded excitations; muscles without a column get none
  std::map<std::string, Expression> strength;  ///< muscle or group -> factor, after the static solution
  std::map<std::string, Expression> start;     ///< free coordinate -> where it starts  [deg or m]
  Expression duration{"", ""};                 ///< [s]; empty: as long as the base
  std::string foot;                            ///< patch whose lowest node is watched: foot_height_m
  std::string angle;  ///< free coordinate that is watched: hip_flexion_deg, without the side; and settled

  // muscle
  std::string muscle;                            ///< strand, or group: its mean strand with the force of all
  std::string type = "DeGrooteFregly2016";       ///< | Millard2012 | Thelen2003
  std::map<std::string, Expression> parameters;  ///< of the muscle, instead of the model's  [SI]
  std::vector<SignalPiece> length;               ///< of the path  [m]; may know $optimal, $slack and $rest too

  std::string tendon = "automatic";  ///< | elastic | rigid
  Expression step{"0.001", ""};      ///< largest step  [s]
  Expression output_step{"0.01", ""};
  Expression tolerance{"1e-6", ""};  ///< of the bench, relative and absolute
};

/// A watched angle has settled when its speed stays below this through the last half second  [rad/s].
inline constexpr double settled_speed = 0.5 * degree;
/// A foot is off the ground, high enough to pass a small obstacle, when its lowest node has risen by this much  [m].
inline constexpr double foot_off = 0.05;

/// The static solution that a simulation starts from failed: a matter of numbers, not of words.
class StaticsFailed : public Error {
 public:
  using Error::Error;
};

/// Sets the values: parameters of the simulation, else those of its base, of body, subject and options, as apply()
/// does.
void apply(std::span<const Override> overrides, ModelSpec& model, Subject& subject, Simulation& simulation,
           AnalyzeOptions& options);

/// Runs a simulation. An unfinished one is a status of the outcome (and of Outcome::forward); what was computed is
/// kept.
/// @throws SpecError, Error for descriptions that do not fit the model; StaticsFailed
Outcome simulate(const Model& model, const Simulation& simulation, const AnalyzeOptions& options = {});

/// The motion of a scenario with elastic tendons: its static solution, whose activations then excite muscles that are
/// integrated along the same motion, undamped as the static solution is. The outcome has the loads of the integrated
/// forces. `forward.watched` tells two changes apart: what the lag of activation behind excitation does (the same
/// integration with rigid tendons against the static solution) and what the tendons do (elastic against rigid).
Outcome simulate(const Model& model, const Scenario& scenario, const AnalyzeOptions& options = {});

}  // namespace psoas
