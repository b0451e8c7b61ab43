#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <exception>

#include "base/utf8.hpp"
#include "xml/xml.hpp"

namespace paraphe::xml {

namespace {

/// Turns offsets into lines and columns. Offsets come nearly always in rising order, so it only
/// walks on from the last one.
class Locator {
public:
    explicit Locator(ByteView bytes) : bytes_(bytes) {}

    struct Place {
        int line;
        int column;
    };

    int line(std::size_t offset) {
        advance(std::min(offset, bytes_.size()));
        return line_;
    }

    Place place(std::size_t offset) {
        offset = std::min(offset, bytes_.size());
        advance(offset);
        // Writer saves a document on one line: columns are counted on from the last one asked for.
        if (counted_at_ < line_start_ || counted_at_ > offset) {
            counted_at_ = line_start_;
            column_ = 1;
        }
        column_ += static_cast<int>(utf8::length(bytes_.substr(counted_at_, offset - counted_at_)));
        counted_at_ = offset;
        return {line_, column_};
    }

private:
    void advance(std::size_t offset) {
        if (offset < at_) *this = Locator(bytes_);
        while (at_ < offset) {
            const void* found = std::memchr(bytes_.data() + at_, '\n', offset - at_);
            if (found == nullptr) break;
            at_ = static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data()) + 1;
            line_start_ = at_;
            ++line_;
        }
        at_ = offset;
    }

    ByteView bytes_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
    std::size_t counted_at_ = 0;
    int column_ = 1;
};

struct ParserDeleter {
    void operator()(xmlParserCtxtPtr parser) const { xmlFreeParserCtxt(parser); }
};
using Parser = std::unique_ptr<xmlParserCtxt, ParserDeleter>;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view view(const xmlChar* begin, const xmlChar* end) {
    return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

/// One reading. libxml2 is C: no exception may pass through it, so the first one is kept, the
/// parser stopped, and the exception thrown again from read().
class Reading {
public:
    Reading(ByteView bytes, const Origin& origin, Handler& handler, const Caps& caps)
        : bytes_(bytes),
          origin_(origin),
          handler_(handler),
          caps_(caps),
          locator_(bytes),
          wants_comments_(handler.wants_comments()) {}

    void run() {
        if (bytes_.empty()) fail("the document is empty", 0);
        check_encoding();
        check_attribute_counts();
        xmlInitParser();
        parser_.reset(xmlCreateMemoryParserCtxt(bytes_.data(), static_cast<int>(bytes_.size())));
        if (!parser_) throw std::bad_alloc();
        // The caps here replace those of libxml2; without a DTD its option NOENT only means that
        // the five entities and character references reach us replaced in attributes as well.
        xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT);
        install(*parser_->sax);
        parser_->userData = this;
        xmlParseDocument(parser_.get());
        if (failure_) std::rethrow_exception(failure_);
        if (parser_->wellFormed != 1) fail("not a well-formed XML document", offset());
    }

private:
    static void install(xmlSAXHandler& sax) {
        sax = {};
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = [](void* self, const xmlChar* local, const xmlChar* prefix,
                                const xmlChar* uri, int namespace_count, const xmlChar** namespaces,
                                int attribute_count, int, const xmlChar** attributes) {
            guarded(self, [&](Reading& reading) {
                reading.start({view(uri), view(local), view(prefix)}, namespace_count, namespaces,
                              attribute_count, attributes);
            });
        };
        sax.endElementNs = [](void* self, const xmlChar* local, const xmlChar* prefix,
                              const xmlChar* uri) {
            guarded(self, [&](Reading& reading) {
                reading.end({view(uri), view(local), view(prefix)});
            });
        };
        sax.characters = [](void* self, const xmlChar* text, int length) {
            guarded(self,
                    [&](Reading& reading) { reading.text_.append(view(text, text + length)); });
        };
        sax.ignorableWhitespace = sax.characters;
        sax.comment = [](void* self, const xmlChar* text) {
            guarded(self, [&](Reading& reading) { reading.comment(view(text)); });
        };
        sax.processingInstruction = [](void* self, const xmlChar* target, const xmlChar* data) {
            guarded(self, [&](Reading& reading) {
                reading.processing_instruction(view(target), view(data));
            });
        };
        sax.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
            guarded(self, [](Reading& reading) { reading.refuse_dtd(); });
        };
        sax.serror = [](void* self, xmlErrorPtr error) {
            guarded(self, [&](Reading& reading) { reading.error(*error); });
        };
    }

    template <typename Action>
    static void guarded(void* self, Action action) {
        Reading& reading = *static_cast<Reading*>(self);
        if (reading.failure_) return;
        try {
            action(reading);
        } catch (...) {
            reading.failure_ = std::current_exception();
            xmlStopParser(reading.parser_.get());
        }
    }

