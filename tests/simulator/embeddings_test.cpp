#include "tests/simulator/ask.h"

#include <QtEndian>

#include <gtest/gtest.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

std::vector<double> vectorOf(const SimulatedAnswer &answer, qsizetype index = 0) {
    std::vector<double> vector;
    for (const QJsonValue value : json(answer)[u"data"][index][u"embedding"].toArray())
        vector.push_back(value.toDouble());
    return vector;
}

double product(const std::vector<double> &a, const std::vector<double> &b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

TEST(SimulatedEmbeddings, AreUnitVectorsOfTheText) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        embeddingsPath,
        object(
            R"({"input":["the cat sat on the mat","the cat sat on the rug","stock market prices"]})"));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    EXPECT_EQ(json(answer)[u"object"], u"list"_s);
    EXPECT_EQ(json(answer)[u"model"], u"text-embedding-3-small"_s);
    EXPECT_EQ(json(answer)[u"usage"], object(R"({"prompt_tokens":15,"total_tokens":15})"));
    ASSERT_EQ(json(answer)[u"data"].toArray().size(), 3);
    EXPECT_EQ(json(answer)[u"data"][2][u"index"].toInt(), 2);
    EXPECT_EQ(vectorOf(answer).size(), 1536U);
    EXPECT_NEAR(product(vectorOf(answer), vectorOf(answer)), 1, 1e-5);
    EXPECT_GT(product(vectorOf(answer, 0), vectorOf(answer, 1)),
              product(vectorOf(answer, 0), vectorOf(answer, 2)) + 0.3)
        << "words in common bring texts near";
    EXPECT_EQ(
        vectorOf(answer),
        vectorOf(resource.post(embeddingsPath, object(R"({"input":"the cat sat on the mat"})"))));
}

TEST(SimulatedEmbeddings, ComeAsBase64OfTheSameNumbers) {
    Resource resource;
    const std::vector<double> numbers =
        vectorOf(resource.post(embeddingsPath, object(R"({"input":"x","dimensions":8})")));
    const SimulatedAnswer packed = resource.post(
        embeddingsPath, object(R"({"input":"x","dimensions":8,"encoding_format":"base64"})"));
    const QByteArray bytes =
        QByteArray::fromBase64(json(packed)[u"data"][0][u"embedding"].toString().toLatin1());
    ASSERT_EQ(numbers.size(), 8U);
    ASSERT_EQ(bytes.size(), 32);
    EXPECT_NEAR(product(numbers, numbers), 1, 1e-5) << "scaled again when shortened";
    for (std::size_t i = 0; i < numbers.size(); ++i)
        EXPECT_NEAR(qFromLittleEndian<float>(bytes.constData() + i * 4), numbers[i], 1e-8);
}

TEST(SimulatedEmbeddings, TakeTokensAsNumbers) {
    Resource resource;
    const SimulatedAnswer one = resource.post(embeddingsPath, object(R"({"input":[1,2,3]})"));
    EXPECT_EQ(json(one)[u"data"].toArray().size(), 1);
    EXPECT_EQ(json(one)[u"usage"][u"prompt_tokens"].toInt(), 3);
    const SimulatedAnswer two = resource.post(embeddingsPath, object(R"({"input":[[1,2],[3]]})"));
    EXPECT_EQ(json(two)[u"data"].toArray().size(), 2);
}

TEST(SimulatedEmbeddings, RefuseWhatTheyCannotTake) {
    struct Case {
        const char *target;
        const char *body;
        const char *beginning;
    };
    const auto ada = "/openai/deployments/ada/embeddings?api-version=2024-10-21";
    for (const Case &each : {
             Case{embeddingsPath, "{}", "Missing required parameter: 'input'."},
             Case{embeddingsPath, R"({"input":""})", "'$.input' is invalid."},
             Case{embeddingsPath, R"({"input":[]})", "'$.input' is invalid."},
             Case{embeddingsPath, R"({"input":["a",{}]})", "'$.input' is invalid."},
             Case{embeddingsPath, R"({"input":"a","dimensions":1537})",
                  "Invalid value for 'dimensions' = 1537. Must be less than or equal to 1536."},
             Case{embeddingsPath, R"({"input":"a","encoding_format":"hex"})",
                  "Invalid value: 'hex'."},
             Case{embeddingsPath, R"({"input":"a","temperature":1})", "Unknown parameter: "},
             Case{ada, R"({"input":"a","dimensions":8})",
                  "This model does not support specifying dimensions."},
         }) {
        Resource resource;
        const SimulatedAnswer answer = resource.post(each.target, object(each.body));
        EXPECT_EQ(answer.status, 400) << each.body;
        EXPECT_TRUE(
            error(answer)[u"message"].toString().startsWith(QLatin1StringView(each.beginning)))
            << answer.body().toStdString();
    }
    Resource resource;
    QJsonArray many;
    for (int i = 0; i < 2049; ++i)
        many.append(u"x"_s);
    EXPECT_EQ(resource.post(embeddingsPath, {{u"input"_s, many}}).status, 400);
    EXPECT_EQ(resource.post(embeddingsPath, {{u"input"_s, u"a "_s.repeated(9000)}}).status, 400);
}

} // namespace
} // namespace quaygate::simulator::test
