#include "tests/support/event_loop.h"
#include "tests/ui/playground/scripted_server.h"
#include "ui/playground/chat_client.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using namespace test;

class ChatClientTest : public ::testing::Test {
protected:
    ChatClientTest() {
        QObject::connect(&m_client, &ChatClient::firstToken, &m_client,
                         [this] { ++m_firstTokens; });
        QObject::connect(&m_client, &ChatClient::delta, &m_client,
                         [this](const QString &text) { m_streamed += text; });
        QObject::connect(&m_client, &ChatClient::finished, &m_client,
                         [this](const Answer &answer) { m_answers.append(answer); });
    }

    void send() {
        const ChatTarget target{chatUrl(m_server.url(), u"/r"_s), u"r"_s, u"my-deployment"_s,
                                u"2025-01-01-preview"_s, false};
        m_client.send(target, {{ChatMessage::Role::User, u"hi"_s}}, {});
    }

    /// Asks, and waits for the answer's end.
    Answer ask() {
        send();
        if (!waitUntil([this] { return !m_answers.isEmpty(); }))
            ADD_FAILURE() << "no end";
        return m_answers.isEmpty() ? Answer() : m_answers.last();
    }

    void answerWith(const QList<QByteArray> &pieces) {
        m_server.onRequest = [pieces](const ScriptedServer::Request &request) {
            ScriptedServer::writePieces(request.socket, pieces, true);
        };
    }

    ScriptedServer m_server;
    ChatClient m_client;
    QString m_streamed;
    int m_firstTokens = 0;
    QList<Answer> m_answers;
};

QList<QByteArray> bytesOf(const QByteArray &text, qsizetype size = 1) {
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at < text.size(); at += size)
        pieces.append(text.mid(at, size));
    return pieces;
}

TEST_F(ChatClientTest, ReadsAStream) {
    answerWith({wholeStream({"Hel", "lo"})});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Complete);
    EXPECT_EQ(answer.text, u"Hello"_s);
    EXPECT_EQ(m_streamed, answer.text);
    EXPECT_EQ(m_firstTokens, 1);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.usage, (AnswerTokens{12, 34}));
    EXPECT_EQ(answer.model, u"gpt-4.1-mini-2025-04-14"_s);
    EXPECT_TRUE(answer.firstTokenMs.has_value());
    EXPECT_LE(*answer.firstTokenMs, answer.totalMs);
    EXPECT_TRUE(answer.problem.isEmpty());
    EXPECT_FALSE(m_client.isBusy());
}

TEST_F(ChatClientTest, AsksAsAnyToolWould) {
    answerWith({wholeStream({"x"})});
    ask();
    ASSERT_EQ(m_server.requests().size(), 1);
    const ScriptedServer::Request &request = m_server.requests().first();
    EXPECT_TRUE(request.head.startsWith("POST /r/chat/completions HTTP/1.1\r\n"_ba));
    const QByteArray head = request.head.toLower();
    EXPECT_TRUE(head.contains("content-type: application/json\r\n"_ba));
    EXPECT_TRUE(head.contains("accept-encoding: identity\r\n"_ba));
    EXPECT_FALSE(head.contains("origin:"_ba));
    EXPECT_FALSE(head.contains("cookie:"_ba));
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    EXPECT_TRUE(body.value("stream"_L1).toBool());
    EXPECT_TRUE(body.contains("stream_options"_L1));
}

TEST_F(ChatClientTest, ReadsAStreamByteByByteWithCrLfAndSplitCharacters) {
    const QByteArray texts = wholeStream({"Zürich ", "✓ 日本 ", "🚀"}).mid(streamHead().size());
    answerWith(QList<QByteArray>{streamHead()} +
               bytesOf(QByteArray(texts).replace("\n"_ba, "\r\n"_ba)));
    const Answer answer = ask();
    EXPECT_EQ(answer.text, u"Zürich ✓ 日本 🚀"_s);
    EXPECT_EQ(m_streamed, answer.text);
    EXPECT_EQ(answer.end, Answer::End::Complete);
}

TEST_F(ChatClientTest, ShowsTextBeforeTheEnd) {
    m_server.onRequest = [](const ScriptedServer::Request &request) {
        ScriptedServer::writePieces(request.socket, {streamHead(), textEvent("early"_ba)}, false);
    };
    send();
    EXPECT_TRUE(waitUntil([this] { return m_streamed == u"early"_s; }));
    EXPECT_TRUE(m_client.isBusy());
}

