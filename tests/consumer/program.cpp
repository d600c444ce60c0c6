// A program of somebody else: calls a header and the compiled library, and prints the library's version.
#include <iostream>

#include "psoas/core/nearest_name.hpp"
#include "psoas/core/version.hpp"

int main() {
  if (psoas::edit_distance("psoas", "psaos") != 1) return 1;
  std::cout << psoas::version() << '\n';
}
