#include "gateway/pipeline/forwarding.h"

#include "gateway/pipeline/backend_connection.h"
#include "gateway/pipeline/backend_pinning.h"
#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/local_answers.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/rate_settling.h"
#include "gateway/pipeline/rule_dialect.h"
#include "gateway/rules/token_reckoning.h"

#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

using Clock = std::chrono::steady_clock;

/// What was tried, if that was more than one backend once: "east 429, west timeout".
constexpr QByteArrayView historyHeader("x-quaygate-attempts");

const std::optional<Retry> &retryOf(const Routed &routed) {
    static const std::optional<Retry> none;
    return routed.route ? routed.route->retry : none;
}

/// What is no operation may do anything, and doing it twice may be wrong.
bool isRepeatable(const Routed &routed, const QByteArray &method) {
    return routed.operation || method == "GET" || method == "HEAD" || method == "OPTIONS";
}

/// A name may have any character, a header only some.
QByteArray headerWord(const QString &name) {
    return QUrl::toPercentEncoding(name, " ");
}

UpstreamTimeouts timeoutsFor(const Backend &backend, const Route *route) {
    UpstreamRequest request;
    applyConnection(backend, request);
    if (route && route->timeouts.firstByte.count() > 0)
        request.timeouts.firstByte = route->timeouts.firstByte;
    return request.timeouts;
}

Error tookTooLong(const Route &route) {
    return {ErrorCode::TimedOut,
            u"The request took longer than the %1 ms that the route “%2” allows in all."_s.arg(
                QString::number(route.timeouts.total.count()), route.name),
            {}};
}

} // namespace

Forwarding::Forwarding(Admitted admitted, std::shared_ptr<const RoutingTable> table,
                       std::shared_ptr<const RuleTable> rules, Means means)
    : m_recorded(std::move(admitted.recorded))
    , m_client(std::move(admitted.client))
    , m_table(std::move(table))
    , m_rules(std::move(rules))
    , m_routed(std::move(admitted.routed))
    , m_means(means)
    , m_plan(retryOf(m_routed), m_routed.candidates.size()) {
}

Forwarding::~Forwarding() {
    endAttempt();
    m_client->onClosed = nullptr;
}

void Forwarding::start(std::function<void()> onDone) {
    m_onDone = std::move(onDone);
    if (m_routed.candidates.size() > 1)
        m_isSearching = pin(m_routed, m_client->request(), m_means.servedBy);
    m_tried.resize(m_routed.candidates.size());
    m_body = m_client->request().body;
    if (m_routed.route && m_routed.route->timeouts.total.count() > 0) {
        m_total = std::make_unique<Alarm>([this] { onTotalTime(); });
        m_total->set(Clock::now() + m_routed.route->timeouts.total);
    }
    next();
}

void Forwarding::next() {
    const Time now = Clock::now();
    if (m_plan.left() <= 0)
        return giveUp();
    if (const auto index = choose(now))
        return attempt(*index);
    // All are set aside or to be waited for.
    const std::size_t index = soonest(now);
    const Time time = readyAt(index, now);
    if (time > now && m_plan.mayWait(time - now))
        return waitFor(time);
    if (!m_lastAnswer && !m_lastFailure)
        return attempt(index); // it says better than we could why it does not serve
    giveUp();
}

Forwarding::Time Forwarding::readyAt(std::size_t index, Time now) const {
    return std::max(m_routed.candidates[index].health->readyAt(now), m_tried[index].notBefore);
}

std::size_t Forwarding::soonest(Time now) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < m_tried.size(); ++i) {
        if (readyAt(i, now) < readyAt(best, now))
            best = i;
    }
    return best;
}

std::optional<std::size_t> Forwarding::choose(Time now) {
    const auto &candidates = m_routed.candidates;
    if (candidates.size() == 1 && m_tried[0].tries == 0) { // nobody else can be asked
        candidates[0].health->admit(now);
        return 0;
    }
    std::vector<CandidateState> states(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const BackendHealth &health = *candidates[i].health;
        states[i] = {candidates[i].weight, candidates[i].priority,
                     health.inFlight(),    health.latency(),
                     m_tried[i].tries,     m_tried[i].notBefore <= now && health.wouldAdmit(now)};
    }
    while (const auto index = chooseBackend(states, m_means.random)) {
        if (candidates[*index].health->admit(now))
            return index;
        states[*index].isReady = false; // another worker was faster
    }
    return std::nullopt;
}

void Forwarding::waitFor(Time time) {
    if (!m_alarm)
        m_alarm = std::make_unique<Alarm>([this] { next(); });
    m_client->onClosed = [this] { done(); };
    m_alarm->set(time);
}

