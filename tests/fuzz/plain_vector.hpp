#pragma once

// Clang refuses a class of qpdf that holds a vector of its outer, unfinished class, since it wants
// to know at once whether that vector could be destroyed at compile time. Included before all else
// where qpdf is read, this leaves text and containers to run time; GCC needs no such help.
#define _GLIBCXX20_CONSTEXPR
#include <type_traits>
#undef __cpp_lib_is_constant_evaluated
