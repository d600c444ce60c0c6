#include "inputs.hpp"

#include <algorithm>
#include <cctype>

#include "exit_code.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/subject/personalize.hpp"

namespace psoas::cli {
namespace {

std::vector<Job> read_scenarios(const std::vector<std::string>& sources) {
  std::vector<Job> jobs;
  for (const std::string& source : sources) {
    Job job;
    job.source = source;
    job.scenario = io::read_scenario(source);
    require_plain_name(job.scenario.name, source);
    for (const Job& other : jobs) {
      if (other.scenario.name != job.scenario.name) continue;
      throw Failure(usage, "\"" + other.source + "\" and \"" + source + "\" are both called \"" + job.scenario.name +
                               "\", their results would lie in one folder");
    }
    jobs.push_back(std::move(job));
  }
  return jobs;
}

/// Settings of a parameter or support that another of the scenarios has, but this one does not, are not for it. What
/// none of them has is a mistake, and stays to be found.
std::vector<Override> settings_for(const Job& job, const std::vector<Job>& jobs,
                                   const std::vector<Override>& settings) {
  std::vector<Override> out;
  for (const Override& o : settings) {
    const bool wanted = std::any_of(jobs.begin(), jobs.end(), [&](const Job& j) { return concerns(o, j.scenario); });
    if (concerns(o, job.scenario) || !wanted) out.push_back(o);
  }
  return out;
}

void assemble_all(std::vector<Job>& jobs) {
  for (Job& job : jobs) {
    try {
      job.task = assemble(*job.model, job.scenario);
    } catch (const SpecError&) {
      throw;
    } catch (const Error& error) {
      throw Failure(invalid_input, job.scenario.name + ": " + error.what());
    }
  }
}

/// The jobs with the model that each runs on.
std::vector<Job> compiled_jobs(const std::vector<std::string>& scenarios, const std::string& model,
                               const std::vector<Override>& settings, const AnalyzeOptions& options) {
  std::vector<Job> jobs = read_scenarios(scenarios);
  const ModelSpec original = io::read_model(model);
  if (settings.empty()) {
    const auto compiled = std::make_shared<const Model>(compile(original));
    for (Job& job : jobs) {
      job.options = options;
      job.model = compiled;
    }
    return jobs;
  }
  (void)compile(original);  // so that a fault that shows from here on is one of the settings
  try {
    for (Job& job : jobs) {
      ModelSpec spec = original;
      Subject subject;
      job.options = options;
      apply(settings_for(job, jobs, settings), spec, subject, job.scenario, job.options);
      const bool first = &job == &jobs.front();
      job.model = first ? std::make_shared<const Model>(compile(personalize(spec, subject))) : jobs.front().model;
    }
  } catch (const SpecError& error) {
    const std::size_t more = error.faults().size() - 1;
    throw Failure(usage,
                  error.faults().front().message + (more == 0 ? "" : " (and " + std::to_string(more) + " more)"));
  } catch (const Error& error) {
    throw Failure(usage, error.what());
  }
  return jobs;
}

}  // namespace

void require_plain_name(const std::string& name, const std::string& source) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c > 127;
  };
  if (!name.empty() && name[0] != '.' && name[0] != '-' && std::all_of(name.begin(), name.end(), plain)) return;
  throw Failure(invalid_input,
                source + ": the name \"" + name + "\" cannot name a result folder: use letters, digits, _ and -");
}

Model read_and_compile(const std::string& model) { return compile(io::read_model(model)); }

std::vector<Job> prepare_jobs(const std::vector<std::string>& scenarios, const std::string& model,
                              const std::vector<Override>& settings, const AnalyzeOptions& options) {
  std::vector<Job> jobs = compiled_jobs(scenarios, model, settings, options);
  assemble_all(jobs);
  return jobs;
}

}  // namespace psoas::cli
