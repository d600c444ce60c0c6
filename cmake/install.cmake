# `cmake --install build/release --prefix DIR`, then find_package(psoas) or pkg-config psoas.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/psoas)

install(TARGETS psoas_headers psoas psoas_odeint EXPORT psoasTargets FILE_SET HEADERS)
install(EXPORT psoasTargets NAMESPACE psoas:: DESTINATION ${package_dir})
configure_package_config_file(cmake/psoasConfig.cmake.in ${PROJECT_BINARY_DIR}/psoasConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/psoasConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/psoasConfig.cmake ${PROJECT_BINARY_DIR}/psoasConfigVersion.cmake
        DESTINATION ${package_dir})

if(BUILD_SHARED_LIBS)
  file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(cmake/psoas.pc.in ${PROJECT_BINARY_DIR}/psoas.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/psoas.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
if(TARGET psoas_cli)
  install(TARGETS psoas_cli)
endif()
