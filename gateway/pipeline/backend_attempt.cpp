#include "gateway/pipeline/backend_attempt.h"

#include "gateway/azure/error_reading.h"
#include "gateway/pipeline/backend_request.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/rule_dialect.h"
#include "gateway/pipeline/translations.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// A refusal by Azure has some hundred bytes; a longer one is not held back.
constexpr qsizetype longestRefusal = 64 * 1024;

/// Of an answer that is worth nothing before it is whole, and so can be held back until then.
constexpr qsizetype longestHeld = 256 * 1024;

/// -1: it has not come yet.
qsizetype endOfFirstEvent(QByteArrayView text) {
    const qsizetype end = text.indexOf("\n\n");
    return end < 0 ? text.indexOf("\r\n\r\n") : end;
}

/// A stream may begin with what would have been its status, had that been known in time.
bool tellsError(QByteArrayView event) {
    return event.startsWith("event: error") || event.contains("data: {\"error\"") ||
           event.contains("\"type\":\"error\"");
}

bool isStream(const HeaderList &headers) {
    return headers.find("Content-Type").value_or(QByteArrayView()).startsWith("text/event-stream");
}

} // namespace

BackendAttempt::BackendAttempt(ExchangePtr client, std::shared_ptr<const RoutingTable> table,
                               Way way, UpstreamTimeouts timeouts, Means means, Events events)
    : m_client(std::move(client))
    , m_exchange(m_client)
    , m_table(std::move(table))
    , m_way(std::move(way))
    , m_timeouts(timeouts)
    , m_means(means)
    , m_events(std::move(events)) {
}

BackendAttempt::~BackendAttempt() {
    m_exchange->onClosed = nullptr;
    m_exchange->onPause = nullptr;
    m_exchange->onResume = nullptr;
    m_exchange->onBytes = nullptr;
}

void BackendAttempt::start() {
    attend();
    if (const auto prepared = prepare(); !prepared)
        return fail(prepared.error());
    if (const Credential *credential = m_means.credentials.known(*m_way.backend))
        return send(*credential);
    m_means.credentials.obtain(*m_way.backend,
                               [this, alive = alive()](const Result<Credential> &credential) {
                                   if (!alive.expired())
                                       send(credential);
                               });
}

void BackendAttempt::attend() {
    m_exchange->onClosed = [this] {
        const auto onClosed = m_events.onClosed; // a copy: the call may destroy this object
        onClosed();
    };
}

/// Says the request in an API that the deployment has, as far as that is known.
Result<void> BackendAttempt::prepare() {
    if (isAnthropics(m_way.door) && m_way.operation) {
        const auto chat = messagesAsChat(m_client, chatModelOf(*m_way.backend));
        if (!chat)
            return chat.error();
        m_exchange = *chat;
        attend();
        m_way.door = Door::OpenAi;
        m_isMessages = true;
    }
    if (m_way.operation && lacks(m_means.learned.of(*m_way.backend), *m_way.operation))
        return translate();
    return {};
}

void BackendAttempt::send(const Result<Credential> &credential) {
    if (!credential)
        return fail(credential.error());
    m_credential = *credential;
    auto body = bodyToSend();
    if (!body)
        return fail(body.error());
    auto made = backendRequest(m_way, m_exchange->request(), m_credential);
    if (!made)
        return fail(made.error());
    UpstreamRequest request = std::move(made).value();
    request.body = std::move(body).value();
    m_sent = request.body; // shared; a refusal may be about something in it
    request.timeouts = m_timeouts;
    call(std::move(request));
}

/// The client's, with what the backend wants otherwise; of a stream of chat completions also what
/// it costs.
Result<QByteArray> BackendAttempt::bodyToSend() {
    auto body = upstreamBody(m_way, m_exchange->request());
    const auto dialect = m_way.operation ? ruleDialect(*m_way.operation) : std::nullopt;
    if (!body || !dialect)
        return body;
    m_usageFilter.reset();
    if (*dialect == RuleDialect::Chat && knowsUsageInStreams(m_way.backend->apiVersion)) {
        if (auto asked = withUsageAsked(*body)) {
            body = *std::move(asked);
            m_usageFilter.emplace();
        }
    }
    const auto edits = m_means.parameters.of(*m_way.backend, *dialect);
    return edits.isEmpty() ? body : withParameters(*body, edits);
}

