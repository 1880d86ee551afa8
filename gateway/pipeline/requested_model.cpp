#include "gateway/pipeline/requested_model.h"

#include "gateway/json/json_text.h"
#include "gateway/pipeline/form_field.h"

namespace quaygate {

namespace {

Result<QByteArray> memberText(QByteArrayView body) {
    const auto span = json::findMember(body, "model");
    if (!span)
        return span.error();
    const QByteArrayView value = body.sliced(span->begin, span->end - span->begin);
    if (!value.startsWith('"'))
        return QByteArray();
    const json::Parsed text = json::parse(value);
    return text.ok ? json::stringValue(value, text.root).toUtf8() : QByteArray();
}

} // namespace

Result<QByteArray> requestedModel(const HttpRequest &request, BodyKind kind) {
    if (kind == BodyKind::Json)
        return memberText(request.body);
    const QByteArrayView type = request.headers.find("Content-Type").value_or(QByteArrayView());
    const auto field = formField(request.body, type, "model");
    if (!field)
        return field.error();
    return field->value_or(QByteArrayView()).toByteArray();
}

} // namespace quaygate
