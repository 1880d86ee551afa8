#include "gateway/dialects/json_view.h"

#include <QString>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

JsonView JsonView::operator[](QByteArrayView key) const {
    if (!isObject())
        return {};
    const json::Node *found = m_node->find(key);
    return found ? JsonView(m_text, *found) : JsonView();
}

std::vector<JsonView> JsonView::elements() const {
    std::vector<JsonView> views;
    if (!isArray())
        return views;
    views.reserve(m_node->elements.size());
    for (const json::Node &element : m_node->elements)
        views.emplace_back(m_text, element);
    return views;
}

QByteArrayView JsonView::raw() const {
    if (!m_node)
        return {};
    return m_text.sliced(m_node->span.begin, m_node->span.end - m_node->span.begin);
}

QByteArrayView JsonView::inside() const {
    if (!isString())
        return {};
    const QByteArrayView literal = raw();
    return literal.sliced(1, literal.size() - 2);
}

QByteArray JsonView::string() const {
    const QByteArrayView escaped = inside();
    if (!escaped.contains('\\'))
        return escaped.toByteArray();
    return json::stringValue(m_text, *m_node).toUtf8();
}

std::optional<qint64> JsonView::integer() const {
    if (!isNumber())
        return std::nullopt;
    bool ok = false;
    const qint64 value = raw().toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

Error notAnObject(const JsonDocument &document) {
    const json::SyntaxError &error = document.error();
    const QString why = error.message.isEmpty() ? u"it must start with “{”"_s : error.message;
    return Error{ErrorCode::BodyNotJson,
                 u"The request body is not a JSON object: line %1, column %2: %3."_s.arg(
                     QString::number(error.line), QString::number(error.column), why),
                 {}};
}

} // namespace quaygate::dialects
