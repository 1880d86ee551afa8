#include "gateway/traffic/budgets.h"
#include "gateway/traffic/record_queue.h"
#include "gateway/traffic/traffic_store.h"
#include "gateway/traffic/usage_asked.h"
#include "gateway/traffic/usage_reader.h"
#include "tests/bench/rules/part.h"
#include "tests/bench/rules/timing.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::bench {

namespace {

/// What a read from a socket brings at most.
constexpr qsizetype piece = 16 * 1024;

template<typename Take>
void inPieces(const QByteArray &body, Take take) {
    for (qsizetype at = 0; at < body.size(); at += piece)
        take(QByteArrayView(body).sliced(at, std::min(piece, body.size() - at)));
}

/// A stream as Azure sends it, with what its filters found in every event.
QByteArray chatStream() {
    const QByteArray event =
        R"(data: {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},)"
        R"("self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},)"
        R"("violence":{"filtered":false,"severity":"safe"}},"delta":{"content":" clouds"},)"
        R"("finish_reason":null,"index":0,"logprobs":null}],"created":1774960000,)"
        R"("id":"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz012","model":"gpt-4.1-mini-2025-04-14",)"
        R"("object":"chat.completion.chunk","system_fingerprint":"fp_0123456789","usage":null})"
        "\n\n";
    QByteArray stream = event.repeated(2000);
    return stream + R"(data: {"choices":[],"usage":{"prompt_tokens":16,"completion_tokens":2000}})"
                    "\n\ndata: [DONE]\n\n";
}

QByteArray embeddings() {
    const QByteArray vector = R"({"object":"embedding","index":0,"embedding":[)" +
                              QByteArray("-0.012345678,").repeated(1535) + "0.5]},";
    return R"({"object":"list","data":[)" + vector.repeated(50).chopped(1) +
           R"(],"model":"text-embedding-3-small","usage":{"prompt_tokens":50,"total_tokens":50}})";
}

QByteArray longAnswer() {
    return R"({"choices":[{"message":{"content":")" +
           QByteArray("A line of text with \\\"quotes\\\" and an end.\\n").repeated(20'000) +
           R"("}}],"model":"m","usage":{"prompt_tokens":1,"completion_tokens":2}})";
}

/// Microseconds a megabyte.
double readingCost(const QByteArray &contentType, const QByteArray &body) {
    const double nanoseconds = nanosecondsOf(
        [&](int) {
            UsageReader reader(contentType);
            inPieces(body, [&](QByteArrayView bytes) { reader.feed(bytes); });
            use(reader.usage());
        },
        5);
    return nanoseconds / 1e3 / (double(body.size()) / 1e6);
}

double filteringCost(const QByteArray &body) {
    const double nanoseconds = nanosecondsOf(
        [&](int) {
            UsageEventFilter filter;
            inPieces(body, [&](QByteArrayView bytes) { use(filter.feed(bytes)); });
        },
        5);
    return nanoseconds / 1e3 / (double(body.size()) / 1e6);
}

double budgetCost() {
    const auto spending = std::make_shared<Spending>(Budget::Per::Month);
    MeteredBudget budget(BudgetOwner::All, {}, Budget{.tokens = 1'000'000'000}, spending);
    TokenUsage usage;
    usage.input = 1;
    usage.output = 1;
    return nanosecondsOf([&](int) {
        const auto now = Spending::Time::clock::now();
        use(budget.mayGo(now));
        use(budget.spend(usage, 0.00001, now));
    });
}

TrafficRecord sampleRecord() {
    TrafficRecord record;
    record.time = TrafficRecord::Clock::now();
    record.route = u"azure-openai"_s;
    record.path = "/azure-openai/chat/completions";
    record.attempts = {{u"east"_s, 200, {}, std::chrono::milliseconds(5)}};
    record.modelReturned = u"gpt-4.1-mini-2025-04-14"_s;
    record.status = 200;
    record.usage.input = 16;
    record.usage.output = 24;
    return record;
}

double queueCost() {
    traffic::RecordQueue queue(1024);
    const TrafficRecord record = sampleRecord();
    return nanosecondsOf([&](int i) {
        use(queue.add(record));
        if (i % 512 == 0)
            use(queue.take());
    });
}

/// Nanoseconds a record, in batches; not on the path of a request, but on the same machine.
double writingCost() {
    const QTemporaryDir folder;
    auto store = TrafficStore::open(folder.filePath(u"traffic.sqlite"_s));
    if (!store)
        return std::numeric_limits<double>::max();
    QList<TrafficRecord> records(200, sampleRecord());
    return nanosecondsOf([&](int) { use(store.value()->append(records).ok()); }, 10) / 200;
}

} // namespace

QList<Row> measureUsage() {
    const QByteArray stream = chatStream();
    const QString perMegabyte = u"us/MB"_s;
    return {
        {u"reading the usage of a chat stream"_s, readingCost("text/event-stream", stream), 1500,
         perMegabyte},
        {u"reading the usage of embeddings"_s, readingCost("application/json", embeddings()), 1500,
         perMegabyte},
        {u"reading the usage of a long answer"_s, readingCost("application/json", longAnswer()),
         1500, perMegabyte},
        {u"taking the usage out of a chat stream"_s, filteringCost(stream), 3000, perMegabyte},
        {u"asking a budget, and spending of it"_s, budgetCost(), 1000, u"ns"_s},
        {u"handing a record to the writer"_s, queueCost(), 3000, u"ns"_s},
        {u"writing a record (off the path of requests)"_s, writingCost(), 200'000, u"ns"_s},
    };
}

} // namespace quaygate::bench
