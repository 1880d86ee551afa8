#include "gateway/traffic/block_skip.h"

#if defined(__SSE2__) || defined(_M_X64)

#include <bit>
#include <cstdint>
#include <emmintrin.h>

namespace quaygate::traffic {

namespace {

/// 64 bytes; a bit of a mask stands for a byte, the lowest for the first.
class Block {
public:
    explicit Block(const char *at) {
        for (int i = 0; i < 4; ++i)
            m_bytes[i] = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + 16 * i));
    }

    std::uint64_t of(char c) const {
        return mask([wanted = _mm_set1_epi8(c)](__m128i v) { return _mm_cmpeq_epi8(v, wanted); });
    }

    /// Brackets differ from braces in one bit.
    std::uint64_t ofBracket(char brace) const {
        return mask([wanted = _mm_set1_epi8(brace), bit = _mm_set1_epi8(0x20)](__m128i v) {
            return _mm_cmpeq_epi8(_mm_or_si128(v, bit), wanted);
        });
    }

private:
    template<typename Compare>
    std::uint64_t mask(Compare compare) const {
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i)
            bits |= std::uint64_t(std::uint32_t(_mm_movemask_epi8(compare(m_bytes[i])))) << 16 * i;
        return bits;
    }

    __m128i m_bytes[4];
};

/// Each bit tells whether the number of bits up to it is odd.
std::uint64_t oddUpTo(std::uint64_t bits) {
    for (int step = 1; step < 64; step *= 2)
        bits ^= bits << step;
    return bits;
}

} // namespace

JsonPosition skipBlocks(JsonPosition from, const char *end, int floor) {
    for (; end - from.at >= skippedBlock; from.at += skippedBlock) {
        const Block block(from.at);
        if (block.of('\\') != 0)
            break;
        const std::uint64_t inside = oddUpTo(block.of('"')) ^ (from.inText ? ~0ULL : 0ULL);
        const int closed = std::popcount(block.ofBracket('}') & ~inside);
        if (from.depth - closed < floor)
            break;
        from.depth += std::popcount(block.ofBracket('{') & ~inside) - closed;
        from.inText = (inside >> 63) != 0;
    }
    return from;
}

} // namespace quaygate::traffic

#else

namespace quaygate::traffic {

JsonPosition skipBlocks(JsonPosition from, const char *, int) {
    return from;
}

} // namespace quaygate::traffic

#endif
