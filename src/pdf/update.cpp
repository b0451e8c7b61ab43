#include "pdf/update.hpp"

#include <cstdio>
#include <cstdlib>

#include "base/error.hpp"
#include "pdf/container.hpp"
#include "pdf/deflate.hpp"
#include "pdf/hash.hpp"

namespace paraphe::pdf {

namespace {

int size_of(const File& base) {
    const auto size = base.trailer().find("Size");
    return size == base.trailer().end() ? 0 : std::atoi(size->second.c_str());
}

/// "12 0 R"; none for anything else.
ObjectId parse_reference(const std::string& syntax) {
    ObjectId out;
    char end = 0;
    if (std::sscanf(syntax.c_str(), "%d %d %c", &out.number, &out.generation, &end) != 3 ||
        end != 'R') {
        return {};
    }
    return out;
}

/// An entry of the new cross-reference section.
struct Entry {
    ObjectId id;
    std::size_t offset = 0;
};

/// Calls `each(first, count)` for the runs of consecutive numbers.
template <typename Each>
void for_each_run(const std::vector<Entry>& entries, Each&& each) {
    for (std::size_t at = 0; at < entries.size();) {
        std::size_t end = at + 1;
        while (end < entries.size() && entries[end].id.number == entries[end - 1].id.number + 1) {
            ++end;
        }
        each(at, end);
        at = end;
    }
}

std::string table_section(const std::vector<Entry>& entries, const std::string& trailer) {
    std::string out = "xref\n";
    for_each_run(entries, [&](std::size_t begin, std::size_t end) {
        out += std::to_string(entries[begin].id.number) + " " + std::to_string(end - begin) + "\n";
        for (std::size_t i = begin; i < end; ++i) {
            char line[32];
            std::snprintf(line, sizeof line, "%010zu %05d n \n", entries[i].offset,
                          entries[i].id.generation);
            out += line;
        }
    });
    return out + "trailer\n<<" + trailer + ">>\n";
}

std::string stream_section(const std::vector<Entry>& entries, int self,
                           const std::string& trailer) {
    std::string index;
    Bytes table;
    for_each_run(entries, [&](std::size_t begin, std::size_t end) {
        index += std::to_string(entries[begin].id.number) + " " + std::to_string(end - begin) + " ";
        for (std::size_t i = begin; i < end; ++i) {
            append_big_endian(table, 1, 1);
            append_big_endian(table, entries[i].offset, 4);
            append_big_endian(table, static_cast<std::uint64_t>(entries[i].id.generation), 2);
        }
    });
    const Bytes packed = deflate(table);
    return std::to_string(self) + " 0 obj\n<</Type/XRef/W[1 4 2]/Index[" + index + "]" + trailer +
           "/Filter/FlateDecode/Length " + std::to_string(packed.size()) + ">>\nstream\n" + packed +
           "\nendstream\nendobj\n";
}

}  // namespace

Update::Update(File base) : base_(std::move(base)), objects_(size_of(base_)) {}

ObjectId Update::add(const Dictionary& dictionary) {
    const ObjectId id{objects_.add(to_syntax(dictionary)), 0};
    dictionaries_[id] = dictionary;
    return id;
}

ObjectId Update::add_stream(Dictionary entries, ByteView data) {
    std::string inside = to_syntax(entries);
    inside = inside.substr(2, inside.size() - 4);
    return {objects_.add_stream(inside, data), 0};
}

Dictionary Update::dictionary(ObjectId id) const {
    if (const auto found = dictionaries_.find(id); found != dictionaries_.end()) {
        return found->second;
    }
    if (objects_.owns(id.number) || changed_.contains(id)) {
        throw Error(ErrorKind::internal,
                    "object " + std::to_string(id.number) + " of this update is no dictionary");
    }
    return base_.dictionary(id);
}

void Update::set(ObjectId id, const Dictionary& dictionary) {
    set(id, to_syntax(dictionary));
    dictionaries_[id] = dictionary;
}

void Update::set(ObjectId id, const std::string& syntax) {
    const bool own = objects_.owns(id.number);
    if (own ? objects_[id.number].is_stream : base_.is_stream(id)) {
        throw Error(ErrorKind::internal,
                    "object " + std::to_string(id.number) + " is a stream and cannot be set");
    }
    dictionaries_.erase(id);
    if (own) {
        objects_.put(id.number, syntax);
    } else {
        changed_[id] = syntax;
    }
}

void Update::append(ObjectId owner, const std::string& key, const std::string& value) {
    Dictionary dictionary = this->dictionary(owner);
    const ObjectId array = parse_reference(dictionary[key]);
    if (const auto changed = changed_.find(array); array && changed != changed_.end()) {
        dictionary[key] = changed->second;  // its newest content, not the base's
    }
    if (dictionary[key].empty()) dictionary[key] = "[]";
    std::string syntax = "[";
    for (const auto& item : base_.elements(dictionary, key).values)
        syntax += item + " ";
    syntax += value + "]";
    if (array) {
        set(array, syntax);
    } else {
        dictionary[key] = syntax;
        set(owner, dictionary);
    }
}

ObjectId Update::form_object() const {
    const Dictionary catalog = dictionary(base_.catalog());
    const auto form = catalog.find("AcroForm");
    return form == catalog.end() ? ObjectId{} : parse_reference(form->second);
}

Dictionary Update::form() const {
    if (const ObjectId id = form_object()) return dictionary(id);
    const auto entry = base_.entry(base_.catalog(), "AcroForm");
    return entry ? entry->dictionary : Dictionary{};
}

void Update::set_form(const Dictionary& form) {
    if (const ObjectId id = form_object()) {
        set(id, form);
        return;
    }
    // From now on an object of its own.
    Dictionary catalog = dictionary(base_.catalog());
    catalog["AcroForm"] = reference(add(form));
    set(base_.catalog(), catalog);
}

Update::Result Update::finish() const {
    Result out;
    Bytes& bytes = out.bytes;
    bytes.reserve(base_.bytes().size() + 65'536);
    bytes = base_.bytes();
    // ISO 19005-3 §6.1.9: an end of line before each object number, the base may lack its last.
    if (bytes.back() != '\n' && bytes.back() != '\r') bytes += '\n';
    const std::size_t begin = bytes.size();
    std::vector<Entry> entries;
    const auto put = [&](ObjectId id, const std::string& content) {
        entries.push_back({id, bytes.size()});
        bytes += std::to_string(id.number) + " " + std::to_string(id.generation) + " obj\n";
        out.offsets[id] = bytes.size();
        bytes += content;
        bytes += "\nendobj\n";
    };
    for (const auto& [id, content] : changed_)
        put(id, content);
    for (int number = objects_.first(); number < objects_.next(); ++number) {
        put({number, 0}, objects_[number].content);
    }

    const std::size_t start = bytes.size();
    const Dictionary& old = base_.trailer();
    const std::string id = hex_string(content_hash(std::to_string(begin) + bytes.substr(begin)));
    const auto ids = base_.elements(old, "ID").values;
    std::string trailer = "/Prev " + std::to_string(base_.revisions().back().xref) + "/ID[" +
                          (ids.empty() ? id : ids.front()) + id + "]";
    for (const char* key : {"Root", "Info"}) {
        if (const auto found = old.find(key); found != old.end()) {
            trailer += name(key) + " " + found->second;
        }
    }
    if (base_.uses_xref_stream()) {
        const int self = objects_.next();
        entries.push_back({{self, 0}, start});
        bytes += stream_section(entries, self, trailer + "/Size " + std::to_string(self + 1));
    } else {
        bytes += table_section(entries, trailer + "/Size " + std::to_string(objects_.next()));
    }
    bytes += "startxref\n" + std::to_string(start) + "\n%%EOF\n";
    return out;
}

}  // namespace paraphe::pdf
