#include "gateway/azure/token_answer.h"

#include "gateway/json/json_text.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;
using std::chrono::seconds;

/// No token lives longer; a service that says so is not believed.
constexpr qint64 longestLife = qint64(7) * 24 * 60 * 60;

QByteArrayView bytesOf(QByteArrayView text, const Node &node) {
    return text.sliced(node.span.begin, node.span.end - node.span.begin);
}

/// A token as the text has it; never by way of a QString, which would keep a copy. Nothing in a
/// token needs an escape, and what needs one is none.
Secret tokenOf(QByteArrayView text, const Node *node) {
    if (node == nullptr || node->type != Node::Type::String)
        return {};
    const QByteArrayView quoted = bytesOf(text, *node);
    const QByteArrayView inner = quoted.sliced(1, quoted.size() - 2);
    const bool sendable = std::all_of(inner.begin(), inner.end(), [](char c) {
        return c > ' ' && c <= '~' && c != '\\' && c != '"';
    });
    return sendable && !inner.isEmpty() ? Secret(inner.toByteArray()) : Secret();
}

/// A positive number, which may be written as a text.
std::optional<qint64> numberOf(QByteArrayView text, const Node *node) {
    if (node == nullptr)
        return std::nullopt;
    const QByteArray digits = node->type == Node::Type::String
                                  ? json::stringValue(text, *node).toLatin1()
                                  : bytesOf(text, *node).toByteArray();
    bool ok = false;
    const double number = digits.toDouble(&ok);
    return ok && number > 0 && number < 1e11 ? std::optional(qint64(number)) : std::nullopt;
}

WallTime later(WallTime now, qint64 after) {
    return now + seconds(std::min(after, longestLife));
}

std::optional<WallTime> localTime(QByteArrayView text, const Node *node) {
    if (node == nullptr || node->type != Node::Type::String)
        return std::nullopt;
    // "2026-11-22 16:44:42.000000": finer than what Qt reads, and than anybody needs.
    const QString written = json::stringValue(text, *node).left(19);
    const QDateTime time = QDateTime::fromString(written, u"yyyy-MM-dd hh:mm:ss"_s);
    if (!time.isValid())
        return std::nullopt;
    return WallTime(seconds(time.toSecsSinceEpoch()));
}

Error unreadable(const QString &whose) {
    return {ErrorCode::SignInFailed,
            u"%1 gave an answer that holds no token; something else may answer in its "
            "place."_s.arg(whose),
            {}};
}

} // namespace

Result<AccessToken> readTokenAnswer(QByteArrayView body, WallTime now) {
    const json::Parsed parsed = json::parse(body, 16);
    const Node &root = parsed.root;
    AccessToken answer{tokenOf(body, root.find("access_token")), {}, {}};
    const auto lasts = numberOf(body, root.find("expires_in"));
    const auto ends = numberOf(body, root.find("expires_on"));
    if (!parsed.ok || answer.token.isEmpty() || (!lasts && !ends))
        return unreadable(u"The token service"_s);
    answer.expires = lasts ? later(now, *lasts) : WallTime(seconds(*ends));
    if (const auto refresh = numberOf(body, root.find("refresh_in")))
        answer.refresh = later(now, *refresh);
    return answer;
}

Result<AccessToken> readAzureCliAnswer(QByteArrayView output) {
    const json::Parsed parsed = json::parse(output, 16);
    const Node &root = parsed.root;
    AccessToken answer{tokenOf(output, root.find("accessToken")), {}, {}};
    const auto ends = numberOf(output, root.find("expires_on"));
    const auto local = localTime(output, root.find("expiresOn"));
    if (!parsed.ok || answer.token.isEmpty() || (!ends && !local))
        return unreadable(u"The Azure CLI (az)"_s);
    answer.expires = ends ? WallTime(seconds(*ends)) : *local;
    return answer;
}

} // namespace quaygate
