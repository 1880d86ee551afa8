#pragma once

#include "gateway/json/json_text.h"
#include "gateway/rules/dialect.h"

#include <QByteArrayView>

#include <vector>

namespace quaygate {

/// A value of a body that holds what a person or a model wrote.
struct GuardText {
    enum class Kind {
        Text,     ///< a string
        JsonText, ///< a string that is a JSON text, like the arguments of a tool
        Json,     ///< any value: the strings and numbers in it count, its names do not
    };

    const json::Node *node = nullptr;
    Kind kind = Kind::Text;
    const json::Node *logprobs = nullptr; ///< that tell the text once more; null: none do
};

/// What a request says, in order: messages, instructions, input and prompt; of tools what was
/// called with and what came back. Not names, ids, schemas, images and sounds, nor what is signed
/// or encrypted. Points into the tree. Pure.
std::vector<GuardText> requestTexts(QByteArrayView body, const json::Node &root,
                                    RuleDialect dialect);

/// What an answer says: texts, refusals, reasoning, and what it calls tools with. Pure.
std::vector<GuardText> answerTexts(QByteArrayView body, const json::Node &root,
                                   RuleDialect dialect);

/// What an event of a stream of the responses or messages API says that does not come in pieces, or
/// came in pieces before. Pure.
std::vector<GuardText> repeatedTexts(QByteArrayView data, const json::Node &root);

} // namespace quaygate
