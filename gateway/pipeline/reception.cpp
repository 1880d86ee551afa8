#include "gateway/pipeline/reception.h"

#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/model_list.h"
#include "gateway/pipeline/requested_model.h"
#include "gateway/pipeline/translations.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// All clients of Anthropic's API name its version; without it the path tells them.
bool speaksMessages(const HttpRequest &request) {
    const QByteArrayView path = pathOf(request.target);
    return request.headers.contains("anthropic-version") || path.endsWith("/messages") ||
           path.endsWith("/messages/count_tokens");
}

/// Answers what a client may use; Azure's own list has the models of a region, deployed or not.
std::optional<Error> answerModels(Exchange &exchange, const Routed &routed) {
    const ModelShape shape =
        speaksMessages(exchange.request()) ? ModelShape::Anthropic : ModelShape::OpenAi;
    const HeaderList headers{{"Content-Type", "application/json"}};
    if (routed.item.isEmpty())
        exchange.respond(200, headers, modelList(routed.models->listed(), shape));
    else if (routed.models->find(routed.item).isEmpty())
        return unknownModel(*routed.models, routed.item);
    else
        exchange.respond(200, headers, modelEntry(routed.item, shape));
    return std::nullopt;
}

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

/// One request on its way in.
class Reception {
public:
    Reception(std::shared_ptr<RecordedExchange> recorded, const ReceptionRules &rules)
        : m_recorded(std::move(recorded)), m_rules(rules) {}

    std::optional<Admitted> run() {
        if (const auto passed = pass(); !passed) {
            refuse(passed.error());
            return std::nullopt;
        }
        if (m_isAnswered)
            return std::nullopt;
        return Admitted{m_recorded, client(), std::move(m_routed), keyOrNull()};
    }

private:
    TrafficRecord &record() { return m_recorded->record(); }
    HttpRequest &request() { return m_recorded->request(); }
    const ClientKey *keyOrNull() const { return m_key ? &m_key->key() : nullptr; }

    Result<void> pass() {
        using Step = Result<void> (Reception::*)();
        static constexpr std::array<Step, 5> steps{&Reception::checkOrigin, &Reception::identify,
                                                   &Reception::route, &Reception::checkPermission,
                                                   &Reception::answerHere};
        for (const Step step : steps) {
            if (const auto passed = (this->*step)(); !passed || m_isAnswered)
                return passed;
        }
        return {};
    }

    Result<void> checkOrigin() { return checkAccess(m_rules.access, request()); }

    Result<void> identify() {
        const auto mode =
            clientKeysAt(m_rules.rules.config().gateway.clientKeys, m_rules.access.address);
        const auto key = m_rules.rules.clientKeys().find(request().headers, mode);
        if (!key)
            return key.error();
        m_key = *key;
        if (m_key)
            record().clientKey = m_key->key().name;
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
        if (m_routed.model)
            record().modelAsked = QString::fromUtf8(*m_routed.model);
        return checkContentType(m_routed, request());
    }

    Result<void> checkPermission() {
        if (!m_key)
            return {};
        if (const auto allowed = m_key->mayUse(record().route.toUtf8()); !allowed)
            return allowed;
        if (m_routed.door == Door::Models)
            return {};
        const QByteArray asked = m_routed.model.value_or(QByteArray());
        return m_key->mayAsk(asked.isEmpty() ? m_routed.firstBackend().deploymentName.toUtf8()
                                             : asked);
    }

    /// What needs no backend.
    Result<void> answerHere() {
        const bool isCounted = m_routed.door == Door::CountTokens &&
                               m_routed.firstBackend().provider != Provider::Anthropic;
        m_isAnswered = isCounted || m_routed.door == Door::Models;
        if (isCounted)
            answerTokenCount(*m_recorded);
        else if (m_isAnswered) {
            if (const auto error = answerModels(*m_recorded, m_routed))
                return *error;
        }
        return {};
    }

    ExchangePtr client() {
        const bool isStrict = m_routed.operation == Operation::ChatCompletions &&
                              m_routed.door == Door::OpenAi && m_routed.route &&
                              m_routed.route->strictOpenAI;
        return isStrict ? withStrictAnswers(m_recorded) : ExchangePtr(m_recorded);
    }

    void refuse(const Error &error) {
        record().error = error.message;
        record().errorCode = QString::fromLatin1(errorWord(error.code));
        if (const QString rule = ruleOf(error.code); !rule.isEmpty())
            record().verdicts.append({rule, u"rejected"_s, {}});
        if (speaksMessages(request()))
            return answerInMessages(*m_recorded, error);
        ErrorAnswer answer = errorAnswer(error);
        if (error.code == ErrorCode::MethodNotAllowed)
            answer.headers.append("Allow"_ba, "POST"_ba);
        m_recorded->respond(answer.status, answer.headers, answer.body);
    }

    /// The rule that refuses with that code; empty: none.
    static QString ruleOf(ErrorCode code) {
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
        case ErrorCode::BudgetExceeded:
            return u"budget"_s;
        case ErrorCode::GuardRejected:
            return u"guard"_s;
        default:
            return {};
        }
    }

    std::shared_ptr<RecordedExchange> m_recorded;
    const ReceptionRules &m_rules;
    const KnownClientKey *m_key = nullptr;
    Routed m_routed;
    bool m_isAnswered = false;
};

} // namespace

std::optional<Admitted> receive(std::shared_ptr<RecordedExchange> recorded,
                                const ReceptionRules &rules) {
    return Reception(std::move(recorded), rules).run();
}

} // namespace quaygate
