#include <iostream>
#include <iterator>

#include "base/file.hpp"
#include "cli/batch.hpp"
#include "cli/commands.hpp"
#include "cli/rendering.hpp"
#include "json/json.hpp"

namespace paraphe::cli {

namespace {

json::Value read_data(const std::string& file) {
    if (file == "-")
        return json::parse(Bytes(std::istreambuf_iterator<char>(std::cin), {}), "data");
    return json::parse(read_file(file), file);
}

}  // namespace

int render(const RenderOptions& options, Console& console) {
    if (!options.data_lines.empty())
        return render_lines(Rendering(options, console), options, console);
    const Rendering rendering(options, console);
    print(rendering.write(rendering.record(read_data(options.data), options.data), options.outputs),
          options.json, console.err);
    return 0;
}

}  // namespace paraphe::cli
