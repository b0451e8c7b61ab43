// paraphe fmt
#include "template/fmt.hpp"

#include <ostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/template_files.hpp"

namespace paraphe::cli {

int fmt(const FmtOptions& o, Console& console) {
    if (is_text(o.template_file))
        throw Error(ErrorKind::malformed_input, "only documents have tags that Writer damaged",
                    {o.template_file, 0, 0, {}}, "give an .odt, .ott or .fodt file");
    const Bytes before = read_file(o.template_file);
    const tmpl::Formatted made = tmpl::format(before, o.template_file);
    for (const tmpl::Retouch& change : made.changes)
        console.out << to_string(change.where) << ": "
                    << (change.context.empty() ? "" : change.context + ", ") << "« "
                    << change.before << " » → « " << change.after << " »\n";
    if (o.check) return made.changes.empty() ? 0 : 1;
    const std::string& target = o.output.empty() ? o.template_file : o.output;
    if (target != o.template_file || made.bytes != before) write_file(target, made.bytes);
    return 0;
}

}  // namespace paraphe::cli
