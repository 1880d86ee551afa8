#include "gateway/http/upstream_client.h"

#include "gateway/http/alarm.h"
#include "gateway/http/ca_bundle.h"
#include "gateway/http/call_gate.h"
#include "gateway/http/client_call.h"
#include "gateway/http/curl_engine.h"
#include "gateway/http/curl_loop.h"
#include "gateway/http/deadlines.h"
#include "gateway/http/http1_engine.h"
#include "gateway/http/http1_request.h"
#include "gateway/http/http_text.h"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Clock = UpstreamTransfer::Clock;
using Stage = UpstreamTransfer::Stage;
using Call = ClientCall;

/// Emptied for the next bytes; the room is kept if it is no more than what streams need.
void recycle(QByteArray &into, QByteArray &used) {
    constexpr qsizetype kept = 16 * 1024;
    if (!into.isEmpty() || used.capacity() > kept)
        return;
    used.resize(0);
    into.swap(used);
}

/// HTTP/2 is libcurl's affair, and so is what is written differently for some: plain requests that
/// go through a proxy, and names that are not ASCII.
bool needsLibcurl(const UpstreamRequest &request, const UpstreamTarget &target) {
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!request.upgrade.isEmpty())
        return false; // it cannot hand the connection over
    return request.http2 || !std::all_of(target.host.begin(), target.host.end(), isAscii) ||
           (!target.tls && !(request.proxy.isEmpty() && target.isLocal()));
}

Error addressError() {
    return {ErrorCode::InvalidAddress,
            u"The backend's endpoint is not an http or https address; correct it."_s,
            {}};
}

} // namespace

class UpstreamClient::Private : public std::enable_shared_from_this<Private> {
public:
    explicit Private(std::shared_ptr<const MachineNetwork> network);

    std::shared_ptr<Call> send(UpstreamRequest request, UpstreamEvents events);
    Result<std::unique_ptr<UpstreamConnection>> open(const UpstreamRequest &request,
                                                     UpstreamConnectionUser &user);
    void cancel(Call &call);
    void pause(Call &call);
    void resume(Call &call);
    bool write(Call &call, QByteArrayView bytes);
    void stop();

private:
    std::optional<Error> prepare(Call &call);
    Result<QByteArray> trustedFile(const UpstreamRequest &request, const UpstreamTarget &target,
                                   Clock::time_point now);
    void start(Call &call);
    void leaveGate(Call &call);
    void fail(Call &call, Error error, UpstreamPhase phase);
    void later(Call &call);

    void work();
    void handOn(Call &call);
    void handOnBody(Call &call);
    void end(Call &call);

    void watch(Call &call);
    void checkDeadlines();
    void timeOut(Call &call, const UpstreamTransfer::Deadline &deadline);

    KnownNetwork m_network;
    Notebook m_book;
    std::shared_ptr<CurlLoop> m_loop;
    std::unique_ptr<Http1Engine> m_http1;
    std::unique_ptr<CurlEngine> m_libcurl;
    CaBundles m_caBundles;
    UpstreamTargets m_targets;
    CallGate<Call> m_gate;
    Deadlines<Call> m_deadlines;
    Alarm m_alarm;
    std::unordered_set<Call *> m_calls; ///< those not over
    using Calls = std::vector<std::shared_ptr<Call>>;
    Calls m_later; ///< changed on our side: resumed, refused, timed out
    // What `work` has in hand; kept for their memory.
    Calls m_handedOn;
    std::vector<UpstreamTransfer *> m_changed;
    bool m_working = false;
};

UpstreamClient::Private::Private(std::shared_ptr<const MachineNetwork> network)
    : m_network(std::move(network))
    , m_loop(std::make_shared<CurlLoop>([this] { work(); }))
    , m_http1(std::make_unique<Http1Engine>(m_loop, m_book))
    , m_libcurl(std::make_unique<CurlEngine>(*m_loop, m_book))
    , m_alarm([this] { checkDeadlines(); }) {
}

void UpstreamClient::Private::stop() {
    for (Call *call : std::exchange(m_calls, {})) {
        call->stage = Stage::Over;
        m_deadlines.set(call, call->lookAgainAt, std::nullopt);
    }
    m_later.clear();
    m_http1.reset();
    m_libcurl.reset();
    m_loop->stop();
    m_alarm.set(std::nullopt);
}

