#include "gateway/simulator/token_issuer.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr auto base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

struct Audience {
    const char *uri;
    bool isThisResource; ///< its tokens open the data plane
};

constexpr std::array audiences{
    Audience{"https://cognitiveservices.azure.com", true},
    Audience{"https://cognitiveservices.azure.us", true},
    Audience{"https://cognitiveservices.azure.cn", true},
    Audience{"https://ai.azure.com", true},
    Audience{"https://ai.azure.us", true},
    Audience{"https://management.azure.com", false},
    Audience{"https://graph.microsoft.com", false},
};

const Audience *audienceNamed(const QString &uri) {
    const auto found =
        std::find_if(audiences.begin(), audiences.end(), [&](const Audience &audience) {
            return uri == QLatin1StringView(audience.uri);
        });
    return found == audiences.end() ? nullptr : &*found;
}

QByteArray encoded(const QJsonObject &json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toBase64(base64);
}

qint64 seconds(Instant time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

QByteArray TokenIssuer::issue(const TokenClaims &claims, Instant now,
                              std::chrono::seconds lifetime) const {
    const QByteArray head = encoded({{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"JWT"_s}});
    const QByteArray body =
        encoded({{u"aud"_s, claims.audience},
                 {u"iss"_s, QString(u"https://sts.windows.net/"_s + claims.tenant + u'/')},
                 {u"iat"_s, seconds(now)},
                 {u"nbf"_s, seconds(now)},
                 {u"exp"_s, seconds(now + lifetime)},
                 {u"appid"_s, claims.client},
                 {u"idtyp"_s, u"app"_s},
                 {u"tid"_s, claims.tenant},
                 {u"ver"_s, u"1.0"_s}});
    const QByteArray text = head + '.' + body;
    return text + '.' + signatureOf(text);
}

TokenIssuer::Verdict TokenIssuer::judge(QByteArrayView token, Instant now) const {
    const QList<QByteArray> parts = token.toByteArray().split('.');
    if (parts.size() != 3 || parts[2] != signatureOf(parts[0] + '.' + parts[1]))
        return Verdict::Foreign;
    const QJsonObject claims =
        QJsonDocument::fromJson(QByteArray::fromBase64(parts[1], base64)).object();
    if (seconds(now) >= claims[u"exp"].toInteger())
        return Verdict::Expired;
    const Audience *const audience = audienceNamed(claims[u"aud"].toString());
    return audience && audience->isThisResource ? Verdict::Good : Verdict::WrongAudience;
}

bool TokenIssuer::knowsAudience(const QString &audience) {
    return audienceNamed(audience) != nullptr;
}

QByteArray TokenIssuer::signatureOf(QByteArrayView text) const {
    return QMessageAuthenticationCode::hash(text.toByteArray(), m_key, QCryptographicHash::Sha256)
        .toBase64(base64);
}

} // namespace quaygate::simulator
