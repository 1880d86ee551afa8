#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace quaygate {

/// What is read from a socket at once: four records of TLS.
constexpr std::size_t readBufferSize = 64 * 1024;

/// A buffer of the calling thread, for bytes that are looked at or handed on before `Reader` reads
/// again; each reader has one of its own. On the heap and made on first use, because a thread-local
/// array would be cleared, and so be resident, for each thread of the program.
template<typename Reader>
std::span<char> readBuffer() {
    static thread_local const auto buffer = std::make_unique_for_overwrite<char[]>(readBufferSize);
    return {buffer.get(), readBufferSize};
}

} // namespace quaygate