void Forwarding::attempt(std::size_t index) {
    endAttempt();
    const Candidate &candidate = m_routed.candidates[index];
    m_plan.tried();
    ++m_tried[index].tries;
    m_asked = index;
    m_isJudged = false;
    m_askedAt = Clock::now();
    m_recorded->record().attempts.append(
        {candidate.backend->name, 0, {}, std::chrono::microseconds(0)});
    m_recorded->record().modelSent = candidate.backend->deploymentName;
    candidate.health->began();
    m_client->request().body = m_body;
    if (!takeRates(index))
        return;
    m_attempt = std::make_unique<BackendAttempt>(
        m_client, m_table, m_table->way(m_routed, *candidate.backend, m_client->request()),
        timeoutsFor(*candidate.backend, m_routed.route), m_means.attempt, events());
    m_attempt->start();
}

/// Of the backend's own limits; false: it has failed, as if the backend had refused.
bool Forwarding::takeRates(std::size_t index) {
    const QString &name = m_routed.candidates[index].backend->name;
    const MeteredLimits &limits = m_rules->rates().of(RateOwner::Backend, name);
    if (limits.empty())
        return true;
    const qint64 tokens = countTokens({&limits}) ? reckonTokens(m_body) : 0;
    const auto taken = std::make_shared<TakenRates>(
        std::initializer_list<const MeteredLimits *>{&limits}, tokens, Clock::now());
    if (const auto &refusal = taken->refusal()) {
        AttemptFailure failure{0, refusal->headers, {}, refusal->error};
        m_tried[index].notBefore = Clock::now() + std::min<Duration>(refusal->wait, 24h);
        onFailed(std::move(failure));
        return false;
    }
    m_recorded->atEnd([taken](const TrafficRecord &record) { settle(*taken, record); });
    m_taken = taken;
    return true;
}

BackendAttempt::Events Forwarding::events() {
    BackendAttempt::Events events;
    events.mayGoElsewhere = [this](int status) { return mayGoElsewhere(status); };
    events.onHead = [this](int status, const HeaderList &headers) { onHead(status, headers); };
    events.onCommitted = [this](HeaderList &headers) { onCommitted(headers); };
    events.onBody = [this](QByteArrayView bytes) {
        if (m_reading)
            m_reading->feed(bytes, *m_recorded);
    };
    events.onClosed = [this] { done(); };
    events.onFailed = [this](AttemptFailure failure) { onFailed(std::move(failure)); };
    events.onDone = [this](const Error *cut) { onDone(cut); };
    return events;
}

void Forwarding::onDone(const Error *cut) {
    if (cut) {
        judge(Clock::now(), std::nullopt);
        m_recorded->record().error = cut->message;
        m_recorded->record().errorCode = QString::fromLatin1(errorWord(cut->code));
    }
    done();
}

bool Forwarding::mayGoElsewhere(int status) const {
    if (m_plan.left() <= 0 || !isRepeatable(m_routed, m_client->request().method))
        return false;
    const bool isElsewhere = m_isSearching && (status == 400 || status == 404);
    return status == 0 || m_plan.isRetried(status) || isElsewhere;
}

/// A refusal of the request shows as well as an answer that the backend is there.
void Forwarding::onHead(int status, const HeaderList &headers) {
    const Time now = Clock::now();
    noteAttempt(status, {});
    if (status < 400)
        read(headers);
    if (!m_plan.isRetried(status)) {
        m_isJudged = true;
        m_routed.candidates[*m_asked].health->answered(
            status < 400 ? std::optional<Duration>(now - m_askedAt) : std::nullopt);
    } else if (!mayGoElsewhere(status)) { // else its body is awaited, which may say more
        judge(now, pauseWanted({status, headers, {}}));
    }
}

void Forwarding::onCommitted(HeaderList &headers) {
    m_body.clear();
    if (m_history.isEmpty())
        return;
    const int status = m_recorded->record().attempts.last().status;
    if (status >= 400)
        noteInHistory(QByteArray::number(status));
    headers.append(historyHeader, m_history);
}

void Forwarding::read(const HeaderList &headers) {
    // Only of what somebody may come back for, where several backends could be asked for it.
    const bool isStored = !m_routed.operation || m_routed.operation == Operation::Responses;
    std::function<void(const QByteArray &)> onMark;
    if (isStored && m_routed.models->backends().size() > 1) {
        const QString backend = m_routed.candidates[*m_asked].backend->name;
        onMark = [this, backend](const QByteArray &mark) { m_means.servedBy.note(mark, backend); };
    }
    m_reading = std::make_unique<AnswerReading>(headers, std::move(onMark));
}

