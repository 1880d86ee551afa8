#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

/// Runs of bytes that need no look of their own, eight of them a step. Inner part of gateway/; pure
/// functions.
namespace quaygate::json {

namespace byte_run {

constexpr std::uint64_t each = 0x0101010101010101U;
constexpr std::uint64_t highest = each * 0x80;

inline std::uint64_t load(const char *bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// From a word whose highest bits mark bytes: how many bytes come before the first marked one. A
/// mark may be wrong only behind a right one: the differences that make them borrow upwards.
inline int before(std::uint64_t marks) {
    static_assert(std::endian::native == std::endian::little);
    return std::countr_zero(marks & highest) / 8;
}

} // namespace byte_run

/// How many of the eight bytes come before the first that ends, escapes or breaks a JSON string or
/// is not ASCII; 8: none does.
inline int plainBytes(const char *bytes) {
    using namespace byte_run;
    const std::uint64_t word = load(bytes);
    const std::uint64_t quote = word ^ (each * '"');
    const std::uint64_t backslash = word ^ (each * '\\');
    return before(word | (word - each * 0x20) | (quote - each) | (backslash - each));
}

/// How many of the eight bytes come before the first quote; 8: there is none.
inline int bytesBeforeQuote(const char *bytes) {
    using namespace byte_run;
    const std::uint64_t quote = load(bytes) ^ (each * '"');
    return before((quote - each) & ~quote);
}

} // namespace quaygate::json
