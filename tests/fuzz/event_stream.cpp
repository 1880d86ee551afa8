#include "gateway/http/sse_reader.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/target.h"

#include <QByteArrayList>
#include <QList>

#include <utility>

using namespace Qt::StringLiterals;

// Server-sent events, cut anywhere, beside a second reader that has the whole text.

namespace quaygate::fuzz {
namespace {

using Events = QList<std::pair<QByteArray, QByteArray>>; ///< type and data

struct Reading {
    Events events;
    bool overflowed = false;

    bool operator==(const Reading &) const = default;
};

template<typename FeedAll>
Reading readWith(qsizetype maxEventBytes, FeedAll feedAll) {
    Reading reading;
    SseReader reader(
        [&](const SseReader::Event &event) {
            check(event.data.size() + event.type.size() <= maxEventBytes, "an event is bounded");
            reading.events.append({event.type, event.data});
        },
        maxEventBytes);
    feedAll(reader);
    reading.overflowed = reader.overflowed();
    return reading;
}

/// The line's field and value, as WHATWG HTML 9.2.6 cuts it.
std::pair<QByteArray, QByteArray> fieldOf(const QByteArray &line) {
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return {line, {}};
    const bool space = line.mid(colon + 1, 1) == " ";
    return {line.left(colon), line.mid(colon + (space ? 2 : 1))};
}

Events eventsOf(QByteArray text) {
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    text.replace("\r\n", "\n").replace('\r', '\n');
    QByteArrayList lines = text.split('\n');
    lines.removeLast(); // has no end
    Events events;
    QByteArray type;
    QByteArray data;
    for (const QByteArray &line : std::as_const(lines)) {
        const auto [field, value] = fieldOf(line);
        if (field == "data")
            data += value + '\n';
        else if (field == "event")
            type = value;
        if (!line.isEmpty())
            continue;
        if (!data.isEmpty())
            events.append({type, data.chopped(1)});
        type.clear();
        data.clear();
    }
    return events;
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const CutStream input(bytesOf(data, size));
    const auto whole = [&](SseReader &reader) { reader.feed(input.whole()); };
    const auto cut = [&](SseReader &reader) {
        input.forEachPiece([&](QByteArrayView piece) { reader.feed(piece); });
    };
    // Once with room for everything, once with a bound that is soon reached.
    const Reading all = readWith(1'000'000, whole);
    check(!all.overflowed, "what is within the bound is not dropped");
    check(all == readWith(1'000'000, cut), "the pieces do not change the events");
    check(all.events == eventsOf(input.whole().toByteArray()), "the events are those of the text");
    check(readWith(24, whole) == readWith(24, cut), "the pieces do not change what is too long");
    return 0;
}
