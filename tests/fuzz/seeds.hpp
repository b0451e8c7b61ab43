#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "fuzz/fuzz.hpp"

/// Where mutation starts: documents and templates of the tree, and made ones.
namespace paraphe::fuzz {

/// The seeds of a target: those it makes, the files of the tree (and of ../shared where that is
/// there) with its endings, and the inputs under tests/fuzz/found/TARGET that once broke it.
std::vector<std::string> seeds_of(const Target&);

/// The templates of the conformance cases; where `bare`, the expressions without their braces.
std::vector<std::string> cases(bool bare);

/// A flat document with kinds of content that the templates of the tree do not have.
const std::string& rich_document();
std::vector<std::string> rich_documents();
std::vector<std::string> packages();

/// A package whose part of that name is `octets`: its checksums fit, so the part is read.
Bytes package_with(const Bytes& package, const std::string& name, std::string_view octets);
/// The XML parts of a package.
std::vector<std::string> parts(const Bytes& package);

/// A rich document on pages; its objects in streams of objects or each by itself.
Bytes small_pdf(bool object_streams);

}  // namespace paraphe::fuzz
