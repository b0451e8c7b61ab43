#pragma once

#include <string>
#include <vector>

#include "pack/pack.hpp"

/// For pack/ alone: what people and programs read first in a pack.
namespace paraphe::pack {

/// "data/contrats/MASP-2026-0042/contrat.pdf"
std::string payload_name(const Contract&, const File&);

/// index.csv: UTF-8 with its mark, « ; », CRLF; opens in a spreadsheet. A cell that a spreadsheet
/// would take for a formula is kept as text.
std::string index_csv(const Content&);
/// LISEZMOI.html: names, dates, links, how to check; no script.
std::string readme_html(const Content&);
/// pack.json: the same for programs, every file with its digest.
std::string manifest_json(const Content&);

}  // namespace paraphe::pack