TEST_F(ChatClientTest, StopClosesTheConnectionAndKeepsTheText) {
    m_server.onRequest = [](const ScriptedServer::Request &request) {
        ScriptedServer::writePieces(request.socket, {streamHead(), textEvent("part"_ba)}, false);
    };
    send();
    ASSERT_TRUE(waitUntil([this] { return !m_streamed.isEmpty(); }));
    m_client.stop();
    ASSERT_EQ(m_answers.size(), 1);
    EXPECT_EQ(m_answers.first().end, Answer::End::Stopped);
    EXPECT_EQ(m_answers.first().text, u"part"_s);
    EXPECT_TRUE(waitUntil([this] { return m_server.closedByClient() == 1; }));
    EXPECT_EQ(m_answers.size(), 1);
}

TEST_F(ChatClientTest, StopBeforeTheFirstByteClosesTheConnectionToo) {
    send();
    ASSERT_TRUE(waitUntil([this] { return m_server.requests().size() == 1; }));
    m_client.stop();
    ASSERT_EQ(m_answers.size(), 1);
    EXPECT_EQ(m_answers.first().end, Answer::End::Stopped);
    EXPECT_FALSE(m_answers.first().problem.isEmpty());
    EXPECT_TRUE(waitUntil([this] { return m_server.closedByClient() == 1; }));
}

TEST_F(ChatClientTest, MayBeStoppedFromWithinADelta) {
    answerWith({wholeStream({"one", "two"})});
    QObject::connect(&m_client, &ChatClient::delta, &m_client, [this] { m_client.stop(); });
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Stopped);
    EXPECT_EQ(m_streamed, u"one"_s);
    EXPECT_EQ(m_answers.size(), 1);
}

TEST_F(ChatClientTest, AskingAnewStopsWhatRuns) {
    m_server.onRequest = [this](const ScriptedServer::Request &request) {
        if (m_server.requests().size() == 1)
            ScriptedServer::writePieces(request.socket, {streamHead(), textEvent("old"_ba)}, false);
        else
            ScriptedServer::writePieces(request.socket, {wholeStream({"new"})}, true);
    };
    send();
    ASSERT_TRUE(waitUntil([this] { return m_streamed == u"old"_s; }));
    send();
    ASSERT_TRUE(waitUntil([this] { return m_answers.size() == 2; }));
    EXPECT_EQ(m_answers[0].end, Answer::End::Stopped);
    EXPECT_EQ(m_answers[1].text, u"new"_s);
}

TEST_F(ChatClientTest, DoesNotWaitForTheConnectionAfterDone) {
    m_server.onRequest = [](const ScriptedServer::Request &request) {
        ScriptedServer::writePieces(request.socket, {wholeStream({"x"})}, false);
    };
    EXPECT_EQ(ask().end, Answer::End::Complete);
}

TEST_F(ChatClientTest, AnErrorInTheMidstKeepsTheText) {
    answerWith(
        {streamHead(), textEvent("half"_ba),
         event(R"({"error":{"message":"The server had an error.","type":"server_error"}})"_ba)});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Cut);
    EXPECT_EQ(answer.text, u"half"_s);
    EXPECT_EQ(answer.detail, u"The server had an error."_s);
    EXPECT_FALSE(answer.problem.isEmpty());
}

TEST_F(ChatClientTest, ACutIsNoEnd) {
    answerWith({streamHead(), textEvent("half"_ba)});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Cut);
    EXPECT_EQ(answer.text, u"half"_s);
    EXPECT_TRUE(answer.problem.contains(u"broke"_s));
}

TEST_F(ChatClientTest, ACutChunkedBodyIsNoEnd) {
    answerWith(
        {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba,
         QByteArray::number(textEvent("half"_ba).size(), 16) + "\r\n"_ba + textEvent("half"_ba) +
             "\r\n40\r\ndata: {\"cho"_ba});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Cut);
    EXPECT_EQ(answer.text, u"half"_s);
}

TEST_F(ChatClientTest, AnEndWithoutDoneIsAnEnd) {
    answerWith({streamHead(), textEvent("all"_ba), finishEvent()});
    EXPECT_EQ(ask().end, Answer::End::Complete);
}

TEST_F(ChatClientTest, AnEmptyStreamIsSaidInWords) {
    answerWith({streamHead()});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Failed);
    EXPECT_FALSE(answer.problem.isEmpty());
}

TEST_F(ChatClientTest, ReadsAnAnswerThatDidNotStream) {
    answerWith({answer(
        "200 OK"_ba, "application/json"_ba,
        R"({"model":"m","choices":[{"message":{"content":"whole"},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":1,"completion_tokens":2}})"_ba)});
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Complete);
    EXPECT_EQ(answer.text, u"whole"_s);
    EXPECT_EQ(answer.usage, (AnswerTokens{1, 2}));
}

struct Failure {
    const char *name;
    const char *status;
    const char *type;
    const char *body;
    const char *headers;
    int code;
};

class ChatFailure : public ChatClientTest, public ::testing::WithParamInterface<Failure> {};

