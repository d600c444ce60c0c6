#include "psoas/io/measured_loads.hpp"

#include <algorithm>

#include "psoas/core/nearest_name.hpp"

namespace psoas::io {
namespace {

/// Binds one description after the other, and gathers what does not fit.
class LoadBinder {
 public:
  LoadBinder(const Table& table, const Model& model) : table_(table), model_(model) {}

  MeasuredLoad bind(const ExternalLoad& load) {
    MeasuredLoad out;
    out.name = load.name;
    out.body = body(load, load.applied_to_body);
    out.force_frame = frame(load, load.force_expressed_in_body);
    out.point_frame = frame(load, load.point_expressed_in_body);
    out.time = table_.time;
    out.force = columns(load, load.force_identifier);
    out.point = columns(load, load.point_identifier);
    out.torque = columns(load, load.torque_identifier);
    return out;
  }

  void finish() {
    if (!faults_.empty()) throw SpecError(std::move(faults_));
  }

 private:
  int body(const ExternalLoad& load, const std::string& path) {
    const std::string name = path.substr(path.find_last_of('/') + 1);
    std::vector<std::string> known;
    for (std::size_t b = 0; b < model_.bodies.size(); ++b) {
      if (model_.bodies[b].name == name) return static_cast<int>(b);
      known.push_back(model_.bodies[b].name);
    }
    faults_.push_back({load.where, "load \"" + load.name + "\": no body \"" + name + "\" in " + model_.name +
                                       did_you_mean(name, known)});
    return 0;
  }

  int frame(const ExternalLoad& load, const std::string& name) {
    return name.empty() || name.ends_with("ground") ? ground : body(load, name);
  }

  MatX columns(const ExternalLoad& load, const std::string& identifier) {
    MatX out = MatX::Zero(3, static_cast<Eigen::Index>(table_.time.size()));
    for (int axis = 0; axis < 3 && !identifier.empty(); ++axis) {
      const std::string label = identifier + "xyz"[axis];
      const auto found = std::find(table_.labels.begin(), table_.labels.end(), label);
      if (found == table_.labels.end()) {
        faults_.push_back({load.where, "load \"" + load.name + "\": no column \"" + label + "\" in " + table_.name +
                                           did_you_mean(label, table_.labels)});
        continue;
      }
      out.row(axis) = table_.values.col(found - table_.labels.begin()).transpose();
    }
    return out;
  }

  const Table& table_;
  const Model& model_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<MeasuredLoad> measured_loads(const ExternalLoads& description, const Table& table, const Model& model) {
  LoadBinder binder(table, model);
  std::vector<MeasuredLoad> out;
  for (const ExternalLoad& load : description.loads) out.push_back(binder.bind(load));
  binder.finish();
  return out;
}

}  // namespace psoas::io
