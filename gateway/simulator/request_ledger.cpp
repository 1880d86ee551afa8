#include "gateway/simulator/request_ledger.h"

#include "gateway/simulator/key_check.h"

#include <QCryptographicHash>
#include <QMutexLocker>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qsizetype rememberedBody = 64 * 1024;
constexpr auto redacted = "(redacted)";

constexpr std::array secretHeaders{"api-key",   "Authorization",     "Ocp-Apim-Subscription-Key",
                                   "x-api-key", "X-IDENTITY-HEADER", "Cookie"};
constexpr std::array secretNames{"api-key", "subscription-key", "client_secret"};

HeaderList withoutKeys(const HeaderList &headers) {
    HeaderList list;
    for (const Header &header : headers) {
        const bool isSecret =
            std::any_of(secretHeaders.begin(), secretHeaders.end(),
                        [&](const char *name) { return sameHeader(header.name, name); });
        list.append(header.name, isSecret ? QByteArray(redacted) : header.value);
    }
    return list;
}

/// Of `name=value&…`.
QByteArray pairsWithoutKeys(const QByteArray &pairs) {
    QList<QByteArray> list = pairs.split('&');
    for (QByteArray &pair : list) {
        const QByteArray name = pair.left(pair.indexOf('='));
        const bool isSecret =
            std::any_of(secretNames.begin(), secretNames.end(),
                        [&](const char *secret) { return sameHeader(name, secret); });
        if (isSecret)
            pair = name + '=' + redacted;
    }
    return list.join('&');
}

QByteArray targetWithoutKeys(const QByteArray &target) {
    const qsizetype question = target.indexOf('?');
    return question < 0
               ? target
               : target.first(question + 1) + pairsWithoutKeys(target.sliced(question + 1));
}

QByteArray bodyWithoutKeys(const HttpRequest &request) {
    const QByteArray type = request.headers.value("Content-Type").value_or(QByteArray());
    return type.startsWith("application/x-www-form-urlencoded") ? pairsWithoutKeys(request.body)
                                                                : request.body;
}

QByteArray hashOf(const QByteArray &key) {
    return key.isEmpty() ? QByteArray()
                         : QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex();
}

} // namespace

void RequestLedger::requestCame(const HttpRequest &request, bool keyMatched) {
    const QMutexLocker lock(&m_mutex);
    ++m_statistics.requests;
    ++m_statistics.inFlight;
    m_statistics.lastMethod = request.method;
    m_statistics.lastTarget = targetWithoutKeys(request.target);
    m_statistics.lastHeaders = withoutKeys(request.headers);
    m_statistics.lastBody = bodyWithoutKeys(request).left(rememberedBody);
    m_statistics.lastKeyHash = hashOf(presentedKey(request));
    m_statistics.lastKeyMatched = keyMatched;
}

void RequestLedger::requestEnded(AnswerPlayer::Outcome outcome) {
    const QMutexLocker lock(&m_mutex);
    --m_statistics.inFlight;
    switch (outcome) {
    case AnswerPlayer::Outcome::Completed:
        ++m_statistics.completed;
        break;
    case AnswerPlayer::Outcome::Cancelled:
        ++m_statistics.cancelled;
        break;
    case AnswerPlayer::Outcome::Cut:
        ++m_statistics.cut;
        break;
    }
}

SimulatorStatistics RequestLedger::statistics() const {
    const QMutexLocker lock(&m_mutex);
    return m_statistics;
}

} // namespace quaygate::simulator