    [[noreturn]] void fail(const std::string& problem, std::size_t offset, std::string remedy = {},
                           std::string code = {}) {
        const auto [line, column] = locator_.place(offset);
        throw Error(ErrorKind::malformed_input, problem,
                    {origin_.source, line, column, origin_.part}, std::move(remedy),
                    std::move(code));
    }

    std::size_t offset() const {
        const long consumed = xmlByteConsumed(parser_.get());
        return consumed < 0 ? 0 : static_cast<std::size_t>(consumed);
    }

    void check_encoding() {
        using namespace std::string_view_literals;
        const std::string remedy = "save the file as UTF-8";
        if (bytes_.starts_with("\xFF\xFE"sv) || bytes_.starts_with("\xFE\xFF"sv) ||
            bytes_.starts_with("<\0"sv) || bytes_.starts_with("\0<"sv))
            fail("the encoding is UTF-16, only UTF-8 is read", 0, remedy, "encoding");
        if (!utf8::is_valid(bytes_)) {
            std::size_t at = 0;
            for (utf8::Decoded d{}; at < bytes_.size(); at += d.length) {
                d = utf8::decode(bytes_, at);
                if (d.code_point == 0xFFFD && d.length == 1) break;
            }
            fail("malformed UTF-8", at, remedy, "encoding");
        }
        if (const std::size_t nul = bytes_.find('\0'); nul != ByteView::npos)
            fail("NUL is not a character of XML", nul);
        ByteView declaration = bytes_;
        if (declaration.starts_with("\xEF\xBB\xBF"sv)) declaration.remove_prefix(3);
        if (!declaration.starts_with("<?xml"sv)) return;
        declaration = declaration.substr(0, declaration.find("?>"sv));
        const std::size_t keyword = declaration.find("encoding"sv);
        if (keyword == ByteView::npos) return;
        const std::size_t open = declaration.find_first_of("\"'", keyword);
        if (open == ByteView::npos) return;
        const std::size_t close = declaration.find(declaration[open], open + 1);
        if (close == ByteView::npos) return;
        std::string encoding(declaration.substr(open + 1, close - open - 1));
        std::string upper = encoding;
        for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (upper != "UTF-8" && upper != "UTF8")
            fail("the encoding is " + encoding + ", only UTF-8 is read", 0, remedy, "encoding");
    }

    /// libxml2 compares every pair of attributes of an element before it tells us of any, so that
    /// a tag of a million attributes would keep it busy for hours. No tag holds a "<", so only a
    /// long way between two of them can hide so many.
    void check_attribute_counts() {
        using namespace std::string_view_literals;
        const auto past = [&](std::string_view end, std::size_t from) {
            const std::size_t found = bytes_.find(end, from);
            return found == ByteView::npos ? bytes_.size() : found + end.size();
        };
        std::size_t at = 0;
        while ((at = bytes_.find('<', at)) != ByteView::npos) {
            const ByteView rest = bytes_.substr(at);
            if (rest.starts_with("<!--"sv)) {
                at = past("-->"sv, at + 4);
            } else if (rest.starts_with("<![CDATA["sv)) {
                at = past("]]>"sv, at + 9);
            } else if (rest.starts_with("<?"sv)) {
                at = past("?>"sv, at + 2);
            } else {
                const std::size_t start = at;
                const std::size_t next = std::min(bytes_.find('<', at + 1), bytes_.size());
                // The shortest attribute is five octets long: ‹ a=""›.
                if (next - at > 5 * caps_.attributes) count_attributes(start, next);
                at = next;
            }
        }
    }

