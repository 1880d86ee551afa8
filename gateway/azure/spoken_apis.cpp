#include "gateway/azure/spoken_apis.h"

#include "gateway/azure/error_reading.h"

using namespace Qt::StringLiterals;

namespace quaygate {

std::optional<Operation> otherConversation(Operation operation) {
    if (operation == Operation::ChatCompletions)
        return Operation::Responses;
    if (operation == Operation::Responses)
        return Operation::ChatCompletions;
    return std::nullopt;
}

SpokenApis withoutApi(Operation lacking) {
    return lacking == Operation::Responses ? SpokenApis::ChatOnly : SpokenApis::ResponsesOnly;
}

bool lacks(SpokenApis spoken, Operation operation) {
    return spoken != SpokenApis::Both && otherConversation(operation) &&
           spoken == withoutApi(operation);
}

bool saysOperationLacking(Operation asked, int status, const QByteArray &body) {
    if ((status != 400 && status != 404) || !otherConversation(asked))
        return false;
    const AzureError error = readAzureError(body);
    // The second is Azure's own spelling, seen on the wire.
    if (error.code == "OperationNotSupported"_L1 || error.code == "OpperationNotSupported"_L1)
        return true;
    if (asked != Operation::Responses)
        return false;
    // A model without it, and an API version from before it.
    return error.message.startsWith("Model not supported"_L1) ||
           (status == 404 && error.message == "Resource not found"_L1);
}

} // namespace quaygate
