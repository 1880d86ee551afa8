#include "gateway/pipeline/reception.h"

#include "gateway/pipeline/budget_spending.h"
#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/guarded_exchange.h"
#include "gateway/pipeline/local_answers.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/rate_settling.h"
#include "gateway/pipeline/requested_model.h"
#include "gateway/pipeline/rule_dialect.h"
#include "gateway/pipeline/translations.h"
#include "gateway/pipeline/web_socket.h"
#include "gateway/rules/body_fields.h"
#include "gateway/rules/guard_body.h"
#include "gateway/rules/prompt.h"
#include "gateway/rules/token_reckoning.h"
#include "gateway/traffic/metrics.h"

#include <QVarLengthArray>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Clock = std::chrono::steady_clock;

/// In a longer body, one with pictures say, the record goes without the model's name.
constexpr qsizetype longestToRead = 256 * 1024;

/// A cross-site form can send only text/plain, urlencoded and multipart bodies without asking
/// first; none of them is ever right for a JSON operation. A missing type is taken for JSON.
Result<void> checkContentType(const Routed &routed, const HttpRequest &request) {
    const bool isJson = routed.operation ? operationInfo(*routed.operation).body == BodyKind::Json
                                         : isAnthropics(routed.door);
    if (!isJson)
        return {};
    const auto type = request.headers.find("Content-Type");
    if (!type || sameHeader(*type, "application/json"))
        return {};
    const QByteArray essence = type->toByteArray().split(';').first().trimmed().toLower();
    if (essence == "application/json" || essence.endsWith("+json"))
        return {};
    return Error{ErrorCode::UnsupportedContentType,
                 u"The body must be JSON: send `Content-Type: application/json`, not \"%1\"."_s.arg(
                     QString::fromLatin1(essence.left(100))),
                 {}};
}

QString operationName(const Routed &routed) {
    if (routed.door == Door::Models)
        return u"models"_s;
    if (routed.door == Door::WebSocket)
        return u"realtime"_s;
    if (routed.door == Door::CountTokens)
        return u"count tokens"_s;
    if (routed.door == Door::Messages)
        return u"messages"_s;
    return routed.operation ? QString(operationInfo(*routed.operation).name) : QString();
}

/// The rule that refuses with that code; empty: none.
QString ruleOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::ForbiddenHost:
        return u"host"_s;
    case ErrorCode::ForbiddenOrigin:
        return u"origin"_s;
    case ErrorCode::ClientKeyMissing:
    case ErrorCode::ClientKeyWrong:
    case ErrorCode::RouteNotAllowed:
    case ErrorCode::ModelNotAllowed:
        return u"clientKey"_s;
    case ErrorCode::RateLimited:
        return u"rateLimit"_s;
    default:
        return {};
    }
}

/// One request on its way in.
class Reception {
public:
    Reception(std::shared_ptr<RecordedExchange> recorded, const ReceptionRules &rules)
        : m_recorded(std::move(recorded)), m_rules(rules) {}

    std::optional<Admitted> run() {
        static constexpr std::array<Step, 10> steps{
            &Reception::checkOrigin, &Reception::identify,        &Reception::answerMetrics,
            &Reception::route,       &Reception::checkPermission, &Reception::answerHere,
            &Reception::takeRates,   &Reception::askBudgets,      &Reception::guard,
            &Reception::editBody,
        };
        for (const Step step : steps) {
            if (const auto passed = (this->*step)(); !passed)
                refuse(passed.error());
            if (m_isAnswered)
                return std::nullopt;
        }
        return Admitted{m_recorded, client(), std::move(m_routed)};
    }

private:
    using Step = Result<void> (Reception::*)();

    TrafficRecord &record() { return m_recorded->record(); }
    HttpRequest &request() { return m_recorded->request(); }
    const RuleTable &rules() const { return *m_rules.rules; }

    Result<void> checkOrigin() {
        const auto origin = request().headers.find("Origin");
        const CorsRules &cors = rules().cors();
        const bool isListed = origin && cors.allows(*origin);
        if (const auto allowed = checkAccess(m_rules.access, request(), isListed); !allowed)
            return allowed;
        if (!isListed)
            return {};
        if (const auto headers = cors.preflight(request().method, request().headers)) {
            record().operation = u"preflight"_s;
            m_recorded->respond(204, *headers, {});
            m_isAnswered = true;
            return {};
        }
        m_recorded->addToHeads(
            [rules = m_rules.rules, page = origin->toByteArray()](HeaderList &headers) {
                rules->cors().setHeaders(headers, page);
            });
        return {};
    }

