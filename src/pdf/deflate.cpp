#include "pdf/deflate.hpp"

#include <libdeflate.h>

#include <memory>
#include <new>

namespace paraphe::pdf {

namespace {

struct CompressorDeleter {
    void operator()(libdeflate_compressor* compressor) const {
        libdeflate_free_compressor(compressor);
    }
};
using Compressor = std::unique_ptr<libdeflate_compressor, CompressorDeleter>;

}  // namespace

Bytes deflate(ByteView data) {
    thread_local const Compressor compressor(libdeflate_alloc_compressor(1));
    if (!compressor) throw std::bad_alloc();
    Bytes out(libdeflate_zlib_compress_bound(compressor.get(), data.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor.get(), data.data(), data.size(), out.data(),
                                        out.size()));
    // Subsets are cached: what the compressor might have needed must not stay with them.
    out.shrink_to_fit();
    return out;
}

}  // namespace paraphe::pdf
