#include "gateway/pipeline/local_answers.h"

#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/model_list.h"

#include <algorithm>

namespace quaygate {

/// All of them name the API's version; without it the path tells them.
bool speaksMessages(const HttpRequest &request) {
    const QByteArrayView path = pathOf(request.target);
    return request.headers.contains("anthropic-version") || path.endsWith("/messages") ||
           path.endsWith("/messages/count_tokens");
}

void answerError(Exchange &exchange, const Error &error, const HeaderList &more, int status) {
    if (speaksMessages(exchange.request()))
        return answerInMessages(exchange, error, more, status);
    ErrorAnswer answer = errorAnswer(error);
    if (error.code == ErrorCode::MethodNotAllowed)
        answer.headers.append("Allow", "POST");
    for (const Header &header : more)
        answer.headers.set(header.name, header.value);
    exchange.respond(status != 0 ? status : answer.status, answer.headers, answer.body);
}

/// Azure's own list has the models of a region, deployed or not.
Result<void> answerModels(Exchange &exchange, const Routed &routed, const KnownClientKey *key) {
    const auto isHidden = [key](const QByteArray &name) { return key && !key->mayAsk(name); };
    const ModelShape shape =
        speaksMessages(exchange.request()) ? ModelShape::Anthropic : ModelShape::OpenAi;
    const HeaderList headers{{"Content-Type", "application/json"}};
    if (routed.item.isEmpty()) {
        QList<QByteArray> names = routed.models->listed();
        names.removeIf(isHidden);
        exchange.respond(200, headers, modelList(names, shape));
        return {};
    }
    if (routed.models->find(routed.item).isEmpty() || isHidden(routed.item))
        return unknownModel(*routed.models, routed.item);
    exchange.respond(200, headers, modelEntry(routed.item, shape));
    return {};
}

} // namespace quaygate