std::shared_ptr<Call> UpstreamClient::Private::send(UpstreamRequest request,
                                                    UpstreamEvents events) {
    const std::optional<UpstreamTarget> &target = m_targets.of(request.url);
    const auto call = std::make_shared<Call>(std::move(request), std::move(events),
                                             target.value_or(UpstreamTarget{}), Clock::now());
    m_calls.insert(call.get());
    std::optional<Error> error;
    if (target)
        error = prepare(*call);
    else
        error = addressError();
    if (error) {
        fail(*call, *error, UpstreamPhase::Resolving);
    } else if (call->gateKey.isEmpty() ||
               m_gate.enter(call->gateKey, call->request.maxConnections, call.get())) {
        start(*call);
    } else {
        watch(*call);
    }
    return call;
}

std::optional<Error> UpstreamClient::Private::prepare(Call &call) {
    if (m_network.refresh())
        m_http1->forgetIdle();
    call.request.proxy = m_network.proxyFor(call.target, call.request.proxy);
    if (auto error = requestHeadFault(call.request))
        return error;
    if (!isTargetText(targetOf(call.request.url)))
        return addressError();
    call.engine = needsLibcurl(call.request, call.target)
                      ? static_cast<UpstreamEngine *>(m_libcurl.get())
                      : m_http1.get();
    auto caFile = trustedFile(call.request, call.target, call.started);
    if (!caFile)
        return caFile.error();
    call.caFile = std::move(caFile).value();
    if (call.request.maxConnections > 0)
        call.gateKey = (call.target.tls ? "s:" : "p:") + call.target.authority();
    return std::nullopt;
}

/// The file with the authorities that the request trusts; empty for those built in.
Result<QByteArray> UpstreamClient::Private::trustedFile(const UpstreamRequest &request,
                                                        const UpstreamTarget &target,
                                                        Clock::time_point now) {
    if (!target.tls)
        return QByteArray();
    const QString systemFile = systemCaFilePath();
    if (request.caFile.isEmpty())
        return systemFile.toLocal8Bit();
    return m_caBundles.combined(request.caFile, systemFile, now);
}

Result<std::unique_ptr<UpstreamConnection>>
UpstreamClient::Private::open(const UpstreamRequest &request, UpstreamConnectionUser &user) {
    const auto target = upstreamTarget(request.url);
    if (!target)
        return addressError();
    const auto caFile = trustedFile(request, *target, Clock::now());
    if (!caFile)
        return caFile.error();
    if (m_network.refresh())
        m_http1->forgetIdle();
    const QString proxy = m_network.proxyFor(*target, request.proxy);
    const ConnectionSettings settings{*target, *caFile, proxy, request.minTls};
    return std::make_unique<UpstreamConnection>(m_loop, settings, request.timeouts.connect, user);
}

void UpstreamClient::Private::start(Call &call) {
    call.engine->start(call, call.caFile);
    watch(call);
}

void UpstreamClient::Private::cancel(Call &call) {
    if (m_calls.erase(&call) == 0)
        return;
    const bool queued = call.stage == Stage::Queued;
    call.stage = Stage::Over;
    m_deadlines.set(&call, call.lookAgainAt, std::nullopt);
    if (call.engine)
        call.engine->drop(call);
    if (queued)
        m_gate.abandon(call.gateKey, &call);
    else
        leaveGate(call);
}

/// The call has no connection any more; those that there is room for now begin.
void UpstreamClient::Private::leaveGate(Call &call) {
    const QByteArray key = std::exchange(call.gateKey, {});
    if (key.isEmpty())
        return;
    for (Call *next = m_gate.leave(key); next; next = m_gate.next(key))
        start(*next);
}

void UpstreamClient::Private::pause(Call &call) {
    call.paused = true;
}

void UpstreamClient::Private::resume(Call &call) {
    if (!std::exchange(call.paused, false) || call.stage == Stage::Over)
        return;
    call.lastProgress = Clock::now();
    watch(call);
    later(call);
}

bool UpstreamClient::Private::write(Call &call, QByteArrayView bytes) {
    if (call.finished || call.stage == Stage::Over || !call.isUpgraded())
        return true;
    m_http1->write(call, bytes);
    call.writerWaits = call.unsent > UpstreamTransfer::maxHeldBytes;
    return !call.writerWaits;
}

void UpstreamClient::Private::later(Call &call) {
    m_later.push_back(call.shared_from_this());
    m_loop->askTurn();
}

void UpstreamClient::Private::fail(Call &call, Error error, UpstreamPhase phase) {
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - call.started);
    call.failure = UpstreamFailure{std::move(error), phase, elapsed};
    call.finished = true;
    later(call);
}

