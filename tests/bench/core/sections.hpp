#pragma once

#include <string>

/// The sections of the table; each prints its rows and runs in a process of its own, so that its
/// memory is its own.
namespace paraphe::bench {

/// `peer_figures`: what libreoffice.py printed; may be empty.
void bench_pdf(const std::string& template_file, const std::string& peer_figures);
/// FOLDER/contrat-NNN.odt for the peer.
void write_filled(const std::string& template_file, const std::string& folder, int count);
void bench_sign(const std::string& template_file);
void bench_workflow();
/// Makes its stores in `folder`, whose disk is what is measured.
void bench_store(const std::string& folder);

}  // namespace paraphe::bench
