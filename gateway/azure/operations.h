#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>

/// The operations that Quaygate serves, one row each. A new operation is a new row (and a new value
/// of the enumeration, in the same order); nothing else here or in the upstream URL changes.
namespace quaygate {

/// In OpenAI's words.
enum class Operation { ChatCompletions, Embeddings };

struct OperationInfo {
    Operation operation;
    /// For people: "chat completions".
    QLatin1StringView name;
    /// The end of the path, on every family.
    QLatin1StringView path;
    /// On the dated family: `deployments/{d}/{path}`, else `{path}` with the deployment in the
    /// body.
    bool deploymentInPath;
};

inline constexpr std::array operationTable{
    OperationInfo{Operation::ChatCompletions, QLatin1StringView("chat completions"),
                  QLatin1StringView("chat/completions"), true},
    OperationInfo{Operation::Embeddings, QLatin1StringView("embeddings"),
                  QLatin1StringView("embeddings"), true},
};

constexpr bool operationTableIsInOrder() {
    for (std::size_t i = 0; i < operationTable.size(); ++i) {
        if (static_cast<std::size_t>(operationTable[i].operation) != i)
            return false;
    }
    return true;
}
static_assert(operationTableIsInOrder(), "operationInfo() finds a row by its place");

constexpr const OperationInfo &operationInfo(Operation operation) {
    return operationTable[static_cast<std::size_t>(operation)];
}

/// The operation whose path this is ("chat/completions"), or nothing. Case does not matter.
std::optional<Operation> operationOfPath(QStringView path);

} // namespace quaygate