void BackendAttempt::call(UpstreamRequest request) {
    UpstreamEvents events;
    events.onHead = [this](int status, HeaderList headers) { onHead(status, std::move(headers)); };
    events.onBody = [this](QByteArrayView bytes) { onBody(bytes); };
    events.onEnd = [this](const std::optional<UpstreamFailure> &failure) { onEnd(failure); };
    events.onDrained = [this] { m_exchange->setReading(true); };
    m_call = m_means.upstream.send(std::move(request), std::move(events));
    m_exchange->onPause = [this] { m_call->pause(); };
    m_exchange->onResume = [this] { m_call->resume(); };
}

/// Whether there is another way with the same backend after a refusal with that status.
bool BackendAttempt::mayHelp(int status) const {
    if (status == 401)
        return m_credential.number != 0 && !m_tokenReplaced;
    return (status == 400 || status == 404) && m_way.operation &&
           otherConversation(*m_way.operation);
}

void BackendAttempt::onHead(int status, HeaderList headers) {
    m_events.onHead(status, headers);
    if (mayHelp(status) || (status >= 400 && m_events.mayGoElsewhere(status))) {
        m_refusal = std::make_unique<Refusal>(Refusal{status, std::move(headers), {}});
        return;
    }
    const auto asked = m_untranslated ? otherConversation(*m_way.operation) : std::nullopt;
    if (asked && status < 400)
        m_means.learned.learn(*m_way.backend, withoutApi(*asked));
    // What breaks off before its first byte, or before it is worth anything, can still be had
    // elsewhere.
    if (status != 101 && m_events.mayGoElsewhere(0))
        m_held = std::make_unique<Refusal>(Refusal{status, std::move(headers), {}});
    else
        commit(status, std::move(headers));
}

void BackendAttempt::commit(int status, HeaderList headers) {
    m_exchange->request().body.clear();
    m_sent.clear();
    if (!isStream(headers))
        m_usageFilter.reset();
    m_events.onCommitted(headers);
    if (status == 101)
        joinSockets(headers);
    else
        m_exchange->begin(status, headers);
}

void BackendAttempt::commitHeld() {
    const auto held = std::move(m_held);
    commit(held->status, std::move(held->headers));
    if (!held->body.isEmpty())
        writeOn(held->body);
}

void BackendAttempt::writeOn(QByteArrayView bytes) {
    if (!m_usageFilter)
        return m_exchange->write(bytes);
    const QByteArray rest = m_usageFilter->feed(bytes);
    if (!rest.isEmpty())
        m_exchange->write(rest);
}

void BackendAttempt::endAnswer() {
    if (m_usageFilter) {
        const QByteArray rest = m_usageFilter->end();
        if (!rest.isEmpty())
            m_exchange->write(rest);
    }
    m_exchange->end();
    done(nullptr);
}

/// From here on each end hears what the other says, at the pace of the slower one.
void BackendAttempt::joinSockets(const HeaderList &headers) {
    m_exchange->onBytes = [this](QByteArrayView bytes) {
        if (!m_call->write(bytes))
            m_exchange->setReading(false);
    };
    m_exchange->upgrade("websocket", headers);
}

void BackendAttempt::onBody(QByteArrayView bytes) {
    if (m_refusal) {
        m_refusal->body.append(bytes);
        if (m_refusal->body.size() > longestRefusal)
            m_held = std::move(m_refusal);
        else
            return;
        return commitHeld();
    }
    m_events.onBody(bytes);
    if (!m_held)
        return writeOn(bytes);
    m_held->body.append(bytes);
    if (m_held->body.size() > longestHeld)
        return commitHeld();
    if (!isStream(m_held->headers))
        return;
    const qsizetype end = endOfFirstEvent(m_held->body);
    if (end < 0)
        return;
    if (tellsError(QByteArrayView(m_held->body).first(end)))
        return failWith({m_held->status, m_held->headers, m_held->body, {}, !m_isMessages});
    commitHeld();
}

