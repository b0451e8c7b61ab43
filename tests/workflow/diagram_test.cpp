#include "workflow/diagram.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "charts.hpp"
#include "xml/xml.hpp"

using namespace paraphe;
using namespace paraphe::workflow;
using namespace paraphe::workflow::testing;

TEST_CASE("the diagram of the MASP workflow names every situation and every act") {
    const std::string file = PARAPHE_SOURCE_DIR "/workflows/masp/workflow.scxml";
    const Definition definition = read(read_file(file), "workflow.scxml");
    const std::string svg = to_svg(definition);
    write_file(PARAPHE_BINARY_DIR "/masp.svg", svg);
    const xml::Document document = xml::parse(svg, {"masp.svg", {}});
    const std::string words = document.root().text();
    for (StateIndex state = 1; state < definition.states.size(); ++state)
        CHECK(words.find(definition.title_of(state)) != std::string::npos);
    for (const Transition& transition : definition.transitions)
        if (!transition.by.empty()) CHECK(words.find(transition.label) != std::string::npos);
    CHECK(to_svg(definition) == svg);
}

TEST_CASE("the active situation is highlighted") {
    const Definition definition = chart(
        "<state id='a' p:label='Un &amp; deux'><transition event='go' target='b'/></state>"
        "<state id='b'/>");
    const Snapshot snapshot = start(definition, act()).snapshot;
    const std::string svg = to_svg(definition, &snapshot);
    CHECK(svg.find("<g id=\"s-a\"><rect class=\"active\"") != std::string::npos);
    CHECK(svg.find("<g id=\"s-b\"><rect class=\"box\"") != std::string::npos);
    CHECK(svg.find("Un &amp; deux") != std::string::npos);
}

TEST_CASE("boxes hold their children and do not overlap their siblings") {
    const std::string file = PARAPHE_SOURCE_DIR "/workflows/masp/workflow.scxml";
    const Definition definition = read(read_file(file), "workflow.scxml");
    const xml::Document document = xml::parse(to_svg(definition), {"masp.svg", {}});
    struct Rectangle {
        int x, y, width, height;
    };
    std::map<std::string, Rectangle> boxes;
    for (const xml::Element* group : document.root().elements("http://www.w3.org/2000/svg", "g")) {
        const xml::Element& rect = *group->child("http://www.w3.org/2000/svg", "rect");
        const auto number = [&](const char* name) {
            return std::stoi(std::string(rect.attribute_or_empty(name)));
        };
        boxes[group->attribute_or_empty("id").data() + 2] = {number("x"), number("y"),
                                                             number("width"), number("height")};
    }
    for (StateIndex state = 0; state < definition.states.size(); ++state) {
        const Rectangle outer = boxes.at(definition.states[state].id);
        const auto& children = definition.states[state].children;
        for (std::size_t i = 0; i < children.size(); ++i) {
            const Rectangle inner = boxes.at(definition.states[children[i]].id);
            CHECK(inner.x >= outer.x);
            CHECK(inner.y >= outer.y);
            CHECK(inner.x + inner.width <= outer.x + outer.width);
            CHECK(inner.y + inner.height <= outer.y + outer.height);
            for (std::size_t j = 0; j < i; ++j) {
                const Rectangle other = boxes.at(definition.states[children[j]].id);
                CHECK((inner.x >= other.x + other.width || inner.y >= other.y + other.height));
            }
        }
    }
}
