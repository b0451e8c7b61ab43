#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "pdf/file.hpp"

namespace paraphe::pdf {

/// Where two files part.
struct Difference {
    std::size_t offset = 0;  ///< of the first octet that differs, or of the shorter file's end
    int object = 0;          ///< the first object that differs; 0: only the file around them does
    int page = 0;            ///< from 1: whose content that object is; 0: of none
    std::string what;        ///< French, for people: "le contenu de la page 3"
};

/// nullopt for equal octets. The pages' contents are compared before the other objects, because
/// that is what a person can look at.
std::optional<Difference> first_difference(const File&, const File&);

/// The file as it was before anything was added to it: its first revision alone.
File first_revision(const File&);

}  // namespace paraphe::pdf
