#include "gateway/simulator/managed_identity.h"

#include "gateway/simulator/json_answer.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr std::chrono::seconds usualLifetime{86'399};
const QString tenant = u"72f988bf-0000-4000-8000-2d7cd011db47"_s;
const QString systemIdentity = u"5e29463d-0000-4000-8000-000000000001"_s;

SimulatedAnswer refused(const QString &error, const QString &description) {
    SimulatedAnswer answer =
        jsonAnswer({{u"error"_s, error}, {u"error_description"_s, description}});
    answer.status = 400;
    return answer;
}

/// What both services look at; `version` is the one that they know.
std::optional<SimulatedAnswer> check(const Call &call, QByteArrayView version) {
    if (call.query("api-version") != version)
        return refused(u"bad_request_100"_s,
                       u"The api-version must be %1."_s.arg(QString::fromUtf8(version)));
    const QByteArray resource = call.query("resource");
    if (resource.isEmpty())
        return refused(u"invalid_request"_s, u"Required audience parameter not specified"_s);
    QString audience = QString::fromUtf8(resource);
    if (audience.endsWith(u'/'))
        audience.chop(1);
    if (!TokenIssuer::knowsAudience(audience))
        return refused(u"invalid_resource"_s,
                       u"AADSTS500011: The resource principal named %1 was not found in the "
                       "tenant named %2."_s.arg(audience, tenant));
    const QByteArray client = call.query("client_id");
    if (!client.isEmpty() && QUuid::fromString(QString::fromUtf8(client)).isNull())
        return refused(u"invalid_request"_s, u"Identity not found"_s);
    return std::nullopt;
}

/// All values are texts.
QJsonObject granted(const Call &call, SimulatedResource &resource) {
    const std::chrono::seconds lifetime = resource.tokenLifetime().value_or(usualLifetime);
    QString audience = QString::fromUtf8(call.query("resource"));
    if (audience.endsWith(u'/'))
        audience.chop(1);
    const QByteArray asked = call.query("client_id");
    const QString client = asked.isEmpty() ? systemIdentity : QString::fromUtf8(asked);
    const QByteArray token =
        resource.tokens().issue({tenant, client, audience}, call.now, lifetime);
    return {{u"access_token"_s, QString::fromLatin1(token)},
            {u"client_id"_s, client},
            {u"expires_on"_s, QString::number(call.seconds() + lifetime.count())},
            {u"resource"_s, QString::fromUtf8(call.query("resource"))},
            {u"token_type"_s, u"Bearer"_s}};
}

} // namespace

SimulatedAnswer grantMachineToken(const Call &call, SimulatedResource &resource) {
    const QByteArray header = call.request->headers.value("Metadata").value_or(QByteArray());
    if (header.toLower() != "true")
        return refused(u"bad_request_102"_s, u"Required metadata header not specified"_s);
    if (auto refusal = check(call, "2018-02-01"))
        return *refusal;
    QJsonObject json = granted(call, resource);
    const qint64 ends = json[u"expires_on"].toString().toLongLong();
    const QString left = QString::number(ends - call.seconds());
    json[u"expires_in"] = left;
    json[u"ext_expires_in"] = left;
    json[u"not_before"] = QString::number(call.seconds());
    return jsonAnswer(json);
}

SimulatedAnswer grantAppServiceToken(const Call &call, SimulatedResource &resource) {
    if (call.request->headers.value("X-IDENTITY-HEADER").value_or(QByteArray()).isEmpty())
        return refused(u"invalid_request"_s, u"The header X-IDENTITY-HEADER is missing."_s);
    if (auto refusal = check(call, "2019-08-01"))
        return *refusal;
    return jsonAnswer(granted(call, resource));
}

} // namespace quaygate::simulator
