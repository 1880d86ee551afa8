#include "gateway/dialects/count_tokens.h"
#include "gateway/dialects/token_estimate.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

struct TokenCase {
    QString text;
    QStringList pieces;
};

TEST(TokenEstimate, CutsIntoPieces) {
    const QList<TokenCase> cases{
        {u""_s, {}},
        {u"Hello world"_s, {u"Hello"_s, u" world"_s}},
        {u"internationalisation"_s, {u"intern"_s, u"ationa"_s, u"lisati"_s, u"on"_s}},
        {u"a, b!"_s, {u"a"_s, u","_s, u" b"_s, u"!"_s}},
        {u"a\n\n  b"_s, {u"a"_s, u"\n\n  "_s, u"b"_s}},
        {u"x 漢字"_s, {u"x"_s, u" 漢"_s, u"字"_s}},
        {u"😀😀 "_s, {u"😀"_s, u"😀"_s, u" "_s}},
    };
    for (const TokenCase &each : cases) {
        EXPECT_EQ(tokenPieces(each.text), each.pieces) << each.text.toStdString();
        EXPECT_EQ(estimateTokens(each.text), each.pieces.size());
    }
    EXPECT_EQ(tokenPieces(u"one two three", 2), QStringList({u"one"_s, u" two"_s}));
}

/// What a request counts beyond the same one without `more` in its only message.
qint64 tokensOf(const QByteArray &blocks) {
    const auto count = [](const QByteArray &content) {
        const QByteArray request =
            R"({"model":"m","messages":[{"role":"user","content":[)" + content + "]}]}";
        return estimateInputTokens(request).value();
    };
    return count(blocks) - count({});
}

TEST(CountTokens, AddsUpWhatTheModelReads) {
    const auto count = [](const QByteArray &members) {
        return estimateInputTokens(
                   R"({"model":"m","messages":[{"role":"user","content":"Hello world"}])" +
                   members + '}')
            .value();
    };
    const qint64 alone = count({});
    EXPECT_EQ(alone, 3 + 4 + 2); // the answer's begin, a message, two words
    EXPECT_EQ(count(R"(,"system":"one two three")"), alone + 4 + 3);
    EXPECT_EQ(count(R"(,"system":[{"type":"text","text":"one"},{"type":"text","text":"two"}])"),
              alone + 4 + 2);
    EXPECT_EQ(count(R"(,"tools":[{"name":"f","input_schema":{"a":1}}])"), alone + 8 + 1 + 2);
    EXPECT_GT(count(R"(,"tools":[{"name":"f","description":"Reads a file."}])"),
              count(R"(,"tools":[{"name":"f"}])"));
    EXPECT_EQ(count(R"(,"max_tokens":5,"stream":true)"), alone);
}

struct BlockCase {
    const char *what;
    QByteArray block;
    qint64 tokens;
};

TEST(CountTokens, KnowsEveryKindOfBlock) {
    const QByteArray pdf(100'000, 'A');
    const BlockCase table[] = {
        {"text", R"({"type":"text","text":"one two"})", 2},
        {"escaped text", R"({"type":"text","text":"one\ntwo"})", 3},
        {"image", R"({"type":"image","source":{"type":"base64","data":"AAAA"}})", 765},
        {"thinking, which is not sent", R"({"type":"thinking","thinking":"one two"})", 0},
        {"call", R"({"type":"tool_use","id":"t","name":"f","input":{"a":12}})", 4 + 1 + 2},
        {"result", R"({"type":"tool_result","tool_use_id":"t","content":"one two"})", 4 + 2},
        {"result in blocks",
         R"({"type":"tool_result","content":[{"type":"text","text":"one"},{"type":"image"}]})",
         4 + 1 + 765},
        {"text document",
         R"({"type":"document","title":"T","source":{"type":"text","data":"one two"}})", 1 + 2},
        {"document of blocks",
         R"({"type":"document","source":{"type":"content","content":[{"type":"text","text":"x"}]}})",
         1},
        {"file", R"({"type":"document","source":{"type":"base64","data":")" + pdf + "\"}}", 3'000},
        {"search result",
         R"({"type":"search_result","title":"T","source":"s","content":[{"type":"text","text":"x"}]})",
         3},
    };
    for (const BlockCase &each : table)
        EXPECT_EQ(tokensOf(each.block), each.tokens) << each.what;
}

TEST(CountTokens, AnswersInAnthropicsShape) {
    EXPECT_EQ(countTokens(R"({"model":"m","messages":[{"role":"user","content":"Hello world"}]})")
                  .value(),
              R"({"input_tokens":9})");
}

TEST(CountTokens, RefusesWhatIsNoRequest) {
    EXPECT_EQ(countTokens("[]").error().code, ErrorCode::BodyNotJson);
    EXPECT_EQ(countTokens(R"({"messages":[{"role":"user","content":"x"}]})").error().detail,
              u"model"_s);
    EXPECT_EQ(countTokens(R"({"model":"m","messages":[]})").error().detail, u"messages"_s);
}

} // namespace

} // namespace quaygate::dialects
