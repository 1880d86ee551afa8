#pragma once

#include "gateway/simulator/chat_completion.h"
#include "gateway/simulator/responses_request.h"

#include <QJsonObject>

namespace quaygate::simulator {

/// One item of a response's output, as it ends, and the pieces in which its text (of a message, of
/// a summary, of arguments) comes in a stream.
struct OutputItem {
    QJsonObject whole;
    QStringList pieces;
};

/// What the model said as items: its reasoning if it does reason, then a message or calls of tools.
QList<OutputItem> outputItems(const ChatCompletion &completion, const ResponsesRequest &request,
                              SimulatedResource &resource);

/// The response before the model has said anything.
QJsonObject begunResponse(const QString &id, const ResponsesRequest &request, const Call &call);

/// The response at its end.
QJsonObject endedResponse(QJsonObject begun, const ChatCompletion &completion,
                          const QList<OutputItem> &items, qint64 now);

/// Azure's 400 for a prompt with the trigger word, in the shape of this API.
SimulatedAnswer responsePromptFiltered();

} // namespace quaygate::simulator
