# cmake -DPROGRAM=FILE -DREFUSED=REGEX -P loads.cmake: fails when the program names a library that
# matches, which each of its starts would load.
execute_process(COMMAND readelf --dynamic --wide ${PROGRAM}
    OUTPUT_VARIABLE section COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "lib[A-Za-z0-9_+.-]+\\.so" needed "${section}")  # [libc.so.6]
if(NOT needed)
    message(FATAL_ERROR "${PROGRAM} names no library at all")
endif()
list(FILTER needed INCLUDE REGEX "^lib(${REFUSED})")
if(needed)
    message(FATAL_ERROR "${PROGRAM} loads what only paraphe-full may: ${needed}")
endif()
