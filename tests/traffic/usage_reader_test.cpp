#include "gateway/traffic/usage_reader.h"
#include "tests/traffic/usage_samples.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

void PrintTo(const TokenUsage &usage, std::ostream *out) {
    const auto show = [&](const char *name, const std::optional<qint64> &count) {
        *out << name << '=' << (count ? std::to_string(*count) : "unknown") << ' ';
    };
    show("input", usage.input);
    show("output", usage.output);
    show("cached", usage.cached);
    show("written", usage.cacheWritten);
    show("reasoning", usage.reasoning);
}

namespace {

class UsageReading : public testing::TestWithParam<test::UsageSample> {
protected:
    /// Fails unless a reader that was fed so knows what the sample says.
    void expectFound(const UsageReader &reader, qsizetype piece) {
        EXPECT_EQ(reader.usage(), GetParam().usage) << "pieces of " << piece;
        EXPECT_EQ(reader.modelReturned(), GetParam().model) << "pieces of " << piece;
        EXPECT_EQ(reader.sawFirstToken(), !GetParam().firstToken.isEmpty())
            << "pieces of " << piece;
    }
};

TEST_P(UsageReading, FindsTheSameWhateverThePieces) {
    const QByteArray &body = GetParam().body;
    for (const qsizetype piece : {qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7),
                                  qsizetype(64), qsizetype(4096), body.size()}) {
        UsageReader reader(GetParam().contentType);
        for (qsizetype at = 0; at < body.size(); at += piece)
            reader.feed(QByteArrayView(body).sliced(at, std::min(piece, body.size() - at)));
        expectFound(reader, piece);
    }
}

TEST_P(UsageReading, FindsTheSameWhereverItIsCut) {
    const QByteArray &body = GetParam().body;
    const qsizetype step = 1 + body.size() / 4000; // the few long ones not at every byte
    for (qsizetype cut = 0; cut <= body.size(); cut += step) {
        UsageReader reader(GetParam().contentType);
        reader.feed(QByteArrayView(body).first(cut));
        reader.feed(QByteArrayView(body).sliced(cut));
        expectFound(reader, cut);
        if (HasFailure())
            return;
    }
}

TEST_P(UsageReading, TellsTheFirstTokenAtTheByteThatBringsIt) {
    const QByteArray &body = GetParam().body;
    UsageReader reader(GetParam().contentType);
    qsizetype seen = -1;
    for (qsizetype at = 0; at < body.size() && seen < 0; ++at) {
        reader.feed(QByteArrayView(body).sliced(at, 1));
        if (reader.sawFirstToken())
            seen = at;
    }
    const QByteArray &token = GetParam().firstToken;
    EXPECT_EQ(seen, token.isEmpty() ? -1 : body.indexOf(token) + token.size() - 1);
}

INSTANTIATE_TEST_SUITE_P(
    Answers, UsageReading, testing::ValuesIn(test::usageSamples()), [](const auto &info) {
        std::string name = info.param.name;
        std::replace_if(
            name.begin(), name.end(),
            [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
        return name;
    });

TEST(UsageReader, FindsTheUsageBehindMegabytesInTheMiddleOfAnything) {
    // Strings that are longer than any buffer, backslashes at their ends, deep nesting.
    QByteArray body = R"({"data":[)";
    for (int i = 0; i < 2000; ++i)
        body += QByteArray(R"({"e":[)") + QByteArray(500, '1') +
                R"(,[[[[[[[[[["\\","\"}]"]]]]]]]]]]],"s":")" + QByteArray(2 * (i % 50), '\\') +
                "\"},";
    body += R"({}],"model":"m","usage":{"prompt_tokens":7,"total_tokens":7}})";
    for (const qsizetype piece : {qsizetype(1), qsizetype(1000), qsizetype(16384), body.size()}) {
        UsageReader reader("application/json");
        for (qsizetype at = 0; at < body.size(); at += piece)
            reader.feed(QByteArrayView(body).sliced(at, std::min(piece, body.size() - at)));
        EXPECT_EQ(reader.usage().input, 7);
        EXPECT_EQ(reader.modelReturned(), u"m"_s);
    }
}

TEST(UsageReader, FindsTheUsageWhateverStandsBeforeIt) {
    // What is of no interest is gone over in blocks; each of these words once at every place of
    // one.
    const char *const words[] = {R"("]}")",   R"("\"]")", R"("\\")",      R"([[{"a":[]}]])",
                                 R"("{[\\")", R"("a")",   R"({"}":"{"})", R"("\\\"}]")"};
    for (const char *const word : words) {
        for (int before = 0; before < 140; ++before) {
            const QByteArray body =
                R"({"data":["x)" + QByteArray(before, 'x') + "\"," + word + ',' +
                QByteArray(80, ' ') + word +
                R"(],"usage":{"prompt_tokens":7,"d":{"prompt_tokens":8}},"n":[)" + word + "]}";
            UsageReader reader("application/json");
            reader.feed(body);
            ASSERT_EQ(reader.usage().input, 7) << body.toStdString();
        }
    }
}

TEST(UsageReader, HeedsTheLastUsageOfAStream) {
    UsageReader reader("text/event-stream");
    for (int i = 1; i <= 3; ++i)
        reader.feed(
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":4,"
            "\"completion_tokens\":" +
            QByteArray::number(i) + "}}\n\n");
    EXPECT_EQ(reader.usage().output, 3);
}

} // namespace
} // namespace quaygate
