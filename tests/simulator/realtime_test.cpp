#include "gateway/simulator/realtime_session.h"
#include "tests/simulator/ask.h"
#include "tests/support/event_loop.h"

#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using quaygate::test::waitUntil;

namespace quaygate::simulator::test {
namespace {

const auto path = "/openai/v1/realtime?model=rt";
const auto datedPath = "/openai/realtime?api-version=2024-10-01-preview&deployment=rt";

HeaderList handshake(HeaderList more = {{"api-key", "right-key"}}) {
    more.append("Upgrade", "websocket");
    more.append("Connection", "Upgrade");
    more.append("Sec-WebSocket-Version", "13");
    more.append("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    return more;
}

class SimulatedRealtime : public ::testing::Test {
protected:
    void open(const char *target = path) {
        const SimulatedAnswer answer = resource.ask("GET", target, {}, handshake());
        ASSERT_EQ(answer.status, 101) << answer.body().toStdString();
        EXPECT_EQ(header(answer, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        session = answer.session;
    }
    static QList<QJsonObject> read(const RealtimeSession::Events &events) {
        QList<QJsonObject> list;
        for (const SimulatedAnswer::Piece &event : events)
            list.append(QJsonDocument::fromJson(event.bytes).object());
        return list;
    }
    QList<QJsonObject> say(const char *event, bool speaking = false) {
        return read(session->hear(event, speaking, resource.now).events);
    }
    static QStringList inOrder(const QList<QJsonObject> &events) {
        QStringList list = types(events);
        list.erase(std::unique(list.begin(), list.end()), list.end());
        return list;
    }

    Resource resource;
    std::shared_ptr<RealtimeSession> session;
};

const auto userItem =
    R"({"type":"conversation.item.create","item":{"type":"message","role":"user","content":
        [{"type":"input_text","text":"What is a quay?"}]}})";

TEST_F(SimulatedRealtime, AnswersInText) {
    open();
    const QList<QJsonObject> begun = read(session->begin());
    ASSERT_EQ(types(begun), QStringList{u"session.created"_s});
    EXPECT_EQ(begun[0][u"session"][u"model"], u"gpt-realtime"_s);

    const QJsonObject updated = say(
        R"({"type":"session.update","session":{"output_modalities":["text"],"instructions":"x"}})")
        [0];
    EXPECT_EQ(updated[u"type"], u"session.updated"_s);
    EXPECT_EQ(updated[u"session"][u"id"], begun[0][u"session"][u"id"]);
    EXPECT_EQ(updated[u"session"][u"output_modalities"], QJsonArray{u"text"_s});

    EXPECT_EQ(types(say(userItem)),
              (QStringList{u"conversation.item.added"_s, u"conversation.item.done"_s}));
    const QList<QJsonObject> said = say(R"({"type":"response.create"})");
    EXPECT_EQ(inOrder(said),
              (QStringList{u"response.created"_s, u"response.output_item.added"_s,
                           u"conversation.item.added"_s, u"response.content_part.added"_s,
                           u"response.output_text.delta"_s, u"response.output_text.done"_s,
                           u"response.content_part.done"_s, u"response.output_item.done"_s,
                           u"response.done"_s}));
    QString text;
    for (const QJsonObject &event : said)
        text += event[u"delta"].toString();
    EXPECT_TRUE(text.contains(u"> What is a quay?"));
    const QJsonValue response = said.last()[u"response"];
    EXPECT_EQ(response[u"status"], u"completed"_s);
    EXPECT_EQ(response[u"output"][0][u"content"][0][u"text"], text);
    EXPECT_GT(response[u"usage"][u"output_tokens"].toInt(), 20);
    EXPECT_EQ(response[u"id"], said[0][u"response"][u"id"]);
}

TEST_F(SimulatedRealtime, SpeaksThePreviewOnTheDatedFamily) {
    open(datedPath);
    EXPECT_EQ(types(say(userItem)), QStringList{u"conversation.item.created"_s});
    const QList<QJsonObject> said = say(R"({"type":"response.create"})");
    EXPECT_TRUE(types(said).contains(u"response.audio_transcript.delta"_s));
    EXPECT_TRUE(types(said).contains(u"response.audio.delta"_s));
    EXPECT_TRUE(said.last()[u"response"][u"output"][0][u"content"][0][u"transcript"].isString());
    EXPECT_TRUE(types(say(R"({"type":"response.create","response":{"modalities":["text"]}})"))
                    .contains(u"response.text.delta"_s));
}

TEST_F(SimulatedRealtime, CallsTools) {
    open();
    say(R"({"type":"session.update","session":{"tools":[{"type":"function","name":"look_up",
            "parameters":{"type":"object","properties":{"word":{"type":"string"}},
            "required":["word"]}}]}})");
    say(userItem);
    const QList<QJsonObject> said = say(R"({"type":"response.create"})");
    EXPECT_TRUE(types(said).contains(u"response.function_call_arguments.done"_s));
    const QJsonValue call = said.last()[u"response"][u"output"][0];
    EXPECT_EQ(call[u"name"], u"look_up"_s);
    QJsonObject output{{u"type"_s, u"function_call_output"_s},
                       {u"call_id"_s, call[u"call_id"]},
                       {u"output"_s, u"a wharf"_s}};
    const QJsonObject event{{u"type"_s, u"conversation.item.create"_s}, {u"item"_s, output}};
    say(QJsonDocument(event).toJson().constData());
    const QList<QJsonObject> second =
        say(R"({"type":"response.create","response":{"output_modalities":["text"]}})");
    EXPECT_TRUE(
        second.last()[u"response"][u"output"][0][u"content"][0][u"text"].toString().contains(
            u"> a wharf"));
}

