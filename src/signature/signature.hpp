#pragma once

/// Signatures that others can check without us. The door of the layer.
///
///   pdf::File ──pades::prepare──▶ octets to sign ──(a key, anywhere)──▶ value ──pades::embed──▶
///   PDF ODT package ──odf_sign──▶ the same with META-INF/documentsignatures.xml (XAdES-B-B) files
///   ──sign_asice──▶ ASiC-E container (CAdES-B-B) any of the three ──verify──▶ ValidationReport
///
/// ETSI EN 319 142-1 (PAdES), EN 319 132-1 (XAdES), EN 319 122-1 (CAdES), EN 319 162-1 (ASiC),
/// OpenDocument 1.3 part 2 §5. Nothing here asks for the time or the network.
#include "signature/asice.hpp"
#include "signature/odf_signature.hpp"
#include "signature/pades.hpp"
#include "signature/report.hpp"
#include "signature/verify.hpp"
