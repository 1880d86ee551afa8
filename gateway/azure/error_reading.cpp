#include "gateway/azure/error_reading.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QRegularExpression>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

// An error is small; of anything larger only the beginning of a page is looked at.
constexpr qsizetype longestHtml = 64 * 1024;
constexpr qsizetype longestMessage = 600;

/// `code` and `statusCode` come as string, number or null.
QString scalarText(const QJsonValue &value) {
    if (value.isDouble())
        return QString::number(value.toInteger());
    return value.toString();
}

QString oneLine(const QString &text) {
    const QString line = text.simplified();
    return line.size() > longestMessage ? line.left(longestMessage) + u'\u2026' : line;
}

/// The inner error's code, by each of its names.
QString innerCode(const QJsonObject &error) {
    for (const QLatin1StringView name : {"innererror"_L1, "inner_error"_L1}) {
        const QString code = scalarText(error.value(name).toObject().value("code"_L1));
        if (!code.isEmpty())
            return code;
    }
    return {};
}

AzureError readObject(const QJsonObject &object) {
    AzureError error;
    error.code = scalarText(object.value("code"_L1));
    if (error.code.isEmpty())
        error.code = scalarText(object.value("statusCode"_L1));
    if (error.code.isEmpty())
        error.code = innerCode(object);
    error.message = oneLine(object.value("message"_L1).toString());
    error.type = object.value("type"_L1).toString();
    error.param = object.value("param"_L1).toString();
    return error;
}

AzureError readJson(const QJsonObject &root) {
    const QJsonValue inner = root.value("error"_L1);
    if (inner.isObject())
        return readObject(inner.toObject());
    if (!inner.isString())
        return readObject(root);
    // {"error": "text"}, and OAuth's {"error": "code", "error_description": "text"}.
    const QString description = root.value("error_description"_L1).toString();
    AzureError error;
    error.code = description.isEmpty() ? QString() : inner.toString();
    error.message = oneLine(description.isEmpty() ? inner.toString() : description);
    return error;
}

QString htmlTitle(const QString &page) {
    static const QRegularExpression title(u"<(title|h1)\\b[^>]*>([^<]*)</\\1\\s*>"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return oneLine(title.match(page).captured(2));
}

bool looksLikeHtml(const QString &text) {
    const QString start = text.left(1024).trimmed();
    return start.startsWith("<!doctype"_L1, Qt::CaseInsensitive) ||
           start.contains("<html"_L1, Qt::CaseInsensitive);
}

} // namespace

AzureError readAzureError(const QByteArray &body) {
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return readJson(document.object());

    AzureError error;
    const QString text = QString::fromUtf8(body.left(longestHtml));
    error.message = looksLikeHtml(text) ? htmlTitle(text) : oneLine(text);
    return error;
}

} // namespace quaygate
