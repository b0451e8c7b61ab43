#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "pdf/blank.hpp"
#include "pdf/state.hpp"

/// Private to conformance*.cpp: what the parts of the check share.
namespace paraphe::pdf::conformance {

using Handle = QPDFObjectHandle;

// --- Reading without warnings -------------------------------------------------------------------

/// The value at "/Key" of a dictionary or a stream's dictionary; null for anything else.
Handle at(Handle, const char* key);
bool is_name(Handle, const char* name);  ///< "/Link"
std::string name_of(Handle);             ///< without slash; empty for no name
std::string text_of(Handle);             ///< UTF-8; empty for no string
std::optional<long long> integer_of(Handle);
double number_of(Handle, double otherwise = 0);
bool is_true(Handle);
std::vector<Handle> elements_of(Handle);  ///< of an array; the thing itself when it is none
std::optional<std::array<double, 4>> box_of(Handle);  ///< normalized

// --- Findings -----------------------------------------------------------------------------------

struct Place {
    int object = 0;  ///< 0: none
    int page = 0;    ///< from 1; 0: none
};
Place place_of(Handle, int page = 0);

/// What every finding of one code has in common.
struct Rule {
    const char* code;
    const char* clause;  ///< "ISO 14289-1 §7.3"
    const char* remedy;
};

class Findings {
public:
    explicit Findings(std::string source) : source_(std::move(source)) {}
    void add(const Rule&, Place, const std::string& problem);
    /// The findings, those beyond a rule's first ones as one that counts them.
    Diagnostics take();

private:
    static constexpr int told = 20;  ///< of one rule
    std::string source_;
    Diagnostics found_;
    std::map<std::string, std::pair<const Rule*, int>> counts_;
};

// --- What one part leaves for the next ----------------------------------------------------------

/// A font as the content uses it.
struct FontUse {
    Handle font = Handle::newNull();
    int page = 0;             ///< where it is first used
    bool visible = false;     ///< in a text rendering mode that paints
    std::vector<bool> codes;  ///< one or two octets a code, see wide
    bool wide = false;        ///< composite: codes of two octets
    void use(unsigned code);
};

/// Marked content of a page or form XObject.
struct Marks {
    int page = 0;
    std::map<long long, int> uses;  ///< by MCID: how often it is opened
};

struct Run {
    QPDF& pdf;
    const std::string& source;
    ByteView octets;
    const std::vector<ObjectId>& pages;
    const Limits& limits;
    Findings findings{source};

    Handle catalog = Handle::newNull();
    std::map<ObjectId, int> page_numbers = {};  ///< from 1
    std::map<ObjectId, FontUse> fonts = {};     ///< by font dictionary
    std::map<ObjectId, Marks> marks = {};       ///< by page or form XObject
    std::set<int> profiles = {};                ///< components of the output intents' profiles
    std::size_t octets_left = 256u << 20;       ///< that streams may still inflate to
    std::string damage = {};                    ///< what libqpdf warned of first
    bool exhausted = false;                     ///< told once that a cap was reached

    Handle page(std::size_t index) {
        return pdf.getObject(pages[index].number, pages[index].generation);
    }
    /// The decoded octets of a stream; nullopt for an image filter, a cap or a broken stream (the
    /// last two are found).
    std::optional<Bytes> decoded(Handle stream, Place);
    void exhaust(Place);
    void keep_warnings();
};

/// The leaves of a name or number tree (ISO 32000-1 §7.9.6, §7.9.7): `list` is "/Names" or "/Nums".
/// nullopt when it is no sound tree.
std::optional<std::vector<std::pair<Handle, Handle>>> leaves(Handle root, const char* list,
                                                             const Limits&);

// --- The parts, in the order in which they run --------------------------------------------------

void check_syntax(Run&);    ///< header, trailer, cross-references, filters
void check_metadata(Run&);  ///< XMP, information dictionary
void check_catalog(Run&);   ///< output intent, marks, language, viewer, associated files
void check_actions(Run&);   ///< of catalog, pages and names
void check_content(Run&);   ///< of all pages; fills fonts and marks
void check_fonts(Run&);
void check_structure(Run&);   ///< tree, owners of content, annotations
void check_navigation(Run&);  ///< outline, page labels

/// An action and those behind it (ISO 19005-3 §6.5).
void check_action(Run&, Handle action, Place);

}  // namespace paraphe::pdf::conformance
