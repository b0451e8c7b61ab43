#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "pdf/file.hpp"
#include "pdf/objects.hpp"
#include "pdf/syntax.hpp"

namespace paraphe::pdf {

/// One more revision of a file, appended (ISO 32000-2 §7.5.6): the octets of the base stay as they
/// are, so its signatures stay valid. Its cross-reference section is of the base's kind.
class Update {
public:
    explicit Update(File base);

    const File& base() const { return base_; }

    /// New objects take numbers from the base's /Size on.
    Objects& objects() { return objects_; }
    ObjectId add(const Dictionary&);
    ObjectId add_stream(Dictionary, ByteView data);

    /// A dictionary as it stands now: as set here, else as in the base.
    Dictionary dictionary(ObjectId) const;
    /// Re-emits an object of the base, or one added here, with this content. Not for streams.
    void set(ObjectId, const Dictionary&);
    void set(ObjectId, const std::string& syntax);
    /// Adds a value to the array at `key` of the dictionary `owner`, wherever that array lives.
    void append(ObjectId owner, const std::string& key, const std::string& value);
    /// The interactive form's dictionary (§12.7.2), empty if there is none, wherever it lives.
    Dictionary form() const;
    void set_form(const Dictionary&);

    struct Result {
        Bytes bytes;                              ///< base and update
        std::map<ObjectId, std::size_t> offsets;  ///< of each written object's content
    };
    Result finish() const;

private:
    ObjectId form_object() const;

    File base_;
    Objects objects_;
    std::map<ObjectId, std::string> changed_;      ///< of the base, as syntax
    std::map<ObjectId, Dictionary> dictionaries_;  ///< set or added here
};

}  // namespace paraphe::pdf
