#include "gateway/azure/retry_after.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace quaygate {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

using Delay = std::optional<milliseconds>;

// The longest that Azure was seen to ask for: a free trial's "retry after 86400 seconds".
constexpr double longestMs = 24.0 * 60 * 60 * 1000;

// A message is at the beginning of an error body; a long one is not searched to its end.
constexpr qsizetype longestText = 64 * 1024;

Delay fromMilliseconds(double ms) {
    if (!std::isfinite(ms) || ms < 0)
        return {};
    return milliseconds(static_cast<milliseconds::rep>(std::ceil(std::min(ms, longestMs))));
}

Delay number(const QByteArray &text, double msPerUnit) {
    bool ok = false;
    const double value = text.trimmed().toDouble(&ok);
    return ok ? fromMilliseconds(value * msPerUnit) : Delay();
}

/// "Tue, 31 Mar 2026 13:12:32 GMT"; the weekday is not looked at.
Delay untilDate(const QByteArray &text, const QDateTime &now) {
    const QString date = QString::fromLatin1(text.mid(text.indexOf(',') + 1)).trimmed();
    QDateTime then = QLocale::c().toDateTime(date, u"dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!then.isValid())
        return {};
    then = QDateTime(then.date(), then.time(), QTimeZone::utc());
    return fromMilliseconds(std::max(0.0, static_cast<double>(now.msecsTo(then))));
}

/// A reset header. Its unit differs between services and years: a bare number is seconds where the
/// renewal period of 60 seconds allows that, else milliseconds; OpenAI's "1m30s" and "20ms" name
/// theirs.
Delay resetDelay(const QByteArray &value) {
    static constexpr double renewalSeconds = 60;
    const QByteArray text = value.trimmed();
    bool bare = false;
    const double amount = text.toDouble(&bare);
    if (bare) {
        if (amount <= 0) // 0 and -1 mean "not known"
            return {};
        return fromMilliseconds(amount > renewalSeconds ? amount : amount * 1000);
    }

    static const QRegularExpression duration(
        u"\\A(?=.)(?:(\\d{1,4})h)?(?:(\\d{1,4})m(?!s))?(?:(\\d{1,6}(?:\\.\\d{1,9})?)s)?"
        "(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?\\z"_s);
    const QRegularExpressionMatch match = duration.match(QString::fromLatin1(text));
    if (!match.hasMatch())
        return {};
    return fromMilliseconds(match.captured(1).toDouble() * 3'600'000 +
                            match.captured(2).toDouble() * 60'000 +
                            match.captured(3).toDouble() * 1000 + match.captured(4).toDouble());
}

/// The longest of the reset headers: which of the limits was hit is not said.
Delay longestReset(const HeaderLookup &header) {
    Delay longest;
    for (const QByteArrayView name :
         {QByteArrayView("x-ratelimit-reset-tokens"), QByteArrayView("x-ratelimit-reset-requests"),
          QByteArrayView("x-rate-limit-reset-tokens"),
          QByteArrayView("x-rate-limit-reset-requests")}) {
        if (const Delay delay = resetDelay(header(name)); delay && (!longest || *delay > *longest))
            longest = delay;
    }
    return longest;
}

} // namespace

Delay retryAfterInText(QByteArrayView text) {
    static const QRegularExpression words(
        u"(?:retry after|try again in) (\\d{1,12}(?:\\.\\d{1,9})?) ?(milliseconds?|ms|seconds?|s)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match =
        words.match(QString::fromUtf8(text.first(std::min(text.size(), longestText))));
    if (!match.hasMatch())
        return {};
    const bool isMs = match.captured(2).startsWith(u'm', Qt::CaseInsensitive);
    return fromMilliseconds(match.captured(1).toDouble() * (isMs ? 1 : 1000));
}

Delay retryAfter(const HeaderLookup &header, QByteArrayView body, const QDateTime &now) {
    if (const Delay delay = number(header("retry-after-ms"), 1))
        return delay;
    const QByteArray after = header("retry-after");
    if (const Delay delay = number(after, 1000))
        return delay;
    if (const Delay delay = untilDate(after, now))
        return delay;
    if (const Delay delay = retryAfterInText(body))
        return delay;
    return longestReset(header);
}

} // namespace quaygate