    Result<void> identify() {
        const auto mode = clientKeysAt(rules().config().gateway.clientKeys, m_rules.access.address);
        const QByteArrayView query =
            asksForWebSocket(request()) ? queryOf(request().target) : QByteArrayView();
        const auto key = rules().clientKeys().find(request().headers, mode, query);
        if (!key)
            return key.error();
        m_key = *key;
        if (m_key)
            record().clientKey = m_key->key().name;
        // A backend that passes the client's own credential on must not get ours.
        rules().clientKeys().removeFrom(request().headers);
        return {};
    }

    /// To this machine only, whatever the gateway is bound to.
    Result<void> answerMetrics() {
        const bool isAsked = rules().config().gateway.metrics && request().method == "GET" &&
                             pathOf(request().target) == "/metrics";
        if (!isAsked || !request().peer.isLoopback())
            return {};
        record().operation = u"metrics"_s;
        m_recorded->respond(200, {{"Content-Type", Metrics::contentType}}, m_rules.metrics());
        m_isAnswered = true;
        return {};
    }

    Result<void> route() {
        auto routed = m_rules.table.find(request());
        if (!routed)
            return routed.error();
        m_routed = std::move(routed).value();
        if (m_routed.route)
            record().route = m_routed.route->name;
        record().operation = operationName(m_routed);
        if (const auto type = checkContentType(m_routed, request()); !type)
            return type;
        const bool isJson =
            m_routed.operation && operationInfo(*m_routed.operation).body == BodyKind::Json;
        if (!m_routed.model && isJson && request().body.size() <= longestToRead) {
            // What is no JSON is refused by whoever reads it. For a key it may be the model that is
            // not allowed, so that a second one counts.
            if (!m_key)
                m_routed.model = firstModelNamed(request().body);
            else if (const auto model = requestedModel(request(), BodyKind::Json))
                m_routed.model = *model;
        }
        record().modelAsked = QString::fromUtf8(m_routed.model.value_or(QByteArray()));
        return {};
    }

    Result<void> checkPermission() {
        if (!m_key)
            return {};
        if (const auto allowed = m_key->mayUse(record().route.toUtf8()); !allowed)
            return allowed;
        if (m_routed.door == Door::Models)
            return {};
        const QByteArray asked = m_routed.model.value_or(QByteArray());
        if (!m_routed.models->find(asked).isEmpty())
            return m_key->mayAsk(asked);
        return keepAllowedDeployments();
    }

    /// Where the name that the client gives chooses nothing, what answers is what is asked for.
    Result<void> keepAllowedDeployments() {
        auto &candidates = m_routed.candidates;
        const auto refusal = m_key->mayAsk(m_routed.firstBackend().deploymentName.toUtf8());
        std::erase_if(candidates, [this](const Candidate &one) {
            return !m_key->mayAsk(one.backend->deploymentName.toUtf8());
        });
        return candidates.empty() ? refusal : Result<void>();
    }

    Result<void> answerHere() {
        const bool isCounted = m_routed.door == Door::CountTokens &&
                               m_routed.firstBackend().provider != Provider::Anthropic;
        m_isAnswered = isCounted || m_routed.door == Door::Models;
        if (isCounted)
            answerTokenCount(*m_recorded);
        else if (m_isAnswered)
            return answerModels(*m_recorded, m_routed, m_key);
        return {};
    }

    Result<void> takeRates() {
        const MeteredConfig &rates = rules().rates();
        const MeteredLimits &ofKey = rates.of(RateOwner::ClientKey, record().clientKey);
        const MeteredLimits &ofRoute = rates.of(RateOwner::Route, record().route);
        if (ofKey.empty() && ofRoute.empty())
            return {};
        const qint64 tokens = countTokens({&ofKey, &ofRoute}) ? reckonTokens(request().body) : 0;
        const auto taken = std::make_shared<TakenRates>(
            std::initializer_list<const MeteredLimits *>{&ofKey, &ofRoute}, tokens, Clock::now());
        m_recorded->addToHeads(
            [taken](HeaderList &headers) { taken->setHeaders(headers, Clock::now()); });
        if (const auto &refusal = taken->refusal()) {
            m_moreHeaders = refusal->headers;
            m_detail = refusal->limit->inWords();
            return refusal->error;
        }
        m_recorded->atEnd([taken](const TrafficRecord &record) { settle(*taken, record); });
        return {};
    }

