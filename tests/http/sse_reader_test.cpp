#include "gateway/http/sse_reader.h"

#include <QList>

#include <gtest/gtest.h>

using namespace quaygate;

namespace {

using Events = QList<std::pair<QByteArray, QByteArray>>; ///< type and data

struct Case {
    const char *name;
    QByteArray stream;
    Events events;
};

Events read(const QByteArray &stream, qsizetype pieceSize) {
    Events events;
    SseReader reader([&events](const SseReader::Event &event) {
        events.append({event.type, event.data});
    });
    for (qsizetype at = 0; at < stream.size(); at += pieceSize)
        reader.feed(QByteArrayView(stream).sliced(at, std::min(pieceSize, stream.size() - at)));
    return events;
}

const QList<Case> &cases() {
    static const QList<Case> all{
        {"one", "data: a\n\n", {{"", "a"}}},
        {"two", "data: a\n\ndata: b\n\n", {{"", "a"}, {"", "b"}}},
        {"lines joined", "data: a\ndata: b\n\n", {{"", "a\nb"}}},
        {"no space", "data:a\n\n", {{"", "a"}}},
        {"only one space removed", "data:  a\n\n", {{"", " a"}}},
        {"carriage returns", "data: a\r\rdata: b\r\r", {{"", "a"}, {"", "b"}}},
        {"both", "data: a\r\n\r\ndata: b\r\n\r\n", {{"", "a"}, {"", "b"}}},
        {"mixed", "data: a\r\n\ndata: b\n\r", {{"", "a"}, {"", "b"}}},
        {"event type", "event: x\ndata: a\n\ndata: b\n\n", {{"x", "a"}, {"", "b"}}},
        {"type without data is none", "event: x\n\ndata: a\n\n", {{"", "a"}}},
        {"empty data", "data\n\n", {{"", ""}}},
        {"empty lines of data", "data\ndata\n\n", {{"", "\n"}}},
        {"comments", ": hello\ndata: a\n:\n\n: bye\n\n", {{"", "a"}}},
        {"other fields", "id: 1\nretry: 2\nfoo: bar\ndata: a\n\n", {{"", "a"}}},
        {"colons in data", "data: {\"a\": \"b:c\"}\n\n", {{"", "{\"a\": \"b:c\"}"}}},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "data: a\n\n",
         {{"", "a"}}},
        {"mark only at the start",
         "data: a\n\n\xEF\xBB\xBF"
         "data: b\n\n",
         {{"", "a"}}},
        {"unfinished is not an event", "data: a\n\ndata: b\n", {{"", "a"}}},
        {"blank lines", "\n\n\r\n\rdata: a\n\n\n\n", {{"", "a"}}},
        {"done", "data: {}\n\ndata: [DONE]\n\n", {{"", "{}"}, {"", "[DONE]"}}},
    };
    return all;
}

} // namespace

TEST(SseReader, ReadsTheSameWhateverThePieces) {
    for (const Case &test : cases()) {
        for (qsizetype size = 1; size <= test.stream.size(); ++size)
            EXPECT_EQ(read(test.stream, size), test.events)
                << test.name << " in pieces of " << size;
    }
}

TEST(SseReader, DropsAnEventOverTheLimitAndGoesOn) {
    for (const qsizetype piece : {1, 3, 7, 1000}) {
        Events events;
        SseReader reader(
            [&](const SseReader::Event &event) {
                events.append({event.type, event.data});
            },
            12);
        const QByteArray stream =
            "data: a\n\ndata: " + QByteArray(100, 'x') +
            "\ndata: y\n: z\n\ndata: b\r\n\r\ndata: 1234\ndata: 5678\ndata: 9\n\n"
            "data: c\n\n";
        for (qsizetype at = 0; at < stream.size(); at += piece)
            reader.feed(QByteArrayView(stream).sliced(at, std::min(piece, stream.size() - at)));
        EXPECT_EQ(events, (Events{{"", "a"}, {"", "b"}, {"", "c"}})) << "in pieces of " << piece;
        EXPECT_TRUE(reader.overflowed());
    }
}

TEST(SseReader, IsNotOverflowedByManySmallEvents) {
    int count = 0;
    SseReader reader([&](const SseReader::Event &) { ++count; }, 64);
    for (int i = 0; i < 10'000; ++i)
        reader.feed("data: 0123456789\n\n");
    EXPECT_EQ(count, 10'000);
    EXPECT_FALSE(reader.overflowed());
}