    void count_attributes(std::size_t start, std::size_t end) {
        std::size_t count = 0;
        char quote = 0;
        for (std::size_t at = start; at < end; ++at) {
            const char c = bytes_[at];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return;
            } else if (c == '=' && ++count > caps_.attributes) {
                fail("more than " + std::to_string(caps_.attributes) + " attributes on one element",
                     start, {}, "too_large");
            }
        }
    }

    void count_node() {
        if (++nodes_ > caps_.nodes)
            fail("more than " + std::to_string(caps_.nodes) + " nodes", offset(), {}, "too_large");
    }

    void flush_text() {
        if (text_.empty()) return;
        count_node();
        handler_.text(text_, text_line_);
        text_.clear();
    }

    void start(const NameView& name, int namespace_count, const xmlChar** namespaces,
               int attribute_count, const xmlChar** attributes) {
        flush_text();
        count_node();
        // The parser stands at the end of the tag; no "<" can be inside it.
        const std::size_t end = offset();
        const std::size_t open = bytes_.rfind('<', end == 0 ? 0 : end - 1);
        const auto [line, column] = locator_.place(open == ByteView::npos ? end : open);
        if (scopes_.size() >= caps_.depth)
            fail("elements nested more than " + std::to_string(caps_.depth) + " deep", open, {},
                 "too_deep");
        namespaces_.clear();
        for (int i = 0; i < namespace_count; ++i)
            namespaces_.push_back({view(namespaces[2 * i]), view(namespaces[2 * i + 1])});
        const std::size_t in_scope = (scopes_.empty() ? 0 : scopes_.back()) + namespaces_.size();
        if (in_scope > caps_.attributes)
            fail("more than " + std::to_string(caps_.attributes) + " namespaces in scope", open, {},
                 "too_large");
        scopes_.push_back(in_scope);
        attributes_.clear();
        for (int i = 0; i < attribute_count; ++i) {
            const xmlChar** field = attributes + 5 * i;
            attributes_.push_back(
                {{view(field[2]), view(field[0]), view(field[1])}, view(field[3], field[4])});
        }
        handler_.start_element({name, attributes_, namespaces_, line, column});
        text_line_ = locator_.line(end);
    }

    void end(const NameView& name) {
        flush_text();
        scopes_.pop_back();
        handler_.end_element(name);
        text_line_ = locator_.line(offset());
    }

    void comment(std::string_view text) {
        if (!wants_comments_) return;
        flush_text();
        count_node();
        handler_.comment(text);
        text_line_ = locator_.line(offset());
    }

    void processing_instruction(std::string_view target, std::string_view data) {
        if (!wants_comments_) return;
        flush_text();
        count_node();
        handler_.processing_instruction(target, data);
        text_line_ = locator_.line(offset());
    }

    void refuse_dtd() {
        const std::size_t open = bytes_.rfind("<!DOCTYPE", offset());
        fail("a document type declaration (DTD) is not accepted",
             open == ByteView::npos ? offset() : open,
             "remove <!DOCTYPE …> and write each entity as the character that it stands for",
             "dtd");
    }

    void error(const xmlError& error) {
        if (error.level < XML_ERR_ERROR) return;
        std::string problem = error.message == nullptr ? "not well-formed" : error.message;
        while (!problem.empty() && (problem.back() == '\n' || problem.back() == ' '))
            problem.pop_back();
        switch (error.code) {
            case XML_ERR_NO_MEMORY:
                throw std::bad_alloc();
            case XML_ERR_DOCUMENT_EMPTY:
                fail("not an XML document", offset());
            case XML_ERR_UNDECLARED_ENTITY:
                fail("unknown entity '" +
                         std::string(view(reinterpret_cast<const xmlChar*>(error.str1))) + "'",
                     offset(), "write the character itself; only lt, gt, amp, quot and apos exist",
                     "entity");
            default:
                break;
        }
        if (problem.size() > 1 && problem[0] >= 'A' && problem[0] <= 'Z' && problem[1] >= 'a' &&
            problem[1] <= 'z')
            problem[0] = static_cast<char>(problem[0] - 'A' + 'a');
        fail(problem, offset());
    }

    ByteView bytes_;
    const Origin& origin_;
    Handler& handler_;
    const Caps& caps_;
    Locator locator_;
    bool wants_comments_;
    Parser parser_;
    std::exception_ptr failure_;
    std::string text_;
    int text_line_ = 1;
    std::size_t nodes_ = 0;
    std::vector<std::size_t> scopes_;  ///< of each open element: namespaces in scope
    std::vector<AttributeView> attributes_;
    std::vector<NamespaceView> namespaces_;
};

}  // namespace

void read(ByteView bytes, const Origin& origin, Handler& handler, const Caps& caps) {
    if (bytes.size() > std::min<std::size_t>(caps.bytes, INT_MAX))
        throw Error(ErrorKind::malformed_input,
                    "the document has " + std::to_string(bytes.size()) + " octets, at most " +
                        std::to_string(std::min<std::size_t>(caps.bytes, INT_MAX)) +
                        " are accepted",
                    {origin.source, 0, 0, origin.part}, {}, "too_large");
    Reading(bytes, origin, handler, caps).run();
}

Bytes without_doctype(ByteView bytes) {
    Bytes out(bytes);
    const auto begin = out.find("<!DOCTYPE");
    if (begin == Bytes::npos || begin > 4096) return out;
    const auto end = out.find_first_of(">[", begin);
    if (end == Bytes::npos || out[end] == '[') return out;
    for (std::size_t i = begin; i <= end; ++i)
        if (out[i] != '\n') out[i] = ' ';  // lines keep their numbers
    return out;
}

}  // namespace paraphe::xml
