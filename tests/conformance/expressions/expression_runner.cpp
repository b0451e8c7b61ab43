#include <iostream>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"
#include "expression/data.hpp"
#include "expression/text_renderer.hpp"
#include "json/json.hpp"

// expression_runner DATA.json: each line of the input is a template as a JSON string; each line of
// the output {"text": "…"} or {"error": "…", "code": "…"}.

int main(int argc, char** argv) {
    using namespace paraphe;
    if (argc != 2) {
        std::cerr << "usage: expression_runner DATA.json\n";
        return 2;
    }
    const auto data = expression::from_json(json::parse(read_file(argv[1]), argv[1]));
    std::string line;
    while (std::getline(std::cin, line)) {
        json::Object answer;
        try {
            const std::string source = json::parse(line, "input").as_string();
            expression::Scope scope(data);
            answer.set("text", expression::testing::TextRenderer(source, scope).run());
        } catch (const Error& error) {
            answer = json::Object();
            answer.set("error", std::string(error.what()));
            answer.set("code", error.code());
        }
        std::cout << json::write(json::Value(std::move(answer))) << '\n' << std::flush;
    }
}