TEST_F(SimulatedRealtime, HearsAudio) {
    open();
    EXPECT_TRUE(say(R"({"type":"input_audio_buffer.append","audio":"AAAA"})").isEmpty());
    EXPECT_EQ(types(say(R"({"type":"input_audio_buffer.commit"})")),
              (QStringList{u"input_audio_buffer.committed"_s, u"conversation.item.added"_s,
                           u"conversation.item.done"_s}));
    EXPECT_TRUE(say(R"({"type":"input_audio_buffer.append","audio":"AAAA"})").isEmpty());
    EXPECT_EQ(types(say(R"({"type":"input_audio_buffer.clear"})")),
              QStringList{u"input_audio_buffer.cleared"_s});
    EXPECT_EQ(say(R"({"type":"input_audio_buffer.commit"})")[0][u"error"][u"code"],
              u"input_audio_buffer_commit_empty"_s);
}

TEST_F(SimulatedRealtime, StopsWhenItIsToldTo) {
    open();
    const auto reaction = session->hear(R"({"type":"response.cancel"})", true, resource.now);
    EXPECT_TRUE(reaction.drops);
    EXPECT_EQ(read(reaction.events)[0][u"response"][u"status"], u"cancelled"_s);
}

TEST_F(SimulatedRealtime, ComplainsInEvents) {
    struct Case {
        const char *event;
        bool speaking;
        const char *code;
    };
    const QList<Case> cases{
        {"{", false, "invalid_json"},
        {"[]", false, "invalid_json"},
        {"{}", false, "missing_required_parameter"},
        {R"({"type":"dance"})", false, "invalid_value"},
        {R"({"type":"session.update"})", false, "missing_required_parameter"},
        {R"({"type":"conversation.item.create"})", false, "missing_required_parameter"},
        {R"({"type":"conversation.item.delete","item_id":"x"})", false,
         "item_delete_invalid_item_id"},
        {R"({"type":"input_audio_buffer.append","audio":"*"})", false, "invalid_value"},
        {R"({"type":"response.cancel"})", false, "response_cancel_not_active"},
        {R"({"type":"response.create"})", true, "conversation_already_has_active_response"}};
    open();
    for (const Case &each : cases) {
        const QList<QJsonObject> said = say(each.event, each.speaking);
        ASSERT_EQ(types(said), QStringList{u"error"_s}) << each.event;
        EXPECT_EQ(said[0][u"error"][u"code"].toString(), QLatin1StringView(each.code))
            << each.event;
    }
    EXPECT_EQ(say(R"({"type":"dance","event_id":"mine"})")[0][u"error"][u"event_id"], u"mine"_s);
}

