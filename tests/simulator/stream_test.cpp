#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

QJsonValue delta(const QJsonObject &chunk) {
    return chunk[u"choices"][0][u"delta"];
}

QString streamedText(const QList<QJsonObject> &list) {
    QString text;
    for (const QJsonObject &chunk : list)
        text += delta(chunk)[u"content"].toString();
    return text;
}

bool anyHasUsage(const SimulatedAnswer &answer) {
    const QList<QJsonObject> list = chunks(answer);
    return std::any_of(list.begin(), list.end(),
                       [](const QJsonObject &chunk) { return chunk.contains(u"usage"); });
}

TEST(SimulatedStream, ComesInTheServicesOrder) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        chatPath, saying(u"hi"_s, R"({"stream":true,"stream_options":{"include_usage":true}})"));
    ASSERT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.streamed);
    EXPECT_EQ(header(answer, "Content-Type"), "text/event-stream; charset=utf-8");
    EXPECT_EQ(header(answer, "x-accel-buffering"), "no");
    const QList<QJsonObject> list = chunks(answer);
    ASSERT_EQ(list.size(), static_cast<qsizetype>(answer.pieces.size()))
        << "nothing but data lines";
    ASSERT_GT(list.size(), 10);

    // 1. What the filter found in the prompt, in an envelope of nothing.
    EXPECT_EQ(list[0][u"choices"], QJsonArray());
    EXPECT_EQ(list[0][u"created"].toInt(-1), 0);
    for (const QString &empty : {u"id"_s, u"model"_s, u"object"_s})
        EXPECT_EQ(list[0][empty], QString());
    EXPECT_EQ(list[0][u"prompt_filter_results"][0][u"prompt_index"].toInt(-1), 0);

    // 2. The role.
    EXPECT_EQ(delta(list[1]), object(R"({"content":"","refusal":null,"role":"assistant"})"));
    EXPECT_EQ(list[1][u"choices"][0][u"content_filter_results"], QJsonObject());
    EXPECT_EQ(list[1][u"object"], u"chat.completion.chunk"_s);
    EXPECT_EQ(list[1][u"model"], u"gpt-4.1-mini-2025-04-14"_s);

    // 3. The text, each piece with what the filter found in it.
    const qsizetype finish = list.size() - 3;
    for (qsizetype i = 2; i < finish; ++i) {
        EXPECT_EQ(delta(list[i]).toObject().keys(), QStringList{u"content"_s});
        EXPECT_TRUE(list[i][u"choices"][0][u"finish_reason"].isNull());
        EXPECT_EQ(list[i][u"choices"][0][u"content_filter_results"][u"sexual"][u"severity"],
                  u"safe"_s);
        EXPECT_EQ(list[i][u"id"], list[1][u"id"]);
        EXPECT_FALSE(list[i][u"obfuscation"].toString().isEmpty());
        EXPECT_TRUE(list[i].contains(u"usage") && list[i][u"usage"].isNull());
    }
    EXPECT_TRUE(streamedText(list).contains(u"> hi"_s));

    // 4. The finish. 5. The usage. 6. [DONE].
    EXPECT_EQ(delta(list[finish]), QJsonObject());
    EXPECT_EQ(list[finish][u"choices"][0][u"finish_reason"], u"stop"_s);
    EXPECT_EQ(list[finish + 1][u"choices"], QJsonArray());
    EXPECT_EQ(list[finish + 1][u"usage"][u"completion_tokens"].toInt(), finish - 2);
    EXPECT_EQ(answer.pieces.back().bytes, "data: [DONE]\n\n");
}

TEST(SimulatedStream, HasNoUsageUnlessAskedForInAVersionThatKnowsIt) {
    Resource resource;
    const SimulatedAnswer unasked = resource.post(chatPath, saying(u"hi"_s, R"({"stream":true})"));
    EXPECT_FALSE(anyHasUsage(unasked));
    const SimulatedAnswer old = resource.post(
        "/openai/deployments/chat/chat/completions?api-version=2024-06-01",
        saying(u"hi"_s, R"({"stream":true,"stream_options":{"include_usage":true}})"));
    EXPECT_FALSE(anyHasUsage(old));
    EXPECT_TRUE(old.body().contains("prompt_filter_results"));
}

