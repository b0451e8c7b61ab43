# paraphe_layer(NAME [USES layer...] [LIBRARY target...])
#
# Makes the library paraphe_NAME from src/NAME/*.cpp and the test program NAME_test from
# tests/NAME/*_test.cpp. The test program links this layer alone, so an edge that is missing here
# fails as an undefined symbol. A foreign LIBRARY is linked PRIVATE: its headers stop at this layer.
function(paraphe_layer name)
    cmake_parse_arguments(LAYER "" "" "USES;LIBRARY" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
    file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*_test.cpp)
    list(FILTER sources EXCLUDE REGEX "main\\.cpp$")

    if(sources)
        add_library(paraphe_${name} STATIC ${sources})
        set(scope PUBLIC)
        target_link_libraries(paraphe_${name} PRIVATE ${LAYER_LIBRARY})
    else()
        add_library(paraphe_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(paraphe_${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
    foreach(used IN LISTS LAYER_USES)
        target_link_libraries(paraphe_${name} ${scope} paraphe_${used})
    endforeach()

    if(tests)
        add_executable(${name}_test ${tests} ${CMAKE_SOURCE_DIR}/tests/main.cpp)
        target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)
        target_compile_definitions(${name}_test PRIVATE
            PARAPHE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" PARAPHE_BINARY_DIR="${CMAKE_BINARY_DIR}")
        target_link_libraries(${name}_test PRIVATE paraphe_${name})
        add_test(NAME ${name} COMMAND ${name}_test)
    endif()
endfunction()
