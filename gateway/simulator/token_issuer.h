#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QByteArray>
#include <QString>

namespace quaygate::simulator {

/// Whom a token is for.
struct TokenClaims {
    QString tenant;
    QString client;
    QString audience;
};

/// Makes the access tokens of the simulated Entra ID and knows them again by their signature, so
/// that nothing needs to be remembered. Pure but for its key.
class TokenIssuer {
public:
    enum class Verdict {
        Foreign, ///< not one of ours
        Good,
        Expired,
        WrongAudience, ///< of a service that is not this one
    };

    explicit TokenIssuer(QByteArray key) : m_key(std::move(key)) {}

    /// A signed JWT.
    QByteArray issue(const TokenClaims &claims, Instant now, std::chrono::seconds lifetime) const;
    Verdict judge(QByteArrayView token, Instant now) const;

    /// Whether there is a service of that name: "https://cognitiveservices.azure.com".
    static bool knowsAudience(const QString &audience);

private:
    QByteArray signatureOf(QByteArrayView text) const;

    QByteArray m_key;
};

} // namespace quaygate::simulator
