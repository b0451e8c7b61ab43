#pragma once

#include <string>
#include <vector>

#include "contract/service.hpp"
#include "json/value.hpp"
#include "kind/kind.hpp"

/// What the API says of the contract layer's values, one function for each. Private to server/.
namespace paraphe::server {

json::Value strings(const std::vector<std::string>& items);
json::Value version_json(const std::string& dossier, const contract::Version& version);
/// `picture`: its address.
json::Value page_json(const contract::PageView& page, const std::string& picture);
json::Value kind_json(const kind::Kind& kind);
/// A dossier as a line of the list.
json::Value summary_json(const contract::DossierSummary& dossier);
json::Value action_json(const contract::Action& action);
/// One line of the journal.
json::Value line_json(const contract::JournalLine& line);
json::Value pack_json(const contract::PackView& pack, const std::string& dossier);
json::Value message_json(const contract::MessageView& message);
json::Value incident_json(const contract::Incident& incident);
/// One dossier with all that hangs on it.
json::Value dossier_json(const contract::Dossier& dossier);
json::Value audit_json(const contract::AuditReport& report);
json::Value to_sign_json(const contract::ToSign& to_sign);
json::Value outcome_json(const contract::Outcome& outcome);

}  // namespace paraphe::server
