#include "gateway/rules/token_reckoning.h"

#include <QByteArray>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

/// A request with that text and those other members.
QByteArray request(const QByteArray &content, const QByteArray &members = {}) {
    return R"({"messages":[{"role":"user","content":")" + content + "\"}]" + members + '}';
}

TEST(TokenReckoning, CountsTheBodyByItsLength) {
    EXPECT_EQ(reckonTokens("{}"), 0);
    EXPECT_EQ(reckonTokens(request(QByteArray(4000, 'x').replace("xxxx", "abc "))), 1010);
    const QByteArray spaced = "  \n" + request("hello world ");
    EXPECT_EQ(reckonTokens(spaced), spaced.size() / 4);
}

TEST(TokenReckoning, CountsWhatTheAnswerMayHave) {
    const qint64 alone = reckonTokens(request("hello"));
    struct Case {
        const char *members;
        qint64 answer;
    };
    const Case cases[] = {
        {R"(,"max_tokens":500)", 500},
        {R"(,"max_completion_tokens":500)", 500},
        {R"(,"max_output_tokens":500)", 500},
        {R"(,"max_completion_tokens":500,"max_tokens":900)", 500},
        {R"(,"max_tokens":500,"n":3)", 1500},
        {R"(,"max_tokens":null)", 0},
        {R"(,"max_tokens":"many")", 0},
        {R"(,"max_tokens":-5)", 0},
        {R"(,"max_tokens":99999999999999)", 10'000'000},
        {R"(,"nested":{"max_tokens":500})", 0},
        {R"(,"n":3)", 0},
    };
    for (const Case &one : cases) {
        const QByteArray members = one.members;
        const qint64 more = reckonTokens(request("hello", members)) - alone;
        EXPECT_NEAR(double(more), double(one.answer + members.size() / 4), 1) << one.members;
    }
    EXPECT_LT(reckonTokens(request("the word max_tokens is only said")), 40);
}

TEST(TokenReckoning, APictureCountsAsOneAndNotByItsBytes) {
    const qint64 alone = reckonTokens(request("hello"));
    const QByteArray data = QByteArray(600'000, '\x5a').toBase64();
    for (const QByteArray &text : {"data:image/png;base64," + data, data}) {
        const qint64 more = reckonTokens(request("hello", R"(,"x":")" + text + '"')) - alone;
        EXPECT_GE(more, 1000);
        EXPECT_LE(more, 1010);
    }
    const qint64 two = reckonTokens(request("a", R"(,"x":[")" + data + "\",\"" + data + "\"]"));
    EXPECT_NEAR(double(two - alone), 2000, 10);
}

TEST(TokenReckoning, TextInAnyScriptIsNoPicture) {
    const QByteArray chinese = QByteArray("\xe4\xbd\xa0").repeated(3000); // 9,000 bytes, no space
    EXPECT_GT(reckonTokens(request(chinese)), 2200);
    const QByteArray code = QByteArray("int main() { return 0; }").repeated(400);
    EXPECT_GT(reckonTokens(request(code)), 2300);
}

TEST(TokenReckoning, AFormIsNotReckoned) {
    EXPECT_EQ(reckonTokens("--boundary\r\nContent-Disposition: form-data\r\n\r\n" +
                           QByteArray(100'000, 'x')),
              0);
    EXPECT_EQ(reckonTokens(""), 0);
}

TEST(TokenReckoning, WhatIsNoJsonCountsByItsLength) {
    EXPECT_EQ(reckonTokens(R"({"max_tokens": 500, )"), 5);
}

} // namespace
} // namespace quaygate
