#include "gateway/pipeline/pipeline.h"

#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/forwarding.h"
#include "gateway/pipeline/routing_table.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void answer(Exchange &exchange, const Error &error) {
    ErrorAnswer answer = errorAnswer(error);
    if (error.code == ErrorCode::MethodNotAllowed)
        answer.headers.append("Allow"_ba, "POST"_ba);
    exchange.respond(answer.status, answer.headers, answer.body);
}

/// A cross-site form can send only text/plain, urlencoded and multipart bodies without asking
/// first; none of them is ever right for a JSON operation. A missing type is taken for JSON.
Result<void> checkContentType(const Routed &routed, const HttpRequest &request) {
    if (!routed.operation || operationInfo(*routed.operation).body != BodyKind::Json)
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
    const auto routed = m_table->find(request.method, request.target);
    if (!routed)
        return answer(*exchange, routed.error());
    if (const auto json = checkContentType(*routed, request); !json)
        return answer(*exchange, json.error());

    auto forwarding = std::make_unique<Forwarding>(std::move(exchange), m_table, *routed,
                                                   Forwarding::Means{m_credentials, m_upstream});
    Forwarding &entered = *forwarding;
    m_active.emplace(&entered, std::move(forwarding));
    entered.start([this, key = &entered] { m_active.erase(key); });
}

} // namespace quaygate
