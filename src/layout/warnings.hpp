#pragma once

#include <set>
#include <string>

#include "base/diagnostic.hpp"
#include "odf/document.hpp"

namespace paraphe::layout {

/// Warnings by name and place, each construct once.
class Warnings {
public:
    explicit Warnings(std::string source) : source_(std::move(source)) {}
    /// `message` is a French sentence; the same code and message is kept once.
    void add(const std::string& code, const std::string& message, const odf::Provenance* where,
             const std::string& remedy = {});
    const std::string& source() const { return source_; }
    Diagnostics take() { return std::move(list_); }

private:
    std::string source_;
    std::set<std::string> seen_;
    Diagnostics list_;
};

}  // namespace paraphe::layout