void BackendAttempt::onEnd(const std::optional<UpstreamFailure> &failure) {
    if (failure)
        return fail(failure->error);
    if (m_refusal)
        return judgeRefusal();
    if (m_held)
        commitHeld();
    endAnswer();
}

void BackendAttempt::judgeRefusal() {
    const Refusal &refusal = *m_refusal;
    if (refusal.status == 401) {
        const QByteArray wanted = refusal.headers.value("WWW-Authenticate").value_or(QByteArray());
        return saysTokenExpired(401, wanted, refusal.body) ? replaceToken() : endWithRefusal();
    }
    if (refusal.status == 400 && learnParameters()) {
        m_refusal.reset();
        return send(m_credential);
    }
    const bool isLacking =
        m_way.operation && saysOperationLacking(*m_way.operation, refusal.status, refusal.body);
    if (!isLacking)
        return endWithRefusal();
    if (!m_way.translated)
        return askOtherwise();
    // It answers neither, or no longer what it did: what the client asked for is to be tried again.
    m_means.learned.learn(*m_way.backend, SpokenApis::Both);
    if (m_untranslated)
        m_refusal = std::move(m_untranslated);
    endWithRefusal();
}

void BackendAttempt::replaceToken() {
    m_tokenReplaced = true;
    m_means.credentials.replace(
        *m_way.backend, m_credential.number,
        [this, alive = alive()](const Result<Credential> &credential) {
            if (alive.expired())
                return;
            if (!credential || credential->number == m_credential.number)
                return endWithRefusal(); // it says more than why there is no other token
            m_refusal.reset();
            send(credential);
        });
}

/// True if the request can be sent again without what the model refuses. One refusal names one
/// parameter, so there may be several.
bool BackendAttempt::learnParameters() {
    constexpr int most = 6;
    const auto dialect = m_way.operation ? ruleDialect(*m_way.operation) : std::nullopt;
    if (!dialect || m_parametersLearned >= most)
        return false;
    const auto edits = refusedParameters(m_refusal->body, m_sent, *dialect);
    if (edits.isEmpty())
        return false;
    ++m_parametersLearned;
    m_means.parameters.learn(*m_way.backend, *dialect, edits);
    return true;
}

/// Makes the request one for the other of chat completions and responses.
Result<void> BackendAttempt::translate() {
    const Backend &backend = *m_way.backend;
    // Both name the model in the body, but not on every family.
    auto body = withDeployment(backend, m_exchange->request().body);
    if (!body)
        return body.error();
    m_exchange->request().body = std::move(body).value();
    const auto translated = asOtherConversation(m_exchange, *m_way.operation, chatModelOf(backend));
    if (!translated)
        return translated.error();
    m_exchange = *translated;
    attend();
    m_way.operation = otherConversation(*m_way.operation);
    m_way.url = m_table->url(backend, *m_way.operation);
    m_way.translated = true;
    return {};
}

void BackendAttempt::askOtherwise() {
    m_untranslated = std::move(m_refusal);
    if (const auto translated = translate(); !translated)
        return fail(translated.error());
    send(m_credential);
}

void BackendAttempt::endWithRefusal() {
    auto refusal = std::move(m_refusal);
    if (m_events.mayGoElsewhere(refusal->status))
        return failWith({refusal->status,
                         std::move(refusal->headers),
                         std::move(refusal->body),
                         {},
                         !m_isMessages});
    m_held = std::move(refusal);
    commitHeld();
    endAnswer();
}

/// Once a part of the answer has gone out, only a broken connection can tell the client.
void BackendAttempt::fail(const Error &error) {
    if (!m_exchange->hasBegun())
        return failWith({0, {}, {}, error});
    m_exchange->abort();
    done(&error);
}

void BackendAttempt::failWith(AttemptFailure failure) {
    // A copy: the call may destroy this object.
    const auto onFailed = m_events.onFailed;
    onFailed(std::move(failure));
}

void BackendAttempt::done(const Error *cut) {
    const auto onDone = m_events.onDone;
    onDone(cut);
}

std::weak_ptr<char> BackendAttempt::alive() {
    if (!m_alive)
        m_alive = std::make_shared<char>();
    return m_alive;
}

} // namespace quaygate
