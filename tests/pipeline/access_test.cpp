#include "gateway/pipeline/access.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

std::optional<ErrorCode> judge(const AccessRules &rules, HeaderList headers) {
    HttpRequest request;
    request.headers = std::move(headers);
    const auto result = checkAccess(rules, request);
    return result ? std::nullopt : std::optional(result.error().code);
}

const AccessRules loopback{QHostAddress(QHostAddress::LocalHost), 8080};

TEST(Access, HostMustBeLoopbackOrTheAddressBound) {
    for (const char *host : {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1",
                             "127.0.0.1:8080", "127.9.9.9", "[::1]:8080", "[::1]"})
        EXPECT_FALSE(judge(loopback, {{"Host", host}})) << host;
    for (const char *host : {"evil.example", "evil.example:8080", "localhost.evil.example",
                             "10.0.0.1", "", "localhost:abc", "localhost:0", "localhost:99999",
                             "[::1", "[::1]x", "0.0.0.0", "127.0.0.1.nip.io", "localhost.", "::1"})
        EXPECT_EQ(judge(loopback, {{"Host", host}}), ErrorCode::ForbiddenHost) << host;
    const AccessRules lan{QHostAddress(u"192.168.1.5"_s), 8080};
    EXPECT_FALSE(judge(lan, {{"Host", "192.168.1.5:8080"}}));
    EXPECT_FALSE(judge(lan, {{"Host", "localhost:8080"}}));
    EXPECT_EQ(judge(lan, {{"Host", "192.168.1.6:8080"}}), ErrorCode::ForbiddenHost);
    const AccessRules everywhere{QHostAddress(QHostAddress::AnyIPv4), 8080};
    EXPECT_FALSE(judge(everywhere, {{"Host", "192.168.1.6:8080"}}));
    EXPECT_EQ(judge(everywhere, {{"Host", "evil.example:8080"}}), ErrorCode::ForbiddenHost);
}

TEST(Access, OriginMustBeTheGatewaysOwn) {
    for (const char *origin :
         {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"})
        EXPECT_FALSE(judge(loopback, {{"Host", "localhost:8080"}, {"Origin", origin}})) << origin;
    for (const char *origin :
         {"null", "http://evil.example", "https://localhost:8080", "http://localhost:3000",
          "file://", "", "http://localhost", "http://localhost:8080.evil.example",
          "chrome-extension://abc", "http://localhost:8080/path"})
        EXPECT_EQ(judge(loopback, {{"Host", "localhost:8080"}, {"Origin", origin}}),
                  ErrorCode::ForbiddenOrigin)
            << origin;
    EXPECT_EQ(judge(loopback, {{"Host", "localhost:8080"},
                               {"Origin", "http://localhost:8080"},
                               {"Origin", "null"}}),
              ErrorCode::ForbiddenOrigin);
}

TEST(Access, APageOfAnotherSiteIsRefusedWithoutAnOriginToo) {
    EXPECT_EQ(judge(loopback, {{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}}),
              ErrorCode::ForbiddenOrigin);
    EXPECT_FALSE(judge(loopback, {{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "none"}}));
}

TEST(Access, OnlyOldClientsMayLeaveTheHostOut) {
    EXPECT_FALSE(judge(loopback, {}));
}

} // namespace
} // namespace quaygate
