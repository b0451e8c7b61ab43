#include <algorithm>

#include "base/file.hpp"
#include "kind/kind.hpp"

namespace paraphe::kind {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 2000;
constexpr std::size_t largest_file = 8u << 20;
constexpr std::size_t largest_kind = 64u << 20;

class Collector {
public:
    /// Files right in `folder` with one of these endings, as `prefix` + name.
    void folder(const fs::path& folder, const std::string& prefix,
                const std::vector<std::string>& endings, bool deep = false) {
        if (!fs::is_directory(folder)) return;
        std::vector<fs::path> found;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            if (name.empty() || name.front() == '.') continue;
            if (entry.is_directory() && deep)
                this->folder(entry.path(), prefix + name + "/", endings, deep);
            const std::string ending = entry.path().extension().string();
            if (entry.is_regular_file() &&
                std::find(endings.begin(), endings.end(), ending) != endings.end())
                found.push_back(entry.path());
        }
        for (const fs::path& path : found)
            file(path, prefix + path.filename().string());
    }

    void file(const fs::path& path, const std::string& name) {
        Bytes bytes = read_file(path, largest_file);
        size_ += bytes.size();
        if (files_.size() >= most_files || size_ > largest_kind)
            throw Error(ErrorKind::malformed_input, "the kind has too many or too large files",
                        {path.string(), 0, 0, {}}, {}, "too_large");
        files_[name] = std::move(bytes);
    }

    Files take() { return std::move(files_); }

private:
    Files files_;
    std::size_t size_ = 0;
};

}  // namespace

Files collect(const fs::path& directory, const fs::path& templates) {
    const fs::path own = directory.has_filename() ? directory : directory.parent_path();
    if (!fs::is_directory(own))
        throw Error(ErrorKind::not_found, "there is no such kind", {own.string(), 0, 0, {}},
                    "name a folder like workflows/masp");
    const std::string name = fs::absolute(own).lexically_normal().filename().string();
    const fs::path base =
        templates.empty()
            ? fs::absolute(own).lexically_normal().parent_path().parent_path() / "templates"
            : templates;
    Collector collector;
    for (const char* file : {"workflow.scxml", "schema.json", "parameters.json"})
        if (fs::exists(own / file)) collector.file(own / file, file);
    collector.folder(own / "samples", "samples/", {".json"});
    collector.folder(own / "scenarios", "scenarios/", {".json"});
    collector.folder(base / name, "templates/", {".fodt", ".odt"});
    collector.folder(base / "clauses", "clauses/", {".fodt", ".odt"}, true);
    collector.folder(base / "messages" / name, "messages/", {".txt", ".html"});
    return collector.take();
}

}  // namespace paraphe::kind
