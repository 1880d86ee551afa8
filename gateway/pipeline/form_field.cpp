#include "gateway/pipeline/form_field.h"

#include "gateway/http/header_list.h"
#include "gateway/http/http_text.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// RFC 2046, 5.1.1.
constexpr qsizetype longestBoundary = 70;

Error notAForm(const QString &why) {
    return {ErrorCode::BadRequest,
            u"The body is not multipart/form-data as it says: %1."_s.arg(why),
            {}};
}

/// The parameter of a header value such as `form-data; name="model"`; nothing if it is not there.
std::optional<QByteArrayView> parameter(QByteArrayView value, QByteArrayView name) {
    qsizetype at = value.indexOf(';');
    while (at >= 0) {
        const QByteArrayView rest = trimBlanks(value.sliced(at + 1));
        const qsizetype equals = rest.indexOf('=');
        if (equals < 0)
            return std::nullopt;
        const bool wanted = sameHeader(trimBlanks(rest.first(equals)), name);
        const QByteArrayView tail = rest.sliced(equals + 1);
        const bool quoted = tail.startsWith('"');
        const qsizetype end = quoted ? tail.indexOf('"', 1) : tail.indexOf(';');
        if (quoted && end < 0)
            return std::nullopt;
        if (wanted)
            return quoted ? tail.sliced(1, end - 1) : trimBlanks(end < 0 ? tail : tail.first(end));
        const QByteArrayView after =
            end < 0 ? QByteArrayView() : tail.sliced(end + (quoted ? 1 : 0));
        const qsizetype next = after.indexOf(';');
        value = after;
        at = next;
    }
    return std::nullopt;
}

/// Whether the headers of a part, each ended by CR LF, name the field.
bool namesField(QByteArrayView headers, QByteArrayView name) {
    while (!headers.isEmpty()) {
        const qsizetype end = headers.indexOf("\r\n");
        const QByteArrayView line = end < 0 ? headers : headers.first(end);
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && sameHeader(line.first(colon), "Content-Disposition"))
            return parameter(line.sliced(colon + 1), "name") == name;
        headers = end < 0 ? QByteArrayView() : headers.sliced(end + 2);
    }
    return false;
}

/// Where the field stands in the body, or where one could be put.
struct Place {
    bool isThere = false;
    qsizetype begin = 0; ///< of its content, or of the last delimiter
    qsizetype end = 0;
};

Result<Place> findField(QByteArrayView body, QByteArrayView contentType, QByteArrayView name,
                        QByteArray &delimiter) {
    const auto boundary = parameter(contentType, "boundary");
    if (!boundary || boundary->isEmpty() || boundary->size() > longestBoundary)
        return notAForm(u"its Content-Type names no boundary"_s);
    delimiter = "--" + boundary->toByteArray();
    const QByteArray between = "\r\n" + delimiter;

    qsizetype at = body.startsWith(delimiter) ? 0 : body.indexOf(between);
    if (at < 0)
        return notAForm(u"the boundary does not stand in it"_s);
    at += body.startsWith(delimiter) ? 0 : 2;
    while (true) {
        const qsizetype partAt = at + delimiter.size();
        const QByteArrayView rest = body.sliced(partAt);
        if (rest.startsWith("--"))
            return Place{false, at, at};
        const qsizetype headersEnd = rest.indexOf("\r\n\r\n");
        if (headersEnd < 0)
            return notAForm(u"a part has no end of its headers"_s);
        const qsizetype contentAt = partAt + headersEnd + 4;
        const qsizetype contentEnd = body.indexOf(between, contentAt);
        if (contentEnd < 0)
            return notAForm(u"its last boundary is missing"_s);
        if (namesField(rest.first(headersEnd).sliced(std::min<qsizetype>(2, headersEnd)), name))
            return Place{true, contentAt, contentEnd};
        at = contentEnd + 2;
    }
}

} // namespace

Result<QByteArray> withFormField(const QByteArray &body, QByteArrayView contentType,
                                 QByteArrayView name, QByteArrayView value) {
    QByteArray delimiter;
    const auto place = findField(body, contentType, name, delimiter);
    if (!place)
        return place.error();
    if (place->isThere)
        return QByteArray(body).replace(place->begin, place->end - place->begin,
                                        value.toByteArray());
    QByteArray part = delimiter + "\r\nContent-Disposition: form-data; name=\"";
    part.append(name).append("\"\r\n\r\n").append(value).append("\r\n");
    return QByteArray(body).insert(place->begin, part);
}

Result<std::optional<QByteArrayView>> formField(QByteArrayView body, QByteArrayView contentType,
                                                QByteArrayView name) {
    QByteArray delimiter;
    const auto place = findField(body, contentType, name, delimiter);
    if (!place)
        return place.error();
    if (!place->isThere)
        return std::optional<QByteArrayView>();
    return std::optional(body.sliced(place->begin, place->end - place->begin));
}

} // namespace quaygate
