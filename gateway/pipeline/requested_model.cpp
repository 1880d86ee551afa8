#include "gateway/pipeline/requested_model.h"

#include "gateway/json/json_text.h"
#include "gateway/pipeline/form_field.h"

namespace quaygate {

namespace {

/// Empty, if the value is no string.
QByteArray textAt(QByteArrayView body, json::Span span) {
    const QByteArrayView value = body.sliced(span.begin, span.end - span.begin);
    if (!value.startsWith('"'))
        return {};
    const json::Parsed text = json::parse(value);
    return text.ok ? json::stringValue(value, text.root).toUtf8() : QByteArray();
}

} // namespace

Result<QByteArray> requestedModel(const HttpRequest &request, BodyKind kind) {
    if (kind == BodyKind::Json) {
        const auto span = json::findMember(request.body, "model");
        return span ? Result<QByteArray>(textAt(request.body, *span)) : span.error();
    }
    const QByteArrayView type = request.headers.find("Content-Type").value_or(QByteArrayView());
    const auto field = formField(request.body, type, "model");
    if (!field)
        return field.error();
    return field->value_or(QByteArrayView()).toByteArray();
}

QByteArray firstModelNamed(QByteArrayView body) {
    return textAt(body, json::findFirstMember(body, "model"));
}

} // namespace quaygate
