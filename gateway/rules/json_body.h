#pragma once

#include "gateway/json/json_text.h"
#include "gateway/result.h"

#include <QByteArrayView>

namespace quaygate {

/// The tree of a request's body, which is a JSON object; else BodyNotJson, saying where it ends
/// to be one.
Result<json::Node> parseBody(QByteArrayView body);

/// What the text has at the place of the node.
inline QByteArrayView textOf(QByteArrayView text, const json::Node &node) {
    return text.sliced(node.span.begin, node.span.end - node.span.begin);
}

/// UTF-8; empty unless the node is a string.
QByteArray stringOf(QByteArrayView text, const json::Node *node);

} // namespace quaygate
