#pragma once

#include "gateway/azure/operations.h"

#include <QByteArray>
#include <QMetaType>

/// A conversation can be had by chat completions or by the Responses API, and some deployments
/// answer only one of them: gpt-5-codex and gpt-5-pro only responses, older models and API versions
/// only chat completions (sections 2 and 7 of the Azure reference). Pure functions.
namespace quaygate {

/// What a deployment was found to answer; Both as long as nothing else was seen.
enum class SpokenApis { Both, ChatOnly, ResponsesOnly };

/// Chat completions for responses and the other way round; nothing for any other operation.
std::optional<Operation> otherConversation(Operation operation);

/// What a deployment answers that lacks one of the two.
SpokenApis withoutApi(Operation lacking);

/// True if the deployment is known not to answer that operation.
bool lacks(SpokenApis spoken, Operation operation);

/// True if an error answer says that the deployment, or the API version that it is asked with, does
/// not know the operation.
bool saysOperationLacking(Operation asked, int status, const QByteArray &body);

} // namespace quaygate

Q_DECLARE_METATYPE(quaygate::SpokenApis)
