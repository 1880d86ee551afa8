#include "gateway/pipeline/messages_door.h"

#include "gateway/dialects/chat_to_messages.h"
#include "gateway/dialects/count_tokens.h"
#include "gateway/dialects/messages_error.h"
#include "gateway/dialects/messages_stream.h"
#include "gateway/dialects/messages_to_chat.h"
#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/translated_exchange.h"

#include <QUuid>

namespace quaygate {

Result<ExchangePtr> messagesAsChat(const ExchangePtr &client, const dialects::ChatModel &model) {
    const QByteArray &body = client->request().body;
    auto translated = dialects::messagesToChat(body, model);
    if (!translated)
        return translated.error();
    dialects::MessagesContext context = translated->context;
    if (const auto tokens = dialects::estimateInputTokens(body))
        context.estimatedInputTokens = *tokens;
    context.fallbackId = "msg_" + QUuid::createUuid().toByteArray(QUuid::Id128);

    AnswerTranslation answer;
    answer.whole = [context](const QByteArray &chat) {
        return dialects::chatToMessage(chat, context);
    };
    answer.stream = [context] { return std::make_unique<dialects::MessagesStream>(context); };
    answer.error = dialects::upstreamErrorAsMessages;
    answer.idHeader = "request-id";
    return ExchangePtr(
        std::make_shared<TranslatedExchange>(client, translated->body, std::move(answer)));
}

void answerTokenCount(Exchange &client) {
    const auto count = dialects::countTokens(client.request().body);
    if (!count)
        return answerInMessages(client, count.error());
    client.respond(200, {{"Content-Type", "application/json"}}, *count);
}

void answerRefusalInMessages(Exchange &client, int status, HeaderList headers,
                             const QByteArray &body) {
    const QByteArray id = requestId(headers);
    headers.set("Content-Type", "application/json");
    if (!id.isEmpty())
        headers.set("request-id", id);
    client.respond(status, headers, dialects::upstreamErrorAsMessages(status, body, id));
}

void answerInMessages(Exchange &client, const Error &error, const HeaderList &more, int status) {
    ErrorAnswer answer = errorAnswer(error);
    if (status != 0)
        answer.status = status;
    for (const Header &header : more)
        answer.headers.set(header.name, header.value);
    client.respond(answer.status, answer.headers,
                   dialects::messagesError(dialects::messagesErrorType(answer.status),
                                           error.message.toUtf8()));
}

} // namespace quaygate
