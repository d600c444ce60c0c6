# Sets embedded_source: the models, scenarios and simulations as text inside the library, written anew only when one of them changes.

file(GLOB model_files CONFIGURE_DEPENDS models/*.toml)
file(GLOB scenario_files CONFIGURE_DEPENDS scenarios/*.toml)
file(GLOB simulation_files CONFIGURE_DEPENDS scenarios/forward/*.toml)
set(embedded_source ${PROJECT_BINARY_DIR}/embedded.cpp)
add_custom_command(
  OUTPUT ${embedded_source}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${embedded_source}" "-DMODELS=${model_files}" "-DSCENARIOS=${scenario_files}"
          "-DSIMULATIONS=${simulation_files}" -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
  DEPENDS ${model_files} ${scenario_files} ${simulation_files} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
  COMMENT "Embedding models, scenarios and simulations"
  VERBATIM)
