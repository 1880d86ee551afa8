#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>

/// The operations of which Quaygate must know something, one row each. A new one is a new row (and
/// a new value of the enumeration, in the same order); nothing else here or in the upstream URL
/// changes. Whatever else a client asks for is passed on as it is. Sources: section 2 of the Azure
/// reference.
namespace quaygate {

/// In OpenAI's words.
enum class Operation {
    ChatCompletions,
    Completions,
    Embeddings,
    Responses,
    ImageGenerations,
    ImageEdits,
    Transcriptions,
    Translations,
    Speech,
};

/// What a client sends, and so where it names the model.
enum class BodyKind {
    Json,
    Form, ///< multipart/form-data
};

struct OperationInfo {
    Operation operation;
    /// For people: "chat completions".
    QLatin1StringView name;
    /// The end of the path, on every family.
    QLatin1StringView path;
    /// On the dated family: `deployments/{d}/{path}`, else `{path}` with the deployment in the
    /// body.
    bool deploymentInPath;
    BodyKind body;
};

inline constexpr std::array operationTable{
    OperationInfo{Operation::ChatCompletions, QLatin1StringView("chat completions"),
                  QLatin1StringView("chat/completions"), true, BodyKind::Json},
    OperationInfo{Operation::Completions, QLatin1StringView("completions"),
                  QLatin1StringView("completions"), true, BodyKind::Json},
    OperationInfo{Operation::Embeddings, QLatin1StringView("embeddings"),
                  QLatin1StringView("embeddings"), true, BodyKind::Json},
    OperationInfo{Operation::Responses, QLatin1StringView("responses"),
                  QLatin1StringView("responses"), false, BodyKind::Json},
    OperationInfo{Operation::ImageGenerations, QLatin1StringView("image generations"),
                  QLatin1StringView("images/generations"), true, BodyKind::Json},
    OperationInfo{Operation::ImageEdits, QLatin1StringView("image edits"),
                  QLatin1StringView("images/edits"), true, BodyKind::Form},
    OperationInfo{Operation::Transcriptions, QLatin1StringView("transcriptions"),
                  QLatin1StringView("audio/transcriptions"), true, BodyKind::Form},
    OperationInfo{Operation::Translations, QLatin1StringView("translations"),
                  QLatin1StringView("audio/translations"), true, BodyKind::Form},
    OperationInfo{Operation::Speech, QLatin1StringView("speech"), QLatin1StringView("audio/speech"),
                  true, BodyKind::Json},
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