TEST(SimulatedStream, HasNoAnnotationsInTheOldestVersions) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post("/openai/deployments/chat/chat/completions?api-version=2023-05-15",
                      saying(u"hi"_s, R"({"stream":true})"));
    EXPECT_FALSE(answer.body().contains("prompt_filter_results"));
    EXPECT_EQ(delta(chunks(answer).first())[u"role"], u"assistant"_s);
}

TEST(SimulatedStream, LeavesObfuscationOutWhenTold) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        chatPath,
        saying(u"hi"_s, R"({"stream":true,"stream_options":{"include_obfuscation":false}})"));
    EXPECT_FALSE(answer.body().contains("obfuscation"));
}

TEST(SimulatedStream, SaysTheSameAsTheWholeAnswer) {
    Resource resource;
    const QString whole = text(resource.post(chatPath, saying(u"hi"_s, R"({"stream":false})")));
    const QString streamed =
        streamedText(chunks(resource.post(chatPath, saying(u"hi"_s, R"({"stream":true})"))));
    EXPECT_EQ(QString(streamed).replace(u"`true`"_s, u"`false`"_s), whole);
}

TEST(SimulatedStream, IsPaced) {
    Resource resource;
    HttpRequest request;
    request.method = "POST";
    request.target = chatPath;
    request.headers = {{"api-key", "right-key"}};
    request.body = R"({"messages":[{"role":"user","content":"hi"}],"stream":true})";
    const auto delays = [&] {
        std::vector<Milliseconds> list;
        for (const SimulatedAnswer::Piece &piece : answer(request, resource.resource, {}).pieces)
            list.push_back(piece.delay);
        return list;
    };
    const std::vector<Milliseconds> usual = delays();
    EXPECT_EQ(usual.front(), Milliseconds(0));
    EXPECT_EQ(usual[2], Milliseconds(15));
    EXPECT_EQ(usual.back(), Milliseconds(0));
    request.headers.append("x-simulator-pace", "40");
    EXPECT_EQ(delays()[2], Milliseconds(40));
    request.headers.set("x-simulator-pace", "0");
    EXPECT_EQ(delays()[2], Milliseconds(0));
    request.headers.set("x-simulator-pace", "fast");
    EXPECT_EQ(delays()[2], Milliseconds(15));
}

TEST(SimulatedStream, NumbersItsChoices) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, saying(u"hi"_s, R"({"stream":true,"n":2,"max_tokens":2})"));
    QStringList finished;
    for (const QJsonObject &chunk : chunks(answer)) {
        const QJsonValue choice = chunk[u"choices"][0];
        if (choice[u"finish_reason"].isString())
            finished.append(QString::number(choice[u"index"].toInt()) +
                            choice[u"finish_reason"].toString());
    }
    EXPECT_EQ(finished, QStringList({u"0length"_s, u"1length"_s}));
}

TEST(SimulatedStream, EndsWithContentFilterWhenTakenBack) {
    Resource resource;
    const QList<QJsonObject> list = chunks(
        resource.post(chatPath, saying(u"trigger-completion-filter"_s, R"({"stream":true})")));
    const QJsonValue last = list[list.size() - 2][u"choices"][0];
    EXPECT_EQ(last[u"finish_reason"], u"content_filter"_s);
    EXPECT_EQ(last[u"content_filter_results"][u"hate"][u"filtered"], true);
    EXPECT_FALSE(streamedText(list).isEmpty());
}

TEST(SimulatedStream, AnnotatesLateUnderAsyncFilter) {
    Resource resource;
    const QList<QJsonObject> list = chunks(resource.post(
        chatPath, saying(u"hi"_s, R"({"stream":true})"), {{"x-simulator-fault", "async-filter"}}));
    int annotations = 0;
    for (const QJsonObject &chunk : list) {
        const QJsonObject choice = chunk[u"choices"][0].toObject();
        if (choice.contains(u"content_filter_offsets")) {
            ++annotations;
            EXPECT_FALSE(choice.contains(u"delta"));
            EXPECT_EQ(chunk[u"id"], QString());
        } else if (!delta(chunk)[u"content"].toString().isEmpty()) {
            EXPECT_FALSE(choice.contains(u"content_filter_results"));
        }
    }
    EXPECT_GT(annotations, 2);
    // The last one comes behind the finish.
    EXPECT_EQ(list[list.size() - 3][u"choices"][0][u"finish_reason"], u"stop"_s);
    EXPECT_TRUE(
        list[list.size() - 2][u"choices"][0].toObject().contains(u"content_filter_offsets"));
}

} // namespace
} // namespace quaygate::simulator::test
