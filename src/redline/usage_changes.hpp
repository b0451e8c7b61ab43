#pragma once

#include <string>
#include <vector>

#include "redline/redline.hpp"
#include "redline/story.hpp"

/// What two versions say of themselves and what they take from the data. Private to redline/.
namespace paraphe::redline {

/// Title, subject, description, keywords, pictures.
std::vector<PropertyOfDocument> metadata_changes(const odf::Document& before,
                                                 const odf::Document& after);

/// Fields, slots and clauses that one version uses and the other does not, with their places.
std::vector<UsageChange> usage_changes(const Story& before, const odf::Document& before_document,
                                       const Story& after, const odf::Document& after_document);

/// The words and the line of a spot; `source` where the element does not know its own.
Place place_of(const Spot&, const odf::ElementPtr&, const std::string& source);

}  // namespace paraphe::redline
