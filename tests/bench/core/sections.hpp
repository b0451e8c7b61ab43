#pragma once

#include <string>

/// The sections of the table; each prints its rows and runs in a process of its own, so that its
/// memory is its own.
namespace paraphe::bench {

void bench_workflow();
/// Makes its stores in `folder`, whose disk is what is measured.
void bench_store(const std::string& folder);

}  // namespace paraphe::bench
