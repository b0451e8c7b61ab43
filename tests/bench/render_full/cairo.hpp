#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "measure.hpp"

namespace paraphe::bench {

/// cairo's PDF surface draws the glyphs that our layout has placed: no tags, no PDF/A.
void bench_cairo(const std::string& template_file, int rounds);

/// Octets of the PNG that cairo itself writes of the same pixels.
std::size_t cairo_png(Stopwatch&, const Bytes& png);

}  // namespace paraphe::bench
