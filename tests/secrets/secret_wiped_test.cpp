// Whether the bytes are gone when their memory is given back can be seen without touching freed
// memory at one place only: in the function that frees it.
#include "gateway/secrets/secret.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

namespace {

struct Watched {
    const char *begin = nullptr;
    size_t size = 0;
    bool freed = false;
    bool wiped = false;
} watched;

void release(void *memory) {
    if (memory && memory == watched.begin) {
        watched.freed = true;
        watched.wiped = true;
        for (size_t i = 0; i < watched.size; ++i)
            watched.wiped = watched.wiped && watched.begin[i] == '\0';
    }
    std::free(memory);
}

} // namespace

void *operator new(size_t size) {
    if (void *memory = std::malloc(size ? size : 1))
        return memory;
    std::abort();
}
void *operator new[](size_t size) {
    return operator new(size);
}
void operator delete(void *memory) noexcept {
    release(memory);
}
void operator delete(void *memory, size_t) noexcept {
    release(memory);
}
void operator delete[](void *memory) noexcept {
    release(memory);
}
void operator delete[](void *memory, size_t) noexcept {
    release(memory);
}

namespace quaygate {

TEST(SecretWiped, WatchesWhatIsFreed) {
    auto bytes = std::make_unique<char[]>(3);
    bytes[0] = 'x';
    watched = {bytes.get(), 3};
    bytes.reset();
    EXPECT_TRUE(watched.freed);
    EXPECT_FALSE(watched.wiped);
}

TEST(SecretWiped, BeforeTheMemoryIsGivenBack) {
    auto secret = std::make_unique<Secret>(QByteArray("a key of some length"));
    watched = {secret->reveal().data(), size_t(secret->size())};
    ASSERT_EQ(*watched.begin, 'a');
    secret.reset();
    EXPECT_TRUE(watched.freed);
    EXPECT_TRUE(watched.wiped);
}

TEST(SecretWiped, WithTheLastCopyOnly) {
    Secret last;
    {
        const Secret first(QByteArray("value"));
        last = first;
        watched = {first.reveal().data(), size_t(first.size())};
    }
    EXPECT_FALSE(watched.freed);
    EXPECT_EQ(last.reveal(), "value");
    last = Secret(QByteArray("another"));
    EXPECT_TRUE(watched.freed);
    EXPECT_TRUE(watched.wiped);
}

} // namespace quaygate
