#include "gateway/pipeline/guarded_exchange.h"

#include "gateway/pipeline/local_answers.h"
#include "gateway/rules/guard_body.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Far more than any model writes in one answer.
constexpr qsizetype longestAnswer = 64 * 1024 * 1024;

bool isStream(const HeaderList &headers) {
    return headers.find("Content-Type").value_or(QByteArrayView()).startsWith("text/event-stream");
}

bool isJson(const HeaderList &headers) {
    return headers.find("Content-Type").value_or(QByteArrayView()).contains("json");
}

bool isCompressed(const HeaderList &headers) {
    const QByteArrayView coding =
        headers.find("Content-Encoding").value_or(QByteArrayView("identity"));
    return !sameHeader(coding, "identity");
}

/// Nobody asked for that.
Error unreadable() {
    return {
        ErrorCode::UpstreamProtocol,
        u"The answer came compressed, so that a guard cannot look at it; let the service in front "
        "of the deployment send it as it is."_s,
        {}};
}

Error tooLong() {
    return {ErrorCode::UpstreamProtocol,
            u"The answer is longer than 64 MiB, which is more than a guard looks at; ask without "
            "the guard, or for less."_s,
            {}};
}

} // namespace

ExchangePtr guarded(const std::shared_ptr<RecordedExchange> &recorded, RuleDialect dialect,
                    const RuleTable::Guards &guards) {
    const bool isGuarded = std::any_of(guards.begin(), guards.end(),
                                       [](const auto &guard) { return !guard->response.empty(); });
    if (!isGuarded)
        return recorded;
    return std::make_shared<GuardedExchange>(recorded, dialect, guards);
}

GuardedExchange::GuardedExchange(std::shared_ptr<RecordedExchange> recorded, RuleDialect dialect,
                                 RuleTable::Guards guards)
    : Exchange(std::move(recorded->request()))
    , m_recorded(std::move(recorded))
    , m_dialect(dialect)
    , m_guards(std::move(guards)) {
    // Copies, because what is called may destroy this object.
    m_recorded->onClosed = [this] {
        if (const auto call = onClosed)
            call();
    };
    m_recorded->onPause = [this] {
        if (const auto call = onPause)
            call();
    };
    m_recorded->onResume = [this] {
        if (const auto call = onResume)
            call();
    };
    m_recorded->onBytes = [this](QByteArrayView bytes) {
        if (const auto call = onBytes)
            call(bytes);
    };
}

GuardedExchange::~GuardedExchange() {
    m_recorded->onClosed = nullptr;
    m_recorded->onPause = nullptr;
    m_recorded->onResume = nullptr;
    m_recorded->onBytes = nullptr;
}

void GuardedExchange::begin(int status, const HeaderList &headers) {
    m_headers = headers;
    if (status == 200 && isCompressed(headers)) {
        answerError(*this, unreadable());
        return stopUpstream();
    }
    if (status == 200 && isStream(headers)) {
        GuardSteps steps = responseSteps(m_guards, true);
        if (!steps.empty()) {
            m_mode = Mode::Stream;
            m_stream = std::make_unique<StreamGuard>(m_dialect, std::move(steps));
            m_headers.remove("Content-Length");
        }
    } else if (status == 200 && isJson(headers)) {
        m_mode = Mode::Whole;
        return;
    }
    m_recorded->begin(status, m_headers);
}

void GuardedExchange::write(QByteArrayView bytes) {
    switch (m_mode) {
    case Mode::Pass:
        return m_recorded->write(bytes); // harmless if it has ended
    case Mode::Whole:
        if (m_body.size() + bytes.size() > longestAnswer) {
            m_mode = Mode::Pass;
            answerError(*this, tooLong());
            return stopUpstream();
        }
        m_body.append(bytes);
        return;
    case Mode::Stream:
        if (m_stream->rejected())
            return;
        const QByteArray events = m_stream->feed(bytes);
        if (!events.isEmpty())
            m_recorded->write(events);
        if (m_stream->rejected()) {
            endStream();
            stopUpstream();
        }
        return;
    }
}

void GuardedExchange::stopUpstream() {
    m_stop.reset(new LoopCall([this] {
        if (const auto call = onClosed)
            call();
    }));
    m_stop->ask();
}

void GuardedExchange::endStream() {
    m_recorded->record().verdicts.append(m_stream->verdicts());
    m_recorded->end();
}

void GuardedExchange::end() {
    if (m_mode == Mode::Whole)
        return respond(200, m_headers, m_body);
    if (m_mode == Mode::Pass)
        return m_recorded->end();
    if (m_stream->rejected())
        return; // it has been ended
    const QByteArray events = m_stream->end();
    if (!events.isEmpty())
        m_recorded->write(events);
    endStream();
}

void GuardedExchange::respond(int status, HeaderList headers, QByteArrayView body) {
    if (m_recorded->hasBegun())
        return;
    if (status == 200 && isCompressed(headers))
        return answerError(*this, unreadable());
    if (status != 200 || !isJson(headers))
        return m_recorded->respond(status, std::move(headers), body);
    const GuardedBody answer =
        guardAnswer(body.toByteArray(), m_dialect, responseSteps(m_guards, false));
    TrafficRecord &record = m_recorded->record();
    record.verdicts.append(answer.verdicts);
    if (!answer.rejection)
        return m_recorded->respond(200, std::move(headers), answer.body);
    record.error = answer.rejection->message;
    record.errorCode = u"guard_rejected"_s;
    answerError(*this, {ErrorCode::GuardRejected, answer.rejection->message, {}}, {},
                answer.rejection->status);
}

} // namespace quaygate
