#pragma once

#include "cli/commands.hpp"
#include "cli/rendering.hpp"

namespace paraphe::cli {

/// Renders each line of a JSON Lines file (`options.data_lines`, "-" for standard input) to files
/// named by the record; `options.jobs` threads, memory bounded by a record for each. Blank lines
/// are passed over.
///
/// A bad record is reported with its line: with `keep_going` it is skipped, and the result is 1
/// when there was one; without, nothing later is begun and its Error is thrown. Messages come in
/// the order of the lines, whatever thread was faster. Two records that name one file: the later
/// one is bad (Error{conflict}).
int render_lines(const Rendering&, const RenderOptions&, Console&);

}  // namespace paraphe::cli
