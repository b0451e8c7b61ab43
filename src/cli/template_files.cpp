#include "cli/template_files.hpp"

#include <filesystem>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "json/json.hpp"
#include "locale/regex.hpp"
#include "rules/functions.hpp"

namespace paraphe::cli {

namespace fs = std::filesystem;

bool is_text(const std::string& file) {
    return file.ends_with(".txt") || file.ends_with(".html");
}

tmpl::Loader loader_of(const std::string& folder) {
    return [folder](const std::string& name) -> std::optional<tmpl::Clause> {
        for (const char* ending : {".fodt", ".odt", ".txt", ".html", ""}) {
            const fs::path path = fs::path(folder) / (name + ending);
            std::error_code ignored;
            const fs::path inside = fs::weakly_canonical(path, ignored);
            if (!inside.string().starts_with(fs::weakly_canonical(folder, ignored).string() + "/"))
                continue;  // a clause never comes from outside the folder
            if (fs::is_regular_file(inside, ignored))
                return tmpl::Clause{read_file(inside), path.string()};
        }
        return std::nullopt;
    };
}

std::string templates_of(const std::string& given, const std::string& home) {
    return given.empty() ? (fs::path(home_folder(home)) / "templates").string() : given;
}

json::Schema read_schema(const std::string& file) {
    return json::Schema::compile(json::parse(read_file(file), file), file,
                                 locale::pattern_compiler());
}

const expression::Registry& document_registry() {
    static const expression::Registry made = [] {
        expression::Registry out = rules::registry();
        tmpl::add_functions(out);
        return out;
    }();
    return made;
}

}  // namespace paraphe::cli
