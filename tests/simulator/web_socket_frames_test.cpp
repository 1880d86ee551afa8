#include "gateway/simulator/web_socket_frames.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

using Kind = WebSocketMessage::Kind;

/// A client's frame, masked; `head` has the opcode and whether it is the last.
QByteArray frame(int head, const QByteArray &payload) {
    QByteArray bytes(1, static_cast<char>(head));
    if (payload.size() < 126) {
        bytes.append(static_cast<char>(0x80 | payload.size()));
    } else if (payload.size() < 65'536) {
        bytes.append(static_cast<char>(0xfe))
            .append(static_cast<char>(payload.size() >> 8))
            .append(static_cast<char>(payload.size()));
    } else {
        bytes.append(static_cast<char>(0xff));
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes.append(static_cast<char>(payload.size() >> shift));
    }
    const QByteArray mask = "\x01\x82\x03\xff"_ba;
    bytes += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes.append(static_cast<char>(payload[i] ^ mask[i % 4]));
    return bytes;
}

TEST(WebSocketFrames, AreReadInAnyPieces) {
    const QByteArray large(70'000, 'x');
    const QByteArray bytes = frame(0x81, "one") + frame(0x01, "t\xc3") + frame(0x89, "ping") +
                             frame(0x00, "\xa9") + frame(0x80, "o") + frame(0x82, "\xff\0"_ba) +
                             frame(0x81, QByteArray(126, 'y')) + frame(0x81, large) +
                             frame(0x88, "\x03\xe8");
    for (const qsizetype step : {1, 7, 1000, 1'000'000}) {
        WebSocketReader reader;
        QList<WebSocketMessage> messages;
        for (qsizetype at = 0; at < bytes.size(); at += step)
            messages +=
                reader.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)));
        ASSERT_EQ(messages.size(), 7) << step;
        EXPECT_EQ(messages[0].bytes, "one");
        EXPECT_EQ(messages[1].kind, Kind::Ping);
        EXPECT_EQ(messages[1].bytes, "ping");
        EXPECT_EQ(messages[2].bytes, "t\xc3\xa9o");
        EXPECT_EQ(messages[3].kind, Kind::Binary);
        EXPECT_EQ(messages[4].bytes.size(), 126);
        EXPECT_EQ(messages[5].bytes, large);
        EXPECT_EQ(messages[6].kind, Kind::Close);
        EXPECT_EQ(reader.problem(), 0);
    }
}

TEST(WebSocketFrames, ThatBreakTheProtocolEndIt) {
    QByteArray unmasked = frame(0x81, "x");
    unmasked[1] = 1;
    const QByteArray tooLong = "\x81\xff\x00\x00\x00\x00\x7f\x00\x00\x00\x01\x02\x03\x04"_ba;
    struct Case {
        const char *what;
        QByteArray bytes;
        int code;
    };
    const QList<Case> cases{{"unmasked", unmasked, 1002},
                            {"reserved bit", frame(0xc1, "x"), 1002},
                            {"unknown opcode", frame(0x83, "x"), 1002},
                            {"unknown control", frame(0x8b, "x"), 1002},
                            {"control in parts", frame(0x09, "x"), 1002},
                            {"long control", frame(0x89, QByteArray(126, 'x')), 1002},
                            {"nothing to continue", frame(0x80, "x"), 1002},
                            {"not continued", frame(0x01, "x") + frame(0x81, "x"), 1002},
                            {"no UTF-8", frame(0x81, "\xc3("), 1007},
                            {"too long", tooLong, 1009}};
    for (const Case &each : cases) {
        WebSocketReader reader;
        EXPECT_TRUE(reader.feed(each.bytes).isEmpty()) << each.what;
        EXPECT_EQ(reader.problem(), each.code) << each.what;
        EXPECT_TRUE(reader.feed(frame(0x81, "more")).isEmpty()) << each.what;
    }
}

TEST(WebSocketFrames, AreWrittenInEveryLength) {
    EXPECT_EQ(webSocketFrame(Kind::Text, "hi"), "\x81\x02hi");
    EXPECT_TRUE(
        webSocketFrame(Kind::Binary, QByteArray(126, 'x')).startsWith("\x82\x7e\x00\x7e"_ba));
    EXPECT_TRUE(webSocketFrame(Kind::Text, QByteArray(65'536, 'x'))
                    .startsWith("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"_ba));
    EXPECT_EQ(webSocketCloseFrame(1002, "no"), "\x88\x04\x03\xeano");
    EXPECT_EQ(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

} // namespace
} // namespace quaygate::simulator::test
