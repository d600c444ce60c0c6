#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "motion_analysis.hpp"

namespace psoas::cli {

void add_analyze(CLI::App& app, Action& action) {
  auto words = std::make_shared<AnalyzeWords>();
  CLI::App* command =
      app.add_subcommand("analyze", "A recorded motion of a model: lengths, moment arms, inverse dynamics, muscles");
  command->add_option("MOTION", words->motion, "Coordinates over time (.mot, .sto)")->required();
  command
      ->add_option("--model", words->model,
                   "The model that was recorded: a name or a file (.toml, .osim); without it the motion is brought to "
                   "whole_body")
      ->type_name("FILE");
  command
      ->add_option("--convention", words->convention,
                   "Without --model: whose names and signs the motion has [found from its columns]")
      ->type_name("rajagopal|gait2392|whole_body");
  command->add_option("--subject", words->subject, "Without --model: the person: mass_kg, height_m, sex, age_y, ...")
      ->type_name("KEY=VALUE,...")
      ->allow_extra_args(false);
  command
      ->add_option("--supports", words->supports,
                   "What carries the body: auto (found from the motion), measured or none [measured with --grf, else "
                   "auto]")
      ->type_name("WHAT");
  command->add_option("--grf", words->grf, "Measured forces over time")->type_name("FILE");
  command->add_option("--external-loads", words->loads, "Which columns of --grf act on which body")->type_name("FILE");
  command->add_option("--filter", words->filter, "Low-pass cut-off of the coordinates, 0: none [6]")->type_name("HZ");
  command->add_flag("--static", words->still, "Each row is a posture at rest");
  command->add_flag("--opensim-compatible", words->opensim,
                    "Filter, frame times, forces between samples and recruitment as in OpenSim");
  command
      ->add_option(
          "--actuators", words->actuators,
          "With --opensim-compatible: reserves and residuals, a ForceSet [1 N m; 100 N and 50 N m at the root]")
      ->type_name("FILE");
  command->add_option("--joint-loads-in", words->reactions, "Axes of JointReaction: child, ground or both [child]")
      ->type_name("FRAME");
  command->add_option("--only", words->only, "lengths,moment_arms,inverse_dynamics: no recruitment")
      ->type_name("WHAT,...");
  command->add_option("-o,--out", words->out, "Folder for the result folder [results]")->type_name("DIR");
  command->add_flag("--force", words->force, "Write into a folder that holds foreign files as well");
  command->callback([words, &action] { action = [words] { return analyze_motion(*words, command_line()); }; });
}

}  // namespace psoas::cli
