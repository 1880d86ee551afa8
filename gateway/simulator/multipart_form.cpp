#include "gateway/simulator/multipart_form.h"

#include "gateway/http/header_list.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qsizetype mostParts = 1000;

/// The value of `name=value` or `name="value"` in a header's parameters.
std::optional<QByteArray> parameterOf(QByteArrayView header, QByteArrayView name) {
    bool quoted = false;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= header.size(); ++i) {
        if (i < header.size() && header[i] == '"')
            quoted = !quoted;
        if (i < header.size() && (quoted || header[i] != ';'))
            continue;
        const QByteArrayView field = header.sliced(start, i - start).trimmed();
        start = i + 1;
        const qsizetype equals = field.indexOf('=');
        if (equals < 0 || !sameHeader(field.first(equals).trimmed(), name))
            continue;
        QByteArrayView value = field.sliced(equals + 1).trimmed();
        if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value.toByteArray();
    }
    return std::nullopt;
}

void readPartHeader(FormPart &part, QByteArrayView line) {
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return;
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (sameHeader(line.first(colon), "Content-Type"))
        part.contentType = value.toByteArray();
    if (!sameHeader(line.first(colon), "Content-Disposition"))
        return;
    part.name = QString::fromUtf8(parameterOf(value, "name").value_or(QByteArray()));
    part.filename = QString::fromUtf8(parameterOf(value, "filename").value_or(QByteArray()));
}

std::optional<FormPart> readPart(QByteArrayView text) {
    const qsizetype end = text.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    FormPart part;
    for (const QByteArray &line : text.first(end).toByteArray().split('\n'))
        readPartHeader(part, line.trimmed());
    part.bytes = text.sliced(end + 4).toByteArray();
    return part.name.isEmpty() ? std::nullopt : std::optional(part);
}

/// "image[]" and "image[0]" are "image".
QStringView withoutIndex(QStringView name) {
    const qsizetype bracket = name.endsWith(u']') ? name.lastIndexOf(u'[') : -1;
    return bracket > 0 ? name.first(bracket) : name;
}

bool isNamed(const FormPart &part, QStringView name) {
    return part.name == name || withoutIndex(part.name) == name;
}

} // namespace

const FormPart *MultipartForm::find(QStringView name) const {
    const auto found = std::find_if(m_parts.begin(), m_parts.end(),
                                    [name](const FormPart &part) { return isNamed(part, name); });
    return found == m_parts.end() ? nullptr : &*found;
}

qsizetype MultipartForm::count(QStringView name) const {
    return std::count_if(m_parts.begin(), m_parts.end(),
                         [name](const FormPart &part) { return isNamed(part, name); });
}

QString MultipartForm::text(QStringView name) const {
    const FormPart *const part = find(name);
    return part ? QString::fromUtf8(part->bytes) : QString();
}

std::optional<MultipartForm> readMultipartForm(QByteArrayView contentType, QByteArrayView body) {
    const QByteArrayView type = contentType.first(
        contentType.contains(';') ? contentType.indexOf(';') : contentType.size());
    const std::optional<QByteArray> boundary = parameterOf(contentType, "boundary");
    if (!sameHeader(type.trimmed(), "multipart/form-data") || !boundary || boundary->isEmpty())
        return std::nullopt;

    const QByteArray first = "--" + *boundary;
    const QByteArray delimiter = "\r\n" + first;
    qsizetype at = body.startsWith(first) ? first.size() : body.indexOf(delimiter);
    if (at < 0)
        return std::nullopt;
    if (!body.startsWith(first))
        at += delimiter.size();

    QList<FormPart> parts;
    while (body.sliced(at, std::min<qsizetype>(2, body.size() - at)) == "\r\n") {
        const qsizetype end = body.indexOf(delimiter, at);
        if (end < 0 || parts.size() == mostParts)
            return std::nullopt;
        const std::optional<FormPart> part = readPart(body.sliced(at + 2, end - at - 2));
        if (!part)
            return std::nullopt;
        parts.append(*part);
        at = end + delimiter.size();
    }
    if (!body.sliced(at).startsWith("--"))
        return std::nullopt;
    return MultipartForm(std::move(parts));
}

} // namespace quaygate::simulator
