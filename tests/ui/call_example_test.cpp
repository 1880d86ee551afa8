#include "tests/ui/desk.h"
#include "ui/routes/call_example.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(CallExample, IsTheUrlOfTheGatewayAndThePrefix) {
    EXPECT_EQ(routeUrl(u"http://127.0.0.1:8080"_s, routeTo(u"b"_s)),
              u"http://127.0.0.1:8080/azure-openai"_s);
}

TEST(CallExample, CurlAsksForAChatCompletion) {
    EXPECT_EQ(curlExample(u"http://127.0.0.1:8080"_s, routeTo(u"b"_s)),
              u"curl \"http://127.0.0.1:8080/azure-openai\" \\\n"
              "  -H \"Content-Type: application/json\" \\\n"
              "  -d '{\"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}'"_s);
}

TEST(CallExample, NothingInAPrefixRunsInTheShell) {
    Route route = routeTo(u"b"_s);
    route.match.pathPrefix = u"/$(id)'`x`"_s;
    EXPECT_TRUE(
        curlExample(u"http://h"_s, route).startsWith(u"curl 'http://h/$(id)'\\''`x`' \\"_s));
}

} // namespace quaygate::test
