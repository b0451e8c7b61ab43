#include "redline/tags.hpp"

#include <optional>
#include <set>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "expression/walk.hpp"

namespace paraphe::redline {

namespace ex = expression;

namespace {

bool is_hard_space(char32_t c) {
    return c == 0xA0 || c == 0x202F || c == 0x2009;
}

bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

bool is_name_octet(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// One blank around operators' words, none elsewhere; literals as they are, between plain quotes.
std::string plain_content(std::string_view content) {
    std::string out;
    bool blank = false;
    const auto put = [&](std::string_view piece) {
        const bool joins = !out.empty() && !piece.empty() && is_name_octet(out.back()) &&
                           is_name_octet(piece.front());
        const auto spaced = [](char c) {
            return std::string_view("|<>=!+-*/%~,:").find(c) != std::string_view::npos;
        };
        // « a|b » and « a | b » are one tag: blanks stand where they always would.
        if (!out.empty() &&
            ((blank && joins) || (blank && !spaced(piece.front()) && !spaced(out.back()) &&
                                  (out.back() == '"' || piece.front() == '"'))))
            out += ' ';
        blank = false;
        out += piece;
    };
    for (std::size_t i = 0; i < content.size();) {
        const auto [c, length] = utf8::decode(content, i);
        if (c == U' ' || c == U'\t' || c == U'\n' || is_hard_space(c)) {
            blank = true;
            i += length;
            continue;
        }
        if (is_invisible(c)) {
            i += length;
            continue;
        }
        const auto closer = [&]() -> std::u32string_view {
            if (c == U'"') return U"\"”";
            if (c == U'\'') return U"'’";
            if (c == U'“' || c == U'”' || c == U'„') return U"”“\"";
            if (c == U'‘' || c == U'’') return U"’'";
            if (c == U'«') return U"»";
            return {};
        }();
        if (!closer.empty()) {
            std::size_t end = i + length;
            std::string literal;
            while (end < content.size()) {
                const auto [d, size] = utf8::decode(content, end);
                if (d == U'\\' && end + size < content.size()) {
                    const std::size_t next = utf8::decode(content, end + size).length;
                    literal += content.substr(end, size + next);
                    end += size + next;
                    continue;
                }
                if (closer.find(d) != std::u32string_view::npos) break;
                literal += content.substr(end, size);
                end += size;
            }
            if (end < content.size()) end += utf8::decode(content, end).length;
            if (c == U'«') {  // French quotes have their spaces inside
                const auto strip = [](std::string& text) {
                    std::u32string points = utf8::to_utf32(text);
                    while (!points.empty() &&
                           (points.front() == U' ' || is_hard_space(points.front())))
                        points.erase(0, 1);
                    while (!points.empty() &&
                           (points.back() == U' ' || is_hard_space(points.back())))
                        points.pop_back();
                    text = utf8::from_utf32(points);
                };
                strip(literal);
            }
            put("\"" + literal + "\"");
            i = end;
            continue;
        }
        if (c == U'≥')
            put(">=");
        else if (c == U'≤')
            put("<=");
        else if (c == U'≠')
            put("!=");
        else if (c == U'–' || c == U'−')
            put("-");
        else
            put(content.substr(i, length));
        i += length;
    }
    return out;
}

/// Blanks around « | » and comparisons, as a person would type them.
std::string spaced(const std::string& content) {
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < content.size(); ++i) {
        const char c = content[i];
        if (c == '"' && (i == 0 || content[i - 1] != '\\')) quoted = !quoted;
        if (quoted) {
            out += c;
            continue;
        }
        const auto two = content.substr(i, 2);
        if (two == "==" || two == "!=" || two == ">=" || two == "<=") {
            out += " " + two + " ";
            ++i;
        } else if (c == '|' || c == '<' || c == '>' || c == '+' || c == '*' || c == '/' ||
                   c == '~' || c == '=') {
            const bool named = c == '=' && out.find('(') != std::string::npos;
            out += named ? std::string(1, c) : std::string(" ") + c + " ";
        } else if (c == ',') {
            out += ", ";
        } else {
            out += c;
        }
    }
    return out;
}

std::string canonical(const ex::Tag& tag, std::string_view text) {
    const std::string content =
        spaced(plain_content(text.substr(tag.content_begin, tag.content_end - tag.content_begin)));
    switch (tag.kind) {
        case ex::TagKind::output:
            return "{{ " + content + " }}";
        case ex::TagKind::statement:
            return "{% " + content + " %}";
        case ex::TagKind::comment:
            return "{# " + content + " #}";
    }
    return content;
}

}  // namespace

std::vector<TagPlace> tags_in(std::string_view text) {
    std::vector<TagPlace> out;
    if (text.find('{') == std::string_view::npos) return out;
    // As lexed: without what is invisible, and without hard spaces inside a delimiter.
    std::string lexed;
    std::vector<std::size_t> origin;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, length] = utf8::decode(text, i);
        std::size_t next = i + length;
        if (!is_invisible(c)) {
            lexed += text.substr(i, length);
            for (std::size_t k = 0; k < length; ++k)
                origin.push_back(i + k);
            std::size_t after = next;
            while (after < text.size() && (is_hard_space(utf8::decode(text, after).code_point) ||
                                           is_invisible(utf8::decode(text, after).code_point)))
                after += utf8::decode(text, after).length;
            if (after > next && after < text.size()) {
                const char d = text[after];
                const bool opens = c == U'{' && (d == '{' || d == '%' || d == '#');
                const bool closes = d == '}' && (c == U'%' || c == U'#' || c == U'}');
                if (opens || closes) next = after;
            }
        }
        i = next;
    }
    origin.push_back(text.size());
    for (std::size_t from = 0;;) {
        std::optional<ex::Tag> tag;
        try {
            tag = ex::next_tag(lexed, from);
        } catch (const Error&) {
            break;  // the checker tells it; here it is text like any other
        }
        if (!tag) break;
        out.push_back({origin[tag->begin], origin[tag->end - 1] + 1, canonical(*tag, lexed)});
        from = tag->end;
    }
    return out;
}

