#pragma once

#include <string>
#include <vector>

#include "audit/chain.hpp"

/// A journal's evidence as JSON Lines, for whoever checks it without the product: one object a
/// link, hashes in hexadecimal, `salt` and `body` only where they travel along:
///
///     {"log_id":…,"seq":1,"type":"created","at":"2026-01-31T09:00:00Z","actor":…,
///      "commitment":…,"documents":[…],"previous":…,"hash":…,"salt":…,"body":"{…}"}
namespace paraphe::audit {

/// Without bodies the extract tells of nobody.
Bytes write_extract(const std::vector<Entry>&, bool with_bodies);

/// Throws Error{malformed_input} naming the line of `source` that is no link. The caps are those
/// of json::parse; an extract has at most 64 MiB.
std::vector<Entry> read_extract(ByteView, const std::string& source);

/// Checks an extract by itself: the chain, and the bodies that are there.
Verdict verify_extract(ByteView, const std::string& source, const std::vector<Head>& heads = {});

}  // namespace paraphe::audit
