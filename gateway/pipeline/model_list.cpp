#include "gateway/pipeline/model_list.h"

#include "gateway/json/json_text.h"

namespace quaygate {

namespace {

QByteArray quoted(const QByteArray &name) {
    return json::quote(QString::fromUtf8(name));
}

} // namespace

/// When a deployment was made is known to Azure only, and no client minds.
QByteArray modelEntry(const QByteArray &name, ModelShape shape) {
    if (shape == ModelShape::Anthropic)
        return R"({"type":"model","id":)" + quoted(name) + R"(,"display_name":)" + quoted(name) +
               R"(,"created_at":"1970-01-01T00:00:00Z"})";
    return R"({"id":)" + quoted(name) + R"(,"object":"model","created":0,"owned_by":"quaygate"})";
}

QByteArray modelList(const QList<QByteArray> &names, ModelShape shape) {
    QByteArrayList entries;
    for (const QByteArray &name : names)
        entries.append(modelEntry(name, shape));
    const QByteArray data = "\"data\":[" + entries.join(',') + ']';
    if (shape == ModelShape::OpenAi)
        return R"({"object":"list",)" + data + "}\n";
    const QByteArray first = names.isEmpty() ? QByteArray("null") : quoted(names.first());
    const QByteArray last = names.isEmpty() ? QByteArray("null") : quoted(names.last());
    return '{' + data + R"(,"has_more":false,"first_id":)" + first + R"(,"last_id":)" + last +
           "}\n";
}

} // namespace quaygate