std::string keyword_of(std::string_view canonical) {
    if (!canonical.starts_with("{% ")) return {};
    const auto rest = canonical.substr(3);
    return std::string(rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz")));
}

bool is_condition(std::string_view canonical) {
    const std::string keyword = keyword_of(canonical);
    return keyword == "if" || keyword == "elif" || keyword == "else" || keyword == "for";
}

bool is_governing(std::string_view canonical) {
    const std::string keyword = keyword_of(canonical);
    return is_condition(canonical) || keyword == "endif" || keyword == "endfor";
}

// --- what a tag uses ----------------------------------------------------------------------------

/// Walks one expression.
class Usage::Walk {
public:
    Walk(const std::vector<Frame>& frames, const Report& report)
        : frames_(frames), report_(report) {}

    void run(const ex::Expression& expression) {
        if (!expression) return;
        if (expression.called_function() == "signature") {
            const auto arguments = expression.call_arguments();
            if (const auto slot = arguments.size() == 1 ? arguments[0].literal() : std::nullopt;
                slot && slot->is_text())
                report_(What::slot, slot->text());
            return;
        }
        visit(expression.root());
    }

    /// The path that a node names; nullopt when it is computed.
    std::optional<std::string> path_of(const ex::Node& node) const {
        return ex::data_path(node, [this](const std::string& name) -> std::optional<std::string> {
            for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
                for (const auto& [bound, stands_for] : frame->names)
                    if (bound == name)
                        return stands_for.empty() ? std::nullopt : std::optional(stands_for);
            return name == "loop" ? std::nullopt : std::optional(name);
        });
    }

    void visit(const ex::Node& node) {
        std::visit([&](const auto& each) { visit(each, node); }, node.content);
    }

private:
    void visit(const ex::NodePtr& node) {
        if (node) visit(*node);
    }
    bool report_path(const ex::Node& node) {
        const auto path = path_of(node);
        if (path) report_(What::field, *path);
        return path.has_value();
    }
    template <class Other>
    void visit(const Other&, const ex::Node& node) {
        ex::each_child(node, [this](const ex::Node& child) { visit(child); });
    }
    void visit(const ex::NameNode&, const ex::Node& node) { report_path(node); }
    void visit(const ex::AttributeNode& attribute, const ex::Node& node) {
        if (!report_path(node)) visit(attribute.object);
    }
    void visit(const ex::ItemNode& item, const ex::Node& node) {
        if (!report_path(node)) visit(item.object);
        visit(item.index);
    }
    void visit(const ex::CallArguments& arguments) {
        for (const auto& each : arguments.positional)
            visit(each);
        for (const auto& [name, value] : arguments.named)
            visit(value);
    }
    void visit(const ex::CallNode& call, const ex::Node&) {
        // The name of a function is no data; the object of a method is.
        if (const auto* method = std::get_if<ex::AttributeNode>(&call.callee->content))
            visit(method->object);
        visit(call.arguments);
    }
    void visit(const ex::FilterNode& filter, const ex::Node&) {
        visit(filter.input);
        visit(filter.arguments);
        // map(attribute="montant") reads a field of each item.
        const auto list = filter.input ? path_of(*filter.input) : std::nullopt;
        if (!list) return;
        const auto item_field = [&](const ex::NodePtr& node) {
            const auto* literal = node ? std::get_if<ex::LiteralNode>(&node->content) : nullptr;
            if (literal != nullptr && literal->value.is_text())
                report_(What::field, *list + "[]." + literal->value.text());
        };
        for (const auto& [name, value] : filter.arguments.named)
            if (name == "attribute") item_field(value);
        static const std::set<std::string, std::less<>> by_attribute{"selectattr", "rejectattr",
                                                                     "groupby"};
        if (by_attribute.contains(filter.name) && !filter.arguments.positional.empty())
            item_field(filter.arguments.positional[0]);
    }
    const std::vector<Frame>& frames_;
    const Report& report_;
};

void Usage::read(std::string_view canonical, const Report& report) {
    if (canonical.size() < 6) return;
    const auto content = canonical.substr(3, canonical.size() - 6);
    Walk walk(frames_, report);
    try {
        if (canonical.starts_with("{{")) return walk.run(ex::parse_output(content));
        if (!canonical.starts_with("{%")) return;
        const ex::Statement statement = ex::parse_statement(content);
        if (const auto* loop = std::get_if<ex::For>(&statement)) {
            walk.run(loop->iterable);
            const auto list = walk.path_of(loop->iterable.root());
            Frame frame{Frame::Kind::loop, {}};
            for (const std::string& target : loop->targets)
                frame.names.emplace_back(
                    target, list && loop->targets.size() == 1 ? *list + "[]" : std::string());
            frames_.push_back(std::move(frame));
            Walk(frames_, report).run(loop->condition);
        } else if (std::holds_alternative<ex::EndFor>(statement)) {
            if (frames_.back().kind == Frame::Kind::loop) frames_.pop_back();
        } else if (const auto* condition = std::get_if<ex::If>(&statement)) {
            walk.run(condition->condition);
        } else if (const auto* other = std::get_if<ex::Elif>(&statement)) {
            walk.run(other->condition);
        } else if (const auto* set = std::get_if<ex::Set>(&statement)) {
            walk.run(set->value);
            for (const std::string& target : set->targets)
                frames_.back().names.emplace_back(target, std::string());
        } else if (const auto* with = std::get_if<ex::With>(&statement)) {
            Frame frame{Frame::Kind::with, {}};
            for (const auto& [name, value] : with->bindings) {
                walk.run(value);
                const auto path = value ? walk.path_of(value.root()) : std::nullopt;
                frame.names.emplace_back(name, path.value_or(std::string()));
            }
            frames_.push_back(std::move(frame));
        } else if (std::holds_alternative<ex::EndWith>(statement)) {
            if (frames_.back().kind == Frame::Kind::with) frames_.pop_back();
        } else if (const auto* include = std::get_if<ex::Include>(&statement)) {
            if (const auto name = include->name.literal(); name && name->is_text())
                report(What::clause, name->text());
            walk.run(include->extra);
        }
    } catch (const Error&) {
        // What does not parse is the checker's matter.
    }
}

}  // namespace paraphe::redline
