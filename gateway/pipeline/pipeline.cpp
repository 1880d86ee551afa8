#include "gateway/pipeline/pipeline.h"

#include "gateway/dialects/count_tokens.h"
#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/forwarding.h"
#include "gateway/pipeline/messages_exchange.h"
#include "gateway/pipeline/model_list.h"
#include "gateway/pipeline/routing_table.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void answer(Exchange &exchange, const Error &error) {
    ErrorAnswer answer = errorAnswer(error);
    if (error.code == ErrorCode::MethodNotAllowed)
        answer.headers.append("Allow"_ba, "POST"_ba);
    exchange.respond(answer.status, answer.headers, answer.body);
}

/// All clients of Anthropic's API name its version; without it the path tells them.
bool speaksMessages(const HttpRequest &request) {
    const QByteArrayView path = pathOf(request.target);
    return request.headers.contains("anthropic-version") || path.endsWith("/messages") ||
           path.endsWith("/messages/count_tokens");
}

void answerInTheirWords(Exchange &exchange, const Error &error) {
    speaksMessages(exchange.request()) ? answerInMessages(exchange, error)
                                       : answer(exchange, error);
}

/// Answers what a client may use; Azure's own list has the models of a region, deployed or not.
void answerModels(Exchange &exchange, const Routed &routed) {
    const ModelShape shape =
        speaksMessages(exchange.request()) ? ModelShape::Anthropic : ModelShape::OpenAi;
    const HeaderList headers{{"Content-Type", "application/json"}};
    if (routed.item.isEmpty())
        return exchange.respond(200, headers, modelList(routed.models->listed(), shape));
    if (!routed.models->find(routed.item))
        return answerInTheirWords(exchange, unknownModel(*routed.models, routed.item));
    exchange.respond(200, headers, modelEntry(routed.item, shape));
}

/// A cross-site form can send only text/plain, urlencoded and multipart bodies without asking
/// first; none of them is ever right for a JSON operation. A missing type is taken for JSON.
Result<void> checkContentType(const Routed &routed, const HttpRequest &request) {
    const bool isJson = routed.operation
                            ? operationInfo(*routed.operation).body == BodyKind::Json
                            : routed.door == Door::Messages || routed.door == Door::CountTokens;
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

/// Azure tells nobody which model stands behind a deployment, but most are named after it.
dialects::ChatModel modelOf(const Backend &backend) {
    const QString name = backend.deploymentName.toLower();
    static constexpr std::array reasoning{"o1"_L1, "o3"_L1, "o4"_L1, "gpt-5"_L1, "codex"_L1};
    dialects::ChatModel model;
    model.reasoning = std::any_of(reasoning.begin(), reasoning.end(),
                                  [&name](auto start) { return name.startsWith(start); });
    return model;
}

} // namespace

Pipeline::Pipeline(Credentials::Source secrets) : m_credentials(std::move(secrets)) {
}

Pipeline::~Pipeline() = default;

void Pipeline::setSnapshot(Snapshot snapshot) {
    m_table = std::make_shared<RoutingTable>(std::move(snapshot));
    m_credentials.forgetTokens();
}

void Pipeline::handle(ExchangePtr exchange) {
    const HttpRequest &request = exchange->request();
    if (const auto allowed = checkAccess(m_access, request); !allowed)
        return answer(*exchange, allowed.error());
    auto routed = m_table->find(request);
    if (!routed)
        return answerInTheirWords(*exchange, routed.error());
    if (const auto json = checkContentType(*routed, request); !json)
        return answerInTheirWords(*exchange, json.error());
    if (routed->door == Door::Models)
        return answerModels(*exchange, *routed);
    if (routed->door != Door::OpenAi && routed->operation)
        return handleMessages(std::move(exchange), std::move(routed).value());
    forward(std::move(exchange), std::move(routed).value());
}

void Pipeline::handleMessages(ExchangePtr exchange, Routed routed) {
    const QByteArray &body = exchange->request().body;
    if (routed.door == Door::CountTokens) {
        const auto count = dialects::countTokens(body);
        if (!count)
            return answerInMessages(*exchange, count.error());
        return exchange->respond(200, {{"Content-Type", "application/json"}}, *count);
    }
    auto translated = dialects::messagesToChat(body, modelOf(*routed.backend));
    if (!translated)
        return answerInMessages(*exchange, translated.error());
    dialects::MessagesAsChat asChat = std::move(translated).value();
    if (const auto tokens = dialects::estimateInputTokens(body))
        asChat.context.estimatedInputTokens = *tokens;
    routed.door = Door::OpenAi;
    forward(std::make_shared<MessagesExchange>(std::move(exchange), std::move(asChat)),
            std::move(routed));
}

void Pipeline::forward(ExchangePtr exchange, Routed routed) {
    auto forwarding = std::make_unique<Forwarding>(std::move(exchange), m_table, std::move(routed),
                                                   Forwarding::Means{m_credentials, m_upstream});
    Forwarding &entered = *forwarding;
    m_active.emplace(&entered, std::move(forwarding));
    entered.start([this, key = &entered] { m_active.erase(key); });
}

} // namespace quaygate
