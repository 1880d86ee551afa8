#include "gateway/azure/auth_headers.h"
#include "gateway/config/header_names.h"

#include <gtest/gtest.h>

namespace quaygate {

namespace {

TEST(AuthHeaders, CredentialsAreKnownInAnyCase) {
    for (const char *name : {"authorization", "Authorization", "api-key", "Api-Key", "X-API-KEY",
                             "Ocp-Apim-Subscription-Key", "cookie", "Set-Cookie",
                             "proxy-authorization", "x-goog-api-key"}) {
        EXPECT_TRUE(isCredentialHeader(name)) << name;
        EXPECT_FALSE(isForwardable(name)) << name;
    }
    for (const char *name : {"content-type", "api-key-id", "", "x-ms-client-request-id"})
        EXPECT_FALSE(isCredentialHeader(name)) << name;
    EXPECT_EQ(apiKeyHeader, QByteArrayView("api-key"));
}

TEST(AuthHeaders, WhatIsWorthForwardingGoes) {
    for (const char *name :
         {"Content-Type", "accept", "User-Agent", "x-ms-client-request-id", "x-ms-useragent",
          "X-Ms-Spillover-Deployment", "x-ms-oai-image-generation-deployment", "x-policy-id",
          "aoai-evals", "aoai-copy-ft-checkpoints", "extra-parameters"})
        EXPECT_TRUE(isForwardable(name)) << name;
}

TEST(AuthHeaders, TheRestStays) {
    for (const char *name : {"x-stainless-lang",
                             "X-Stainless-Retry-Count",
                             "OpenAI-Organization",
                             "OpenAI-Project",
                             "OpenAI-Beta",
                             "traceparent",
                             "tracestate",
                             "baggage",
                             "Cookie",
                             "Host",
                             "Origin",
                             "Referer",
                             "Sec-Fetch-Mode",
                             "Sec-WebSocket-Key",
                             "Accept-Encoding",
                             "Content-Length",
                             "Content-Encoding",
                             "Expect",
                             "Forwarded",
                             "X-Forwarded-For",
                             "X-Forwarded-Proto",
                             "Connection",
                             "Keep-Alive",
                             "Proxy-Connection",
                             "TE",
                             "Trailer",
                             "Transfer-Encoding",
                             "Upgrade",
                             "Via",
                             "x-ms-token-aad-access-token",
                             "x-anything",
                             "aoai-",
                             "x-ms-oai-",
                             ""})
        EXPECT_FALSE(isForwardable(name)) << name;
}

} // namespace

} // namespace quaygate
