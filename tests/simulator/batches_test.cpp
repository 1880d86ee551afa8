#include "gateway/simulator/batch_lines.h"
#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const QByteArray path = "/openai/v1/batches"_ba;

class SimulatedBatches : public ::testing::Test {
protected:
    QJsonObject upload(const QByteArray &lines) {
        return json(resource.form("/openai/v1/files", {{u"purpose"_s, {}, {}, "batch"_ba},
                                                       {u"file"_s, u"in.jsonl"_s, {}, lines}}));
    }
    /// At 100 ms a token, 2 s a line.
    SimulatedAnswer begin(const QByteArray &lines, const char *endpoint = "/chat/completions") {
        const QJsonObject body{{u"input_file_id"_s, upload(lines)[u"id"]},
                               {u"endpoint"_s, QLatin1StringView(endpoint)},
                               {u"completion_window"_s, u"24h"_s},
                               {u"metadata"_s, QJsonObject{{u"a"_s, u"b"_s}}}};
        return resource.ask("POST", path, QJsonDocument(body).toJson(),
                            {{"api-key", "right-key"}, {"x-simulator-pace", "100"}});
    }
    QJsonObject show(const QJsonObject &batch) {
        return json(resource.ask("GET", path + '/' + batch[u"id"].toString().toUtf8(), {}));
    }
    SimulatedAnswer cancel(const QJsonObject &batch) {
        return resource.ask("POST", path + '/' + batch[u"id"].toString().toUtf8() + "/cancel", {});
    }
    QList<QJsonObject> read(const QJsonValue &file) {
        const QByteArray bytes =
            resource.ask("GET", "/openai/v1/files/" + file.toString().toUtf8() + "/content", {})
                .body();
        QList<QJsonObject> lines;
        for (const QByteArray &line : bytes.trimmed().split('\n'))
            lines.append(QJsonDocument::fromJson(line).object());
        return lines;
    }

    Resource resource;
};

QByteArray line(const char *id, const char *model, const char *url = "/chat/completions",
                const char *method = "POST") {
    return QByteArray(R"({"custom_id":")") + id + R"(","method":")" + method + R"(","url":")" +
           url + R"(","body":{"model":")" + model +
           R"(","messages":[{"role":"user","content":"I am )" + id + R"("}]}})" + "\n";
}

TEST_F(SimulatedBatches, RunTheirLinesAndGiveFiles) {
    const SimulatedAnswer answer = begin(line("one", "chat") + "\n" + line("two", "none") +
                                         line("three", "o4", "/v1/chat/completions"));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    const QJsonObject batch = json(answer);
    EXPECT_EQ(batch[u"status"], u"validating"_s);
    EXPECT_EQ(batch[u"metadata"][u"a"], u"b"_s);
    EXPECT_EQ(batch[u"request_counts"][u"total"], 3);
    EXPECT_TRUE(batch[u"output_file_id"].isNull());

    resource.now += std::chrono::seconds(5);
    EXPECT_EQ(show(batch)[u"status"], u"in_progress"_s);
    EXPECT_TRUE(show(batch)[u"output_file_id"].isNull());

    resource.now += std::chrono::seconds(1);
    const QJsonObject done = show(batch);
    EXPECT_EQ(done[u"status"], u"completed"_s);
    EXPECT_EQ(done[u"completed_at"].toInt() - done[u"created_at"].toInt(), 6);
    EXPECT_EQ(done[u"request_counts"], object(R"({"total":3,"completed":2,"failed":1})"));
    EXPECT_EQ(show(batch), done) << "the files are made once";

    const QList<QJsonObject> output = read(done[u"output_file_id"]);
    ASSERT_EQ(output.size(), 2);
    EXPECT_EQ(output[0][u"custom_id"], u"one"_s);
    EXPECT_EQ(output[0][u"response"][u"status_code"], 200);
    EXPECT_TRUE(
        output[0][u"response"][u"body"][u"choices"][0][u"message"][u"content"].toString().contains(
            u"I am one"));
    EXPECT_EQ(output[1][u"response"][u"body"][u"model"], u"o4-mini-2025-04-16"_s);
    const QList<QJsonObject> errors = read(done[u"error_file_id"]);
    ASSERT_EQ(errors.size(), 1);
    EXPECT_EQ(errors[0][u"response"][u"body"][u"error"][u"code"], u"DeploymentNotFound"_s);
}

TEST_F(SimulatedBatches, RunResponsesAndEmbeddingsToo) {
    const QJsonObject responses = json(begin(
        R"({"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"codex","input":"x"}})",
        "/v1/responses"));
    const QJsonObject embeddings = json(begin(
        R"({"custom_id":"a","method":"POST","url":"/embeddings","body":{"model":"embed","input":"x"}})",
        "/embeddings"));
    resource.now += std::chrono::seconds(60);
    EXPECT_EQ(read(show(responses)[u"output_file_id"])[0][u"response"][u"body"][u"object"],
              u"response"_s);
    EXPECT_EQ(read(show(embeddings)[u"output_file_id"])[0][u"response"][u"body"][u"object"],
              u"list"_s);
}

