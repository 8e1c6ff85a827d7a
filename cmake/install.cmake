# What `cmake --install` puts where. Only the shared library is installed: a user needs neither the
# headers nor the pkg-config files of the libraries that it uses itself.

include(CMakePackageConfigHelpers)

if(TARGET airbridge_program)
    install(TARGETS airbridge_program RUNTIME)
endif()
install(TARGETS airbridge_shared EXPORT airbridgeTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/airbridge DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def")
if(EXISTS "${PROJECT_SOURCE_DIR}/share")
    install(DIRECTORY share/ DESTINATION ${CMAKE_INSTALL_DATADIR}/airbridge)
endif()
file(GLOB man_pages CONFIGURE_DEPENDS docs/man/*.1)
if(man_pages)
    install(FILES ${man_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
install(FILES docs/completion/airbridge.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME airbridge)
install(FILES docs/completion/_airbridge DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES docs/completion/airbridge.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/airbridge)
install(EXPORT airbridgeTargets NAMESPACE airbridge:: DESTINATION ${package_dir})
configure_package_config_file(cmake/airbridgeConfig.cmake.in airbridgeConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
# Below 1.0 a minor version may change the interface.
write_basic_package_version_file(airbridgeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/airbridgeConfig.cmake"
              "${PROJECT_BINARY_DIR}/airbridgeConfigVersion.cmake"
        DESTINATION ${package_dir})

# The .pc file finds its prefix from where it lies, so that an installed tree can be moved.
foreach(dir LIBDIR INCLUDEDIR)
    cmake_path(IS_ABSOLUTE CMAKE_INSTALL_${dir} absolute)
    set(pc_${dir} "${CMAKE_INSTALL_${dir}}")
    if(NOT absolute)
        string(PREPEND pc_${dir} "\${prefix}/")
    endif()
endforeach()
set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
cmake_path(IS_RELATIVE CMAKE_INSTALL_LIBDIR relative)
if(relative)
    file(RELATIVE_PATH pc_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
    string(REGEX REPLACE "/$" "" pc_prefix "\${pcfiledir}/${pc_prefix}")
endif()
configure_file(cmake/airbridge.pc.in airbridge.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/airbridge.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
