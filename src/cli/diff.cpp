#include <unistd.h>

#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "json/json.hpp"
#include "odf/odf.hpp"
#include "redline/redline.hpp"

namespace paraphe::cli {

int diff(const DiffOptions& options, Console& console) {
    const bool flat = options.output.ends_with(".fodt");
    if (!options.output.empty() && !flat && !options.output.ends_with(".odt"))
        throw Error(ErrorKind::malformed_input, "no such form of output: " + options.output, {},
                    "name it .odt or .fodt");
    const Instant now = instant_or(options.now, console.clock.now());
    const odf::Document before = odf::read(read_file(options.before), options.before),
                        after = odf::read(read_file(options.after), options.after);
    redline::Changes changes = redline::compare(before, after);
    if (!options.output.empty()) {
        const redline::Tracked made = redline::tracked(before, after, options.author, now);
        changes.notes.insert(changes.notes.end(), made.notes.begin(), made.notes.end());
        write_file(options.output,
                   flat ? odf::write_flat(made.document) : odf::write_package(made.document));
    }
    if (options.json) {
        console.out << json::write_pretty(redline::to_json(changes));
    } else {
        const bool colours =
            options.color == "always" || (options.color == "auto" && isatty(STDOUT_FILENO) == 1);
        console.out << redline::text(changes,
                                     colours ? redline::Marks::colours : redline::Marks::brackets);
    }
    return changes.empty() ? 0 : 1;
}

}  // namespace paraphe::cli