TEST_P(ChatFailure, IsSaidInWords) {
    const Failure &failure = GetParam();
    answerWith({answer(failure.status, failure.type, failure.body, failure.headers)});
    const Answer result = ask();
    EXPECT_EQ(result.end, Answer::End::Failed);
    EXPECT_EQ(result.status, failure.code);
    EXPECT_GT(result.problem.size(), 15);
    EXPECT_FALSE(result.problem.contains(u'<'));
    EXPECT_TRUE(result.text.isEmpty());
    EXPECT_EQ(m_server.requests().size(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, ChatFailure,
    ::testing::Values(
        Failure{
            "WrongKey", "401 Unauthorized", "application/json",
            R"({"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}})",
            "WWW-Authenticate: Bearer "
            "authorization_uri=\"https://login.microsoftonline.com/x\"\r\n",
            401},
        Failure{"NotFound", "404 Resource Not Found", "application/json",
                R"({"error":{"code":"404","message": "Resource not found"}})", "", 404},
        Failure{
            "RateLimit", "429 Too Many Requests", "application/json",
            R"({"error":{"code":"429","message":"Rate limit is exceeded. Try again in 3 seconds."}})",
            "Retry-After: 3\r\n", 429},
        Failure{"FrontDoor", "502 Bad Gateway", "text/html", "<html><h1>502</h1></html>", "", 502},
        Failure{"Redirect", "302 Found", "text/html", "", "Location: http://127.0.0.1:1/\r\n", 302},
        Failure{"WebPage", "200 OK", "text/html", "<html>Sign in</html>", "", 200},
        Failure{"OtherJson", "200 OK", "application/json", R"({"hello":1})", "", 200}),
    [](const auto &info) { return std::string(info.param.name); });

TEST_F(ChatClientTest, ARefusedConnectionNamesThePlace) {
    ChatTarget target{{}, u"r"_s, {}, {}, false};
    {
        ScriptedServer gone;
        target.url = chatUrl(gone.url(), u"/r"_s);
    }
    m_client.send(target, {{ChatMessage::Role::User, u"hi"_s}}, {});
    ASSERT_TRUE(waitUntil([this] { return !m_answers.isEmpty(); }));
    EXPECT_EQ(m_answers.first().end, Answer::End::Failed);
    EXPECT_EQ(m_answers.first().status, 0);
    EXPECT_TRUE(m_answers.first().problem.contains(target.url.authority()));
}

TEST_F(ChatClientTest, AsksAgainWithoutStreamOptionsWhereTheyAreRefused) {
    m_server.onRequest = [](const ScriptedServer::Request &request) {
        if (request.body.contains("stream_options"_ba))
            ScriptedServer::writePieces(
                request.socket,
                {answer(
                    "400 Bad Request"_ba, "application/json"_ba,
                    R"({"error":{"message":"Unrecognized request argument supplied: stream_options"}})"_ba)},
                true);
        else
            ScriptedServer::writePieces(
                request.socket, {streamHead() + textEvent("fine"_ba) + finishEvent() + doneEvent()},
                true);
    };
    const Answer answer = ask();
    EXPECT_EQ(answer.end, Answer::End::Complete);
    EXPECT_EQ(answer.text, u"fine"_s);
    EXPECT_FALSE(answer.usage.has_value());
    EXPECT_EQ(m_server.requests().size(), 2);
}

TEST_F(ChatClientTest, AsksAgainOnlyOnce) {
    answerWith(
        {answer("400 Bad Request"_ba, "application/json"_ba,
                R"({"error":{"message":"bad stream_options","param":"stream_options"}})"_ba)});
    EXPECT_EQ(ask().end, Answer::End::Failed);
    EXPECT_EQ(m_server.requests().size(), 2);
}

TEST(ChatTargetTest, IsTheRoutesOwnAddress) {
    Config config;
    Backend backend;
    backend.name = u"b"_s;
    backend.endpoint = u"host"_s;
    backend.deploymentName = u"dep"_s;
    backend.apiVersion = u"v1"_s;
    config.backends.append(backend);
    config.routes.append({u"r"_s, {u"/x"_s, {}}, {{u"b"_s}}, {}});
    const ChatTarget target = chatTarget(config, config.routes.first(), u"http://127.0.0.1:8080"_s);
    EXPECT_EQ(target.url, QUrl(u"http://127.0.0.1:8080/x/chat/completions"_s));
    EXPECT_EQ(target.deploymentName, u"dep"_s);
    EXPECT_EQ(target.apiVersion, u"v1"_s);
    EXPECT_FALSE(target.simulated);
    EXPECT_TRUE(chatTarget(config, config.routes.first(), {}).url.isEmpty());
}

} // namespace
} // namespace quaygate
