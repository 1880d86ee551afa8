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

constexpr std::array secretHeaders{"api-key", "Authorization", "Ocp-Apim-Subscription-Key",
                                   "x-api-key", "Cookie"};
constexpr std::array secretQueryNames{"api-key", "subscription-key"};

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

QByteArray withoutKeys(const QByteArray &target) {
    const qsizetype question = target.indexOf('?');
    if (question < 0)
        return target;
    QList<QByteArray> pairs = target.sliced(question + 1).split('&');
    for (QByteArray &pair : pairs) {
        const QByteArray name = pair.left(pair.indexOf('='));
        const bool isSecret =
            std::any_of(secretQueryNames.begin(), secretQueryNames.end(),
                        [&](const char *secret) { return sameHeader(name, secret); });
        if (isSecret)
            pair = name + '=' + redacted;
    }
    return target.first(question + 1) + pairs.join('&');
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
    m_statistics.lastTarget = withoutKeys(request.target);
    m_statistics.lastHeaders = withoutKeys(request.headers);
    m_statistics.lastBody = request.body.left(rememberedBody);
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