TEST_F(SimulatedBatches, AreListedAndCancelled) {
    const QJsonObject first = json(begin(line("a", "chat")));
    const QJsonObject second = json(begin(line("a", "chat")));
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(json(cancel(first))[u"status"], u"cancelled"_s);
    resource.now += std::chrono::seconds(60);
    const QJsonArray list = json(resource.ask("GET", path, {}))[u"data"].toArray();
    ASSERT_EQ(list.size(), 2);
    EXPECT_EQ(list[0][u"id"], second[u"id"]);
    EXPECT_EQ(list[0][u"status"], u"completed"_s);
    EXPECT_EQ(list[1][u"status"], u"cancelled"_s);
    EXPECT_TRUE(list[1][u"output_file_id"].isNull());
    EXPECT_EQ(cancel(second).status, 400);
    EXPECT_EQ(cancel({{u"id"_s, u"batch_x"_s}}).status, 404);
    EXPECT_TRUE(show({{u"id"_s, u"batch_x"_s}}).contains(u"error"));
}

struct WrongLine {
    QByteArray file;
    const char *code;
    int line;
};

class SimulatedBatchLines : public ::testing::TestWithParam<WrongLine> {};

TEST_P(SimulatedBatchLines, AreRefusedByNumber) {
    const BatchLines read = readBatchLines(GetParam().file, u"/v1/chat/completions"_s);
    ASSERT_EQ(read.problems.size(), 1);
    EXPECT_EQ(read.problems[0][u"code"].toString(), QLatin1StringView(GetParam().code));
    EXPECT_EQ(read.problems[0][u"line"].toInt(), GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedBatchLines,
    ::testing::Values(WrongLine{"\n\n", "empty_file", 0},
                      WrongLine{line("a", "m") + "{", "invalid_json_line", 2},
                      WrongLine{line("", "m"), "missing_required_parameter", 1},
                      WrongLine{line("a", "m") + "\n" + line("a", "m"), "duplicate_custom_id", 3},
                      WrongLine{line("a", "m", "/embeddings"), "url_mismatch", 1},
                      WrongLine{line("a", "m", "/chat/completions", "GET"), "invalid_method", 1},
                      WrongLine{R"({"custom_id":"a","method":"POST","url":"/chat/completions"})",
                                "missing_required_parameter", 1}));

TEST_F(SimulatedBatches, FailIfTheirFileIsWrong) {
    const QJsonObject batch = json(begin(line("a", "chat") + "{"));
    EXPECT_EQ(batch[u"status"], u"validating"_s);
    resource.now += std::chrono::seconds(60);
    const QJsonObject failed = show(batch);
    EXPECT_EQ(failed[u"status"], u"failed"_s);
    EXPECT_EQ(failed[u"errors"][u"data"][0][u"code"], u"invalid_json_line"_s);
    EXPECT_TRUE(failed[u"output_file_id"].isNull());

    QByteArray many;
    for (int i = 0; i <= mostBatchLines; ++i)
        many += line(QByteArray::number(i).constData(), "chat");
    EXPECT_EQ(readBatchLines(many, u"/chat/completions"_s).problems[0][u"code"],
              u"too_many_tasks"_s);
}

TEST_F(SimulatedBatches, AreRefusedInTheServicesWords) {
    const QString file = upload(line("a", "chat"))[u"id"].toString();
    const QString other =
        json(resource.form("/openai/v1/files", {{u"purpose"_s, {}, {}, "vision"_ba},
                                                {u"file"_s, u"a.png"_s, {}, "x"_ba}}))[u"id"]
            .toString();
    struct Case {
        QString file;
        const char *endpoint;
        const char *window;
        const char *param;
    };
    const QList<Case> cases{{u""_s, "/chat/completions", "24h", "input_file_id"},
                            {u"file-x"_s, "/chat/completions", "24h", "input_file_id"},
                            {other, "/chat/completions", "24h", "input_file_id"},
                            {file, "/images/generations", "24h", "endpoint"},
                            {file, "", "24h", "endpoint"},
                            {file, "/chat/completions", "1h", "completion_window"}};
    for (const Case &each : cases) {
        const SimulatedAnswer answer =
            resource.post(path, {{u"input_file_id"_s, each.file},
                                 {u"endpoint"_s, QLatin1StringView(each.endpoint)},
                                 {u"completion_window"_s, QLatin1StringView(each.window)}});
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(error(answer)[u"param"].toString(), QLatin1StringView(each.param));
    }
}

TEST_F(SimulatedBatches, RefuseStreamsLineByLine) {
    const QJsonObject batch = json(begin(
        R"({"custom_id":"a","method":"POST","url":"/chat/completions","body":{"model":"chat",
            "stream":true,"messages":[{"role":"user","content":"x"}]}})"_ba.replace('\n', ' ')));
    resource.now += std::chrono::seconds(60);
    const QJsonObject refused = read(show(batch)[u"error_file_id"])[0];
    EXPECT_EQ(refused[u"response"][u"status_code"], 400);
    EXPECT_EQ(refused[u"response"][u"body"][u"error"][u"param"], u"stream"_s);
}

} // namespace
} // namespace quaygate::simulator::test