void Forwarding::onFailed(AttemptFailure failure) {
    const bool isElsewhereBetter = failure.status != 0 || isBackends(failure.error) ||
                                   failure.error.code == ErrorCode::RateLimited;
    noteFailure(failure);
    if (!isElsewhereBetter)
        return answer(failure);
    const bool mayGoOn = mayGoElsewhere(beganWell(failure) ? 0 : failure.status);
    auto &last = failure.status != 0 ? m_lastAnswer : m_lastFailure;
    last = std::make_unique<AttemptFailure>(std::move(failure));
    mayGoOn ? next() : giveUp();
}

/// An attempt may be told of again, by what came after its head.
void Forwarding::noteAttempt(int status, const QString &error) {
    m_recorded->record().attempts.last() = {
        m_routed.candidates[*m_asked].backend->name, status, error,
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_askedAt)};
}

void Forwarding::noteFailure(const AttemptFailure &failure) {
    const std::size_t index = *m_asked;
    const Time now = Clock::now();
    m_reading.reset();
    if (const auto taken = std::exchange(m_taken, nullptr))
        taken->settle(0, now); // another backend's tokens are not this one's
    if (failure.status == 0)
        noteAttempt(0, failure.error.message);
    const std::optional<Duration> pause = pauseWanted(failure);
    const std::optional<Duration> until = failure.status != 0 ? pause : std::nullopt;
    if (failure.error.code != ErrorCode::RateLimited)
        m_tried[index].notBefore =
            now + (until ? *until : m_plan.backoff(m_tried[index].tries, m_means.random));
    if (beganWell(failure))
        m_isJudged = false; // too early
    if (failure.status != 0 || isBackends(failure.error))
        judge(now, pause);
    noteInHistory(failureWord(failure));
}

void Forwarding::noteInHistory(const QByteArray &word) {
    if (!m_history.isEmpty())
        m_history.append(", ");
    m_history.append(headerWord(m_routed.candidates[*m_asked].backend->name) + ' ' + word);
}

/// Tells the backend's health of a failure, once an attempt.
void Forwarding::judge(Time now, std::optional<Duration> pause) {
    static const Cooldown ordinary;
    if (std::exchange(m_isJudged, true))
        return;
    const Cooldown &cooldown = m_routed.route ? m_routed.route->cooldown : ordinary;
    m_routed.candidates[*m_asked].health->failed(now, cooldown, pause);
}

/// The last that a backend has said; where none said anything, why not.
void Forwarding::giveUp() {
    if (m_lastAnswer)
        return answer(*m_lastAnswer);
    answer(*m_lastFailure);
}

void Forwarding::answer(const AttemptFailure &failure) {
    endAttempt();
    HeaderList headers = failure.headers;
    if (m_tried.size() > 1 || m_tried.front().tries > 1)
        headers.append(historyHeader, m_history);
    if (failure.status == 0)
        answerError(failure.error, headers);
    else if (failure.isForClient)
        m_client->respond(failure.status, headers, failure.body);
    else
        answerRefusalInMessages(*m_client, failure.status, headers, failure.body);
    done();
}

void Forwarding::answerError(const Error &error, const HeaderList &more) {
    m_recorded->record().error = error.message;
    m_recorded->record().errorCode = QString::fromLatin1(errorWord(error.code));
    quaygate::answerError(*m_client, error, more);
}

void Forwarding::onTotalTime() {
    if (m_client->hasBegun()) {
        m_client->abort();
        return done();
    }
    answer({0, {}, {}, tookTooLong(*m_routed.route)});
}

void Forwarding::endAttempt() {
    m_attempt.reset();
    if (m_reading) {
        m_reading->tell(m_recorded->record());
        noteModel();
    }
    if (!m_asked)
        return;
    BackendHealth &health = *m_routed.candidates[*m_asked].health;
    health.ended();
    if (!m_isJudged)
        health.gaveUp();
    m_asked.reset();
}

/// What the model refuses is forgotten once another one answers.
void Forwarding::noteModel() {
    const auto dialect = m_routed.operation ? ruleDialect(*m_routed.operation) : std::nullopt;
    if (dialect && m_asked)
        m_means.attempt.parameters.forgetIfModelChanged(
            *m_routed.candidates[*m_asked].backend, *dialect,
            m_recorded->record().modelReturned.toUtf8());
}

void Forwarding::done() {
    // A copy: the call may destroy this object.
    const auto onDone = m_onDone;
    onDone();
}

} // namespace quaygate
