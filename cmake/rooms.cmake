# The library is made of rooms, src/<room>/*.c, each compiled once and used by both libraries.

set(AB_ROOMS "")

# ab_room(<room> [HOT] [LIBS <imported target>...])
# A room without sources is left out until it has some. HOT: arithmetic loops, which gcc vectorises only at -O3.
function(ab_room room)
    cmake_parse_arguments(arg "HOT" "" "LIBS" ${ARGN})
    set(AB_LIBS_${room} "${arg_LIBS}" PARENT_SCOPE)
    file(GLOB sources CONFIGURE_DEPENDS src/${room}/*.c)
    # Alternatives are chosen by ab_optional.
    list(FILTER sources EXCLUDE REGEX "_none\\.c$")
    foreach(alternative IN LISTS AB_ALTERNATIVES_${room})
        list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/${alternative}")
    endforeach()
    list(APPEND sources ${AB_CHOSEN_${room}})
    if(NOT sources)
        return()
    endif()

    add_library(ab_${room} OBJECT ${sources})
    target_include_directories(ab_${room} PRIVATE include src)
    target_link_libraries(ab_${room} PRIVATE ab_flags ${arg_LIBS})
    if(arg_HOT)
        target_compile_options(ab_${room} PRIVATE $<$<CONFIG:Release,RelWithDebInfo>:-O3>)
    endif()
    set(AB_ROOMS ${AB_ROOMS} ${room} PARENT_SCOPE)
endfunction()

# ab_optional(<room> <thing> <lib>), before ab_room(<room>): src/<room>/<thing>_<lib>.c if
# pkg-config knows <lib>, else src/<room>/<thing>_none.c. No `#if` in the sources tells them apart.
# PkgConfig::<LIB> exists afterwards only if the library is used: give the room
# `LIBS $<TARGET_NAME_IF_EXISTS:PkgConfig::<LIB>>`.
function(ab_optional room thing lib)
    string(TOUPPER ${lib} upper)
    if(AB_OPTIONAL)
        pkg_check_modules(${upper} IMPORTED_TARGET GLOBAL ${lib})
    endif()
    if(AB_OPTIONAL AND ${upper}_FOUND)
        set(choice src/${room}/${thing}_${lib}.c)
    else()
        set(choice src/${room}/${thing}_none.c)
    endif()
    message(STATUS "${room}/${thing}: ${choice}")
    set(AB_CHOSEN_${room} ${AB_CHOSEN_${room}} ${choice} PARENT_SCOPE)
    set(AB_ALTERNATIVES_${room} ${AB_ALTERNATIVES_${room}} src/${room}/${thing}_${lib}.c PARENT_SCOPE)
endfunction()

# ab_library(<target> STATIC|SHARED): all rooms, as libairbridge.
function(ab_library target kind)
    add_library(${target} ${kind})
    set_target_properties(${target} PROPERTIES
        OUTPUT_NAME airbridge
        ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib"
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
    target_include_directories(${target} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    foreach(room IN LISTS AB_ROOMS)
        target_sources(${target} PRIVATE $<TARGET_OBJECTS:ab_${room}>)
        target_link_libraries(${target} PRIVATE ${AB_LIBS_${room}})
    endforeach()
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:ab_flags> m)
endfunction()
