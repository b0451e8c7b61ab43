#include "pdf/navigation.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "pdf/blank.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

namespace {

std::size_t checked_page(const layout::Pages& pages, int page, const char* what) {
    if (page < 0 || static_cast<std::size_t>(page) >= pages.pages.size()) {
        throw Error(ErrorKind::internal, std::string(what) + " points to page " +
                                             std::to_string(page) + ", which does not exist");
    }
    return static_cast<std::size_t>(page);
}

/// What says to a listener where a link leads (ISO 14289-1 §7.18.5).
std::string description_of(const layout::Link& link) {
    if (!is_blank(link.description)) return link.description;
    if (!is_blank(link.uri)) return link.uri;
    return "Page " + std::to_string(link.target_page + 1);
}

/// Absolute URIs are ASCII (RFC 3986); anything else is percent-encoded as UTF-8.
std::string ascii_uri(const std::string& uri) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : uri) {
        if (c > 0x20 && c < 0x7F) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    return out;
}

}  // namespace

std::string destination(const layout::Pages& pages, const std::vector<int>& page_objects, int page,
                        Point target) {
    const std::size_t at = checked_page(pages, page, "a link or bookmark");
    std::string out = "[" + reference(page_objects[at]) + "/XYZ ";
    append_length(out, target.x);
    out += ' ';
    append_length(out, pages.pages[at].size.height - target.y);
    return out + " null]";
}

std::string rectangle(const layout::Page& page, const Rect& box) {
    std::string out = "[";
    append_length(out, box.x);
    out += ' ';
    append_length(out, page.size.height - box.y - box.height);
    out += ' ';
    append_length(out, box.x + box.width);
    out += ' ';
    append_length(out, page.size.height - box.y);
    return out + "]";
}

void write_links(Objects& objects, const layout::Pages& pages, const std::vector<int>& page_objects,
                 Structure& structure, std::vector<std::vector<int>>& annotations) {
    for (const layout::Link& link : pages.links) {
        // Page furniture is no part of the structure, and ISO 14289-1 §7.18.5 knows no link outside
        // of it: there the words stay, and lead nowhere.
        if (link.node < 0) continue;
        const std::size_t page = checked_page(pages, link.page, "the place of a link");
        const int object = objects.reserve();
        const int parent = structure.annotate(page, link.node, object);
        std::string out = "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect" +
                          rectangle(pages.pages[page], link.box) + "/StructParent " +
                          std::to_string(parent) + "/Contents" + text_string(description_of(link));
        if (link.uri.empty()) {
            out += "/Dest" + destination(pages, page_objects, link.target_page, link.target);
        } else {
            out += "/A<</S/URI/URI" + literal_string(ascii_uri(link.uri)) + ">>";
        }
        objects.put(object, out + ">>");
        annotations[page].push_back(object);
    }
}

int write_outline(Objects& objects, const layout::Pages& pages,
                  const std::vector<int>& page_objects) {
    // An empty heading leads nobody anywhere.
    std::vector<layout::OutlineItem> items;
    std::copy_if(pages.outline.begin(), pages.outline.end(), std::back_inserter(items),
                 [](const layout::OutlineItem& item) { return !is_blank(item.title); });
    if (items.empty()) return 0;
    struct Entry {
        int object = 0, parent = -1, previous = -1, next = -1, first = -1, last = -1, open = 0;
    };
    const int root = objects.reserve();
    const int count = static_cast<int>(items.size());
    std::vector<Entry> entries(items.size() + 1);  // the last one is the root
    const auto at = [&entries](int index) -> Entry& {
        return entries[static_cast<std::size_t>(index)];
    };
    at(count).object = root;
    std::vector<int> open = {count};
    for (int i = 0; i < count; ++i) {
        at(i).object = objects.reserve();
        const auto level = [&](int entry) { return items[static_cast<std::size_t>(entry)].level; };
        while (open.size() > 1 && level(open.back()) >= level(i))
            open.pop_back();
        Entry& parent = at(open.back());
        at(i).parent = open.back();
        at(i).previous = parent.last;
        if (parent.last >= 0) at(parent.last).next = i;
        if (parent.first < 0) parent.first = i;
        parent.last = i;
        for (const int above : open)
            ++at(above).open;
        open.push_back(i);
    }
    for (int i = 0; i <= count; ++i) {
        const Entry& entry = at(i);
        std::string out = i == count ? "<</Type/Outlines" : "<<";
        if (i < count) {
            const layout::OutlineItem& item = items[static_cast<std::size_t>(i)];
            out += "/Title" + text_string(item.title) + "/Parent " +
                   reference(at(entry.parent).object) + "/Dest" +
                   destination(pages, page_objects, item.page, item.target);
        }
        const auto link = [&](const char* key, int target) {
            if (target >= 0) out += key + reference(at(target).object);
        };
        link("/Prev ", entry.previous);
        link("/Next ", entry.next);
        link("/First ", entry.first);
        link("/Last ", entry.last);
        if (entry.open > 0) out += "/Count " + std::to_string(entry.open);
        objects.put(entry.object, out + ">>");
    }
    return root;
}

std::string page_labels(const layout::Pages& pages) {
    std::string out;
    int expected = -1;  // the decimal label that would go on by itself
    bool plain = true;
    for (std::size_t i = 0; i < pages.pages.size(); ++i) {
        const std::string& label = pages.pages[i].label;
        const bool decimal = !label.empty() && label.size() < 8 && label[0] != '0' &&
                             label.find_first_not_of("0123456789") == std::string::npos;
        const int value = decimal ? std::stoi(label) : -1;
        plain = plain && (label.empty() || value == static_cast<int>(i) + 1);
        if (!decimal) {
            out += std::to_string(i) + "<</P" + text_string(label) + ">>";
        } else if (value != expected) {
            out += std::to_string(i) + "<</S/D/St " + label + ">>";
        }
        expected = decimal ? value + 1 : -1;
    }
    return plain ? std::string() : "<</Nums[" + out + "]>>";
}

}  // namespace paraphe::pdf
