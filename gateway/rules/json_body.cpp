#include "gateway/rules/json_body.h"

#include "gateway/json/escape.h"

using namespace Qt::StringLiterals;

namespace quaygate {

Result<json::Node> parseBody(QByteArrayView body) {
    json::Parsed parsed = json::parse(body);
    if (!parsed.ok)
        return Error{ErrorCode::BodyNotJson,
                     u"The request body is not JSON: line %1, column %2: %3."_s.arg(
                         QString::number(parsed.error.line), QString::number(parsed.error.column),
                         parsed.error.message),
                     {}};
    if (parsed.root.type != json::Node::Type::Object)
        return Error{ErrorCode::BodyNotJson,
                     u"The request body is JSON, but no object: it must start with “{”."_s,
                     {}};
    return std::move(parsed.root);
}

QByteArray stringOf(QByteArrayView text, const json::Node *node) {
    if (!node || node->type != json::Node::Type::String)
        return {};
    const json::Span span = node->span;
    return json::unescape(text.sliced(span.begin + 1, span.end - span.begin - 2));
}

} // namespace quaygate