    Result<void> askBudgets() {
        const BudgetedConfig &budgets = rules().budgets();
        const auto now = TrafficRecord::Clock::now();
        std::vector<MeteredBudgetPtr> asked;
        for (const MeteredBudgetPtr &budget :
             {budgets.of(BudgetOwner::ClientKey, record().clientKey),
              budgets.of(BudgetOwner::Route, record().route), budgets.of(BudgetOwner::All)}) {
            if (!budget)
                continue;
            const auto verdict = budget->mayGo(now);
            if (const auto told = verdictOf(*budget, verdict))
                record().verdicts.append(*told);
            if (verdict == MeteredBudget::Verdict::Refused) {
                m_moreHeaders.append("Retry-After",
                                     QByteArray::number(qint64(budget->wait(now).count())));
                return budget->refusal(now);
            }
            asked.push_back(budget);
        }
        if (!asked.empty())
            m_recorded->atEnd([asked](TrafficRecord &record) { spend(asked, record); });
        return {};
    }

    Result<void> guard() {
        const auto dialect = ruleDialect(m_routed);
        if (!dialect)
            return {};
        auto guards = rules().guardsOf(carried());
        if (!guards)
            return guards.error();
        m_guards = std::move(guards).value();
        const GuardSteps steps = requestSteps(m_guards);
        if (steps.empty())
            return {};
        auto guarded = guardRequest(request().body, *dialect, steps);
        if (!guarded)
            return guarded.error();
        record().verdicts.append(guarded->verdicts);
        if (guarded->rejection) {
            m_status = guarded->rejection->status;
            return Error{ErrorCode::GuardRejected, guarded->rejection->message, {}};
        }
        if (guarded->changed)
            replaceBody(guarded->body);
        return {};
    }

    /// What the route and the client key add to the request; the key has the last word.
    Result<void> editBody() {
        const auto dialect = ruleDialect(m_routed);
        const bool isJson = dialect || (m_routed.operation &&
                                        operationInfo(*m_routed.operation).body == BodyKind::Json);
        if (!isJson)
            return {};
        for (const Rules *carrier : carried()) {
            if (carrier->defaults.isEmpty() && carrier->overrides.isEmpty())
                continue;
            auto body = withFields(request().body, *carrier);
            if (!body)
                return body.error();
            replaceBody(*body);
        }
        for (const Rules *carrier : carried()) {
            if (carrier->prompt.isEmpty() || !dialect)
                continue;
            auto body = withPrompt(request().body, carrier->prompt, *dialect);
            if (!body)
                return body.error();
            replaceBody(*body);
        }
        return {};
    }

    void replaceBody(const QByteArray &body) { request().body = body; }

    /// The rules that hold for the request: the route's, then the client key's.
    QVarLengthArray<const Rules *, 2> carried() const {
        QVarLengthArray<const Rules *, 2> all;
        if (m_routed.route)
            all.push_back(&m_routed.route->rules);
        if (m_key)
            all.push_back(&m_key->key().rules);
        return all;
    }

    /// What stands on the recorded exchange: guards next to the client, so that nothing comes
    /// behind them.
    ExchangePtr client() {
        const auto dialect = ruleDialect(m_routed);
        const ExchangePtr client =
            dialect ? guarded(m_recorded, *dialect, m_guards) : ExchangePtr(m_recorded);
        const bool isStrict = m_routed.operation == Operation::ChatCompletions &&
                              m_routed.door == Door::OpenAi && m_routed.route &&
                              m_routed.route->strictOpenAI;
        return isStrict ? withStrictAnswers(client) : client;
    }

    void refuse(const Error &error) {
        record().error = error.message;
        record().errorCode = QString::fromLatin1(errorWord(error.code));
        if (const QString rule = ruleOf(error.code); !rule.isEmpty())
            record().verdicts.append({rule, u"rejected"_s, m_detail});
        answerError(*m_recorded, error, m_moreHeaders, m_status);
        m_isAnswered = true;
    }

    std::shared_ptr<RecordedExchange> m_recorded;
    const ReceptionRules &m_rules;
    const KnownClientKey *m_key = nullptr;
    Routed m_routed;
    RuleTable::Guards m_guards;
    bool m_isAnswered = false;
    // Of a refusal.
    int m_status = 0; ///< 0: as the error has it
    HeaderList m_moreHeaders;
    QString m_detail; ///< for the record
};

} // namespace

std::optional<Admitted> receive(std::shared_ptr<RecordedExchange> recorded,
                                const ReceptionRules &rules) {
    return Reception(std::move(recorded), rules).run();
}

} // namespace quaygate