/// Hands on what has come, from the event loop and outside of libcurl.
void UpstreamClient::Private::work() {
    if (m_working)
        return;
    const auto self = shared_from_this();
    m_working = true;
    while (!m_loop->isStopped()) {
        m_handedOn.swap(m_later);
        m_book.take(m_changed);
        for (UpstreamTransfer *transfer : m_changed)
            m_handedOn.push_back(static_cast<Call *>(transfer)->shared_from_this());
        if (m_handedOn.empty())
            break;
        for (const auto &call : m_handedOn)
            handOn(*call);
        m_handedOn.clear();
    }
    m_working = false;
}

void UpstreamClient::Private::handOn(Call &call) {
    if (call.stage == Stage::Over)
        return;
    if (call.finished)
        leaveGate(call);
    else
        watch(call);

    if (!call.paused && call.head.isComplete() && !std::exchange(call.headGiven, true) &&
        call.events.onHead)
        call.events.onHead(call.head.status(), call.head.takeHeaders());
    if (call.stage != Stage::Over && !call.paused && !call.body.isEmpty())
        handOnBody(call);
    if (call.stage != Stage::Over && std::exchange(call.drained, false) &&
        std::exchange(call.writerWaits, false) && call.events.onDrained)
        call.events.onDrained();
    if (call.stage == Stage::Over)
        return;
    if (!call.finished) {
        if (!call.paused)
            call.engine->goOn(call);
    } else if (call.failure || (!call.paused && call.body.isEmpty())) {
        end(call);
    }
}

void UpstreamClient::Private::handOnBody(Call &call) {
    QByteArray bytes = std::exchange(call.body, {});
    if (call.events.onBody)
        call.events.onBody(bytes);
    recycle(call.body, bytes);
}

void UpstreamClient::Private::end(Call &call) {
    call.stage = Stage::Over;
    m_calls.erase(&call);
    m_deadlines.set(&call, call.lookAgainAt, std::nullopt);
    if (call.events.onEnd)
        call.events.onEnd(call.failure);
}

/// Sees to it that the deadline of the call is looked at in time. One that has moved away is found
/// out when its old time comes, so that bytes cost nothing here.
void UpstreamClient::Private::watch(Call &call) {
    const auto deadline = call.deadline();
    if (!deadline || (call.lookAgainAt && *call.lookAgainAt <= deadline->at))
        return;
    m_deadlines.set(&call, call.lookAgainAt, deadline->at);
    m_alarm.set(m_deadlines.earliest());
}

void UpstreamClient::Private::checkDeadlines() {
    const auto now = Clock::now();
    while (Call *call = m_deadlines.due(now)) {
        m_deadlines.set(call, call->lookAgainAt, std::nullopt);
        const auto deadline = call->finished ? std::nullopt : call->deadline();
        if (deadline && deadline->at <= now)
            timeOut(*call, *deadline);
        else if (deadline)
            m_deadlines.set(call, call->lookAgainAt, deadline->at);
    }
    m_alarm.set(m_deadlines.earliest());
}

void UpstreamClient::Private::timeOut(Call &call, const UpstreamTransfer::Deadline &deadline) {
    const bool queued = call.stage == Stage::Queued;
    FailureContext context = call.failureContext(call.engine->phase(call));
    context.limit = deadline.limit;
    context.totalLimit = deadline.total;
    if (queued)
        m_gate.abandon(std::exchange(call.gateKey, {}), &call);
    call.engine->drop(call);
    const auto cause = queued && !deadline.total ? UpstreamCause::Queued : UpstreamCause::TimedOut;
    fail(call, upstreamError(cause, context), context.phase);
}

UpstreamClient::UpstreamClient(std::shared_ptr<const MachineNetwork> network)
    : d(std::make_shared<Private>(std::move(network))) {
}

UpstreamClient::~UpstreamClient() {
    d->stop();
}

std::unique_ptr<UpstreamCall> UpstreamClient::send(UpstreamRequest request, UpstreamEvents events) {
    auto call = d->send(std::move(request), std::move(events));
    return std::make_unique<CallHandle<Private>>(d, std::move(call));
}

Result<std::unique_ptr<UpstreamConnection>> UpstreamClient::open(const UpstreamRequest &request,
                                                                 UpstreamConnectionUser &user) {
    return d->open(request, user);
}

} // namespace quaygate
