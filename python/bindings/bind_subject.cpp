#include "common.hpp"
#include "psoas/scenario/override.hpp"
#include "psoas/subject/personalize.hpp"
#include "psoas/subject/subject.hpp"

namespace psoas::python {
namespace {

/// `female`, or the enum.
void set_sex(Subject& subject, const py::object& value) {
  if (value.is_none()) {
    subject.sex.reset();
  } else if (py::isinstance<py::str>(value)) {
    const auto word = value.cast<std::string>();
    if (word != "male" && word != "female") throw Error("sex must be male or female, got \"" + word + '"');
    subject.sex = word == "male" ? Sex::male : Sex::female;
  } else {
    subject.sex = value.cast<Sex>();
  }
}

}  // namespace

void bind_subject(py::module_& m) {
  py::enum_<Sex>(m, "Sex", "For the rules of scaling.").value("male", Sex::male).value("female", Sex::female);
  py::class_<Subject> type(m, "Subject",
                           "The person to whom a model is fitted; what is None stays as in the model's base body.\n\n"
                           "Subject(mass_kg=62, height_m=1.64, sex='female')");
  type.def_readwrite("mass_kg", &Subject::mass_kg, "[kg]")
      .def_readwrite("height_m", &Subject::height_m, "[m]")
      .def_property(
          "sex", [](const Subject& s) { return s.sex; }, &set_sex, "Sex, or its name")
      .def_readwrite("age_y", &Subject::age_y, "[years]")
      .def_readwrite("sacral_slope_deg", &Subject::sacral_slope_deg, "[deg]")
      .def_readwrite("lordosis_deg", &Subject::lordosis_deg, "[deg]")
      .def_readwrite("psoas_minor", &Subject::psoas_minor, "none | right | left | both");
  as_fields(type, {"mass_kg", "height_m", "sex", "age_y", "sacral_slope_deg", "lordosis_deg", "psoas_minor"});
  m.def(
      "personalize", &personalize,
      "Fits a description to a person: segments, inertias, paths, fibre and tendon lengths, strength. Raises SpecError "
      "for values that no person has.",
      "spec"_a, "subject"_a);
}

}  // namespace psoas::python
