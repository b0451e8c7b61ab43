#pragma once

#include <iosfwd>
#include <map>
#include <string>

#include "base/diagnostic.hpp"
#include "json/value.hpp"

/// What `check` found, in the forms that people, scripts and editors read.
namespace paraphe::cli {

enum class Colour { none, ansi };

/// For people at a terminal: by file, the quotation with carets under the fault, a last line that
/// counts ("2 erreurs, 1 avertissement").
void print_for_people(const Diagnostics&, Colour, std::ostream&);

/// "2 erreurs, 1 avertissement"; "aucune remarque" when there is none.
std::string counted(const Diagnostics&);

/// The octets of `quote` that are at fault: the first passage between guillemets of the message
/// that stands in it, else all of it.
struct Span {
    std::size_t begin = 0, end = 0;
};
Span fault_in(const std::string& quote, const std::string& message);

/// A SARIF 2.1.0 log (OASIS Standard, 27 March 2020) with one run. Files below `folder` get an URI
/// relative to it. Lines of a package's content.xml are not lines of the package: there the
/// location has no region, but the place in words (logicalLocations, message) and its properties
/// `part`, `line`, `column` and `quote`.
json::Value sarif(const Diagnostics&, const std::string& folder);

}  // namespace paraphe::cli
