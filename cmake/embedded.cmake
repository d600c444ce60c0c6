# Sets embedded_source: the models and scenarios as text inside the library, written anew only when one of them changes.

file(GLOB model_files CONFIGURE_DEPENDS models/*.toml)
file(GLOB scenario_files CONFIGURE_DEPENDS scenarios/*.toml)
set(embedded_source ${PROJECT_BINARY_DIR}/embedded.cpp)
add_custom_command(
  OUTPUT ${embedded_source}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${embedded_source}" "-DMODELS=${model_files}" "-DSCENARIOS=${scenario_files}"
          -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
  DEPENDS ${model_files} ${scenario_files} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
  COMMENT "Embedding models and scenarios"
  VERBATIM)
