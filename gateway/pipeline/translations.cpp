#include "gateway/pipeline/translations.h"

#include "gateway/dialects/chat_to_response.h"
#include "gateway/dialects/chat_to_responses.h"
#include "gateway/dialects/chunk_stream.h"
#include "gateway/dialects/response_to_chat.h"
#include "gateway/dialects/responses_stream.h"
#include "gateway/dialects/responses_to_chat.h"
#include "gateway/dialects/strict_openai.h"
#include "gateway/dialects/strict_openai_stream.h"
#include "gateway/pipeline/translated_exchange.h"

#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Result<ExchangePtr> chatAsResponses(const ExchangePtr &client) {
    const auto translated = dialects::chatToResponses(client->request().body);
    if (!translated)
        return translated.error();
    AnswerTranslation answer;
    answer.whole = [](const QByteArray &response) { return dialects::responseToChat(response); };
    answer.stream = [context = translated->context] {
        return std::make_unique<dialects::ChunkStream>(context);
    };
    return ExchangePtr(
        std::make_shared<TranslatedExchange>(client, translated->body, std::move(answer)));
}

Result<ExchangePtr> responsesAsChat(const ExchangePtr &client, const dialects::ChatModel &model) {
    const auto translated = dialects::responsesToChat(client->request().body, model);
    if (!translated)
        return translated.error();
    dialects::ResponseContext context = translated->context;
    context.fallbackId = QUuid::createUuid().toByteArray(QUuid::Id128);
    AnswerTranslation answer;
    answer.whole = [context](const QByteArray &chat) {
        return dialects::chatToResponse(chat, context);
    };
    answer.stream = [context] { return std::make_unique<dialects::ResponsesStream>(context); };
    return ExchangePtr(
        std::make_shared<TranslatedExchange>(client, translated->body, std::move(answer)));
}

} // namespace

Result<ExchangePtr> asOtherConversation(const ExchangePtr &client, Operation asked,
                                        const dialects::ChatModel &model) {
    return asked == Operation::Responses ? responsesAsChat(client, model) : chatAsResponses(client);
}

ExchangePtr withStrictAnswers(const ExchangePtr &client) {
    AnswerTranslation answer;
    answer.whole = [](const QByteArray &chat) {
        return Result<QByteArray>(dialects::strictOpenAiBody(chat));
    };
    answer.stream = [] { return std::make_unique<dialects::StrictOpenAiStream>(); };
    return std::make_shared<TranslatedExchange>(client, client->request().body, std::move(answer));
}

dialects::ChatModel chatModelOf(const Backend &backend) {
    const QString name = backend.deploymentName.toLower();
    static constexpr std::array reasoning{"o1"_L1, "o3"_L1, "o4"_L1, "gpt-5"_L1, "codex"_L1};
    dialects::ChatModel model;
    model.reasoning = std::any_of(reasoning.begin(), reasoning.end(),
                                  [&name](auto start) { return name.startsWith(start); });
    return model;
}

} // namespace quaygate
