#include "template/explanations.hpp"

#include <algorithm>
#include <vector>

#include "base/markup.hpp"

namespace paraphe::tmpl {

std::span<const Explanation> explanations() {
    static const std::vector<Explanation> all = [] {
        std::vector<Explanation> out;
        for (const auto part :
             {expression_explanations(), template_explanations(), layout_explanations(),
              kind_explanations(), pdf_explanations(), workflow_explanations()})
            out.insert(out.end(), part.begin(), part.end());
        std::sort(out.begin(), out.end(),
                  [](const Explanation& a, const Explanation& b) { return a.code < b.code; });
        return out;
    }();
    return all;
}

const Explanation* explanation_of(std::string_view code) {
    std::string wanted(code);
    if (!wanted.empty() && wanted[0] >= 'a' && wanted[0] <= 'z')
        wanted[0] = static_cast<char>(wanted[0] - 'a' + 'A');
    const auto all = explanations();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Explanation& each) { return each.code == wanted; });
    return found == all.end() ? nullptr : &*found;
}

std::string to_string(const Explanation& it) {
    const auto section = [](std::string_view name, std::string_view text) {
        return "\n" + std::string(name) + "\n  " + std::string(text) + "\n";
    };
    return std::string(it.code) + " — " + std::string(it.title) + "\n" +
           section("Ce que cela veut dire", it.meaning) +
           section("Pourquoi c’est important", it.stakes) + section("Que faire", it.remedy) +
           section("À ne pas écrire", it.wrong) + section("À écrire", it.right);
}

std::string_view example_schema() {
    return R"({
  "type": "object", "additionalProperties": false,
  "required": ["nom", "reference", "mesure", "duree", "loyer", "debut", "fin", "accord", "charges"],
  "properties": {
    "nom": {"type": "string", "title": "Nom"},
    "reference": {"type": "string", "title": "Référence"},
    "mesure": {"type": "string", "enum": ["simple", "renforcee", "judiciaire"]},
    "duree": {"type": "integer", "title": "Durée en mois"},
    "loyer": {"type": "integer", "format": "centimes", "title": "Loyer"},
    "debut": {"type": "string", "format": "date"},
    "fin": {"type": "string", "format": "date"},
    "accord": {"type": "boolean"},
    "telephone": {"type": "string", "title": "Téléphone"},
    "conjoint": {
      "type": "object", "required": ["nom"],
      "properties": {"nom": {"type": "string"}, "emploi": {"type": "string"}}
    },
    "charges": {
      "type": "array",
      "items": {
        "type": "object", "required": ["libelle", "montant"],
        "properties": {
          "libelle": {"type": "string"},
          "montant": {"type": "integer", "format": "centimes"}
        }
      }
    }
  }
})";
}

std::string_view example_data() {
    return R"({
  "nom": "Lefèvre", "reference": "R-1", "mesure": "simple", "duree": 12, "loyer": 48620,
  "debut": "2026-01-05", "fin": "2027-01-04", "accord": true, "telephone": "01 02 03 04 05",
  "conjoint": {"nom": "Martin"}, "charges": [{"libelle": "Eau", "montant": 3200}]
})";
}

std::string example_template(Explanation::Example kind, std::string_view example) {
    const std::string body = kind == Explanation::Example::text
                                 ? "<text:p>" + escaped_markup(example) + "</text:p>"
                                 : std::string(example);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
           "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
           "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
           "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
           "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
           "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.text\">\n"
           "<office:body><office:text>\n" +
           body + "\n</office:text></office:body></office:document>\n";
}

std::optional<std::string> example_clause(const std::string& name) {
    if (name != "clauses/rappel") return std::nullopt;
    return example_template(Explanation::Example::text,
                            "Le contrat {{ reference }} peut être résilié à tout moment.");
}

std::string example_workflow(std::string_view example) {
    return "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" xmlns:p=\"urn:paraphe:workflow:1\" "
           "version=\"1.0\" datamodel=\"paraphe\">\n" +
           std::string(example) + "\n</scxml>\n";
}

}  // namespace paraphe::tmpl
