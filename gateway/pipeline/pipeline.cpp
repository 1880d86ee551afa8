#include "gateway/pipeline/pipeline.h"

#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/forwarding.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/model_list.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/pipeline/translations.h"

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
    if (routed.models->find(routed.item).isEmpty())
        return answerInTheirWords(exchange, unknownModel(*routed.models, routed.item));
    exchange.respond(200, headers, modelEntry(routed.item, shape));
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

} // namespace

Pipeline::Pipeline(Credentials::Source secrets, std::shared_ptr<HealthBoard> board)
    : m_board(std::move(board))
    , m_credentials(std::move(secrets))
    , m_random(std::random_device()()) {
}

Pipeline::~Pipeline() = default;

void Pipeline::setSnapshot(Snapshot snapshot) {
    m_table = std::make_shared<RoutingTable>(std::move(snapshot), *m_board);
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
    const bool isCounted =
        routed->door == Door::CountTokens && routed->firstBackend().provider != Provider::Anthropic;
    if (isCounted)
        return answerTokenCount(*exchange);
    if (routed->operation == Operation::ChatCompletions && routed->door == Door::OpenAi &&
        routed->route && routed->route->strictOpenAI)
        exchange = withStrictAnswers(exchange);
    forward(std::move(exchange), std::move(routed).value());
}

void Pipeline::forward(ExchangePtr exchange, Routed routed) {
    auto forwarding = std::make_unique<Forwarding>(
        std::move(exchange), m_table, std::move(routed),
        Forwarding::Means{{m_credentials, m_upstream, m_learned}, m_servedBy, m_random});
    Forwarding &entered = *forwarding;
    m_active.emplace(&entered, std::move(forwarding));
    entered.start([this, key = &entered] { m_active.erase(key); });
}

} // namespace quaygate