TEST_F(SimulatedRealtime, ItsHandshakeIsCheckedLikeAnyRequest) {
    struct Case {
        const char *target;
        HeaderList headers;
        int status;
    };
    const QList<Case> cases{
        {path, handshake(), 101},
        {datedPath, handshake(), 101},
        {"/openai/v1/realtime?model=rt&api-key=right-key", handshake({}), 101},
        {path,
         handshake({{"Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.right-key"}}),
         101},
        {path, handshake({{"Sec-WebSocket-Protocol", "openai-insecure-api-key.wrong"}}), 401},
        {path, handshake({}), 401},
        {path, {{"api-key", "right-key"}}, 400},
        {"/openai/v1/realtime", handshake(), 400},
        {"/openai/v1/realtime?model=none", handshake(), 404},
        {"/openai/v1/realtime?model=chat", handshake(), 400},
        {"/openai/realtime?deployment=rt", handshake(), 404},
        {"/openai/v1/models?api-key=right-key", handshake({}), 401}};
    for (const Case &each : cases)
        EXPECT_EQ(resource.ask("GET", each.target, {}, each.headers).status, each.status)
            << each.target;
}

/// With a real client, over a real socket.
class RealtimeServer : public ::testing::Test {
protected:
    void SetUp() override {
        simulator.start([&](const Result<quint16> &port) { started = port.ok(); });
        ASSERT_TRUE(waitUntil([&] { return started; }));
        QObject::connect(
            &client, &QWebSocket::textMessageReceived, &client, [this](const QString &text) {
                heard.append(
                    QJsonDocument::fromJson(text.toUtf8()).object().value(u"type").toString());
            });
        connectClient();
    }
    void connectClient() {
        QNetworkRequest request(
            QUrl(u"ws://127.0.0.1:%1%2"_s.arg(simulator.port()).arg(QLatin1StringView(path))));
        request.setRawHeader("api-key", "right-key");
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({u"realtime"_s});
        client.open(request, options);
        ASSERT_TRUE(waitUntil([&] { return heard.contains(u"session.created"_s); }));
    }
    bool waitFor(const QString &type) {
        return waitUntil([&] { return heard.contains(type); });
    }

    Simulator simulator{testSettings()};
    bool started = false;
    QWebSocket client;
    QStringList heard;
};

TEST_F(RealtimeServer, TalksToARealClient) {
    EXPECT_EQ(client.subprotocol(), u"realtime"_s);
    client.sendTextMessage(QString::fromUtf8(userItem));
    client.sendTextMessage(
        u"{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"]}}"_s);
    ASSERT_TRUE(waitFor(u"response.output_text.delta"_s));
    // In the middle of a response: another event is answered at once, and cancelling stops it.
    client.sendTextMessage(u"{"_s);
    ASSERT_TRUE(waitFor(u"error"_s));
    EXPECT_FALSE(heard.contains(u"response.done"_s));
    client.sendTextMessage(u"{\"type\":\"response.cancel\"}"_s);
    ASSERT_TRUE(waitFor(u"response.done"_s));
    EXPECT_FALSE(heard.contains(u"response.output_text.done"_s));
    heard.clear();
    client.sendTextMessage(u"{\"type\":\"response.create\"}"_s);
    ASSERT_TRUE(waitFor(u"response.created"_s)) << "nothing of the first one is in its way";
    EXPECT_FALSE(heard.contains(u"response.output_text.delta"_s));

    bool answered = false;
    QObject::connect(&client, &QWebSocket::pong, &client, [&](quint64, const QByteArray &payload) {
        answered = payload == "still there?";
    });
    client.ping("still there?");
    EXPECT_TRUE(waitUntil([&] { return answered; }));

    client.close(QWebSocketProtocol::CloseCodeGoingAway, u"enough"_s);
    ASSERT_TRUE(waitUntil([&] { return client.state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_TRUE(waitUntil([&] { return simulator.statistics().completed == 1; }));
    EXPECT_EQ(simulator.statistics().inFlight, 0);
}

TEST_F(RealtimeServer, ClosesOnBinaryAndNoticesAClientThatLeaves) {
    client.sendBinaryMessage("x");
    ASSERT_TRUE(waitUntil([&] { return client.state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_EQ(client.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);

    heard.clear();
    connectClient();
    client.abort();
    EXPECT_TRUE(waitUntil([&] { return simulator.statistics().cancelled == 1; }));
}

TEST_F(RealtimeServer, EndsWithASessionOpen) {
    client.sendTextMessage(u"{\"type\":\"response.create\"}"_s);
    ASSERT_TRUE(waitFor(u"response.output_audio.delta"_s));
}

} // namespace
} // namespace quaygate::simulator::test
