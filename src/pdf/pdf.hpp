#pragma once

/// PDF: placed pages in, octets out; octets in, facts out. The door of the layer.
///
///   Pages ──write──▶ Bytes ──File::read──▶ File ──prepare_signature──▶ octets to sign ──embed──▶
///   Bytes
///   Pages ──svg, png──▶ pictures, named by page_name
///
/// The writer is our own (ISO 32000-1, tagged from the start; aims at ISO 19005-3 level A and
/// ISO 14289-1). The reader is libqpdf, reading only: nothing that is handed out passes through its
/// writer. Later revisions are incremental updates of our own (ISO 32000-2 §7.5.6).
#include "pdf/conformance.hpp"
#include "pdf/file.hpp"
#include "pdf/page_name.hpp"
#include "pdf/preview.hpp"
#include "pdf/signing.hpp"
#include "pdf/svg.hpp"
#include "pdf/update.hpp"
#include "pdf/writer.hpp"
