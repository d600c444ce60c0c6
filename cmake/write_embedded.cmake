# Writes OUTPUT, a C++ source with the text of the files in the lists MODELS, SCENARIOS and SIMULATIONS.
#   cmake -DOUTPUT=embedded.cpp "-DMODELS=a.toml;b.toml" "-DSCENARIOS=c.toml" "-DSIMULATIONS=d.toml" -P write_embedded.cmake

set(chunk_size 12000)  # compilers accept at least 16 kB in one literal

# Appends to `code` the file's text as raw string literals, cut after the end of a line.
function(append_text path)
  file(READ ${path} text)
  string(FIND "${text}" ")psoas\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${path}: contains the mark that ends a raw string literal")
  endif()
  string(LENGTH "${text}" left)
  while(left GREATER chunk_size)
    string(SUBSTRING "${text}" 0 ${chunk_size} chunk)
    string(FIND "${chunk}" "\n" cut REVERSE)
    if(cut EQUAL -1)
      message(FATAL_ERROR "${path}: a line is longer than ${chunk_size} bytes")
    endif()
    math(EXPR cut "${cut} + 1")
    string(SUBSTRING "${text}" 0 ${cut} chunk)
    string(SUBSTRING "${text}" ${cut} -1 text)
    string(APPEND code "\n    R\"psoas(${chunk})psoas\"")
    string(LENGTH "${text}" left)
  endwhile()
  string(APPEND code "\n    R\"psoas(${text})psoas\"")
  set(code "${code}" PARENT_SCOPE)
endfunction()

# Appends to `code` an array of files, behind one array of characters for each.
function(append_files variable)
  set(entries "")
  foreach(path IN LISTS ARGN)
    get_filename_component(name ${path} NAME_WE)
    list(LENGTH entries number)
    string(APPEND code "constexpr char ${variable}_${number}[] =")
    append_text(${path})
    string(APPEND code ";\n")
    list(APPEND entries "    {\"${name}\", {${variable}_${number}, sizeof ${variable}_${number} - 1}},\n")
  endforeach()
  list(LENGTH entries count)
  list(JOIN entries "" entries)
  string(APPEND code "constexpr std::array<File, ${count}> ${variable}{{\n${entries}}};\n\n")
  set(code "${code}" PARENT_SCOPE)
endfunction()

set(code "#include \"io/embedded.hpp\"\n\n#include <array>\n\nnamespace psoas::embedded {\nnamespace {\n\n")
append_files(model_files ${MODELS})
append_files(scenario_files ${SCENARIOS})
append_files(simulation_files ${SIMULATIONS})
string(APPEND code "}  // namespace\n\n"
                   "std::span<const File> models() { return model_files; }\n"
                   "std::span<const File> scenarios() { return scenario_files; }\n"
                   "std::span<const File> simulations() { return simulation_files; }\n\n"
                   "}  // namespace psoas::embedded\n")
file(WRITE ${OUTPUT} "${code}")
