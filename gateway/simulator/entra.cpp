#include "gateway/simulator/entra.h"

#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/url_form.h"

#include <QDateTime>
#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr std::chrono::seconds usualLifetime{3599};

/// An error by its number: clients look at nothing else. %1 and %2 as the error says.
struct EntraError {
    int number;
    int status;
    const char *error;
    const char *text;
};

constexpr std::array errors{
    EntraError{70003, 400, "unsupported_grant_type",
               "The app requested an unsupported grant type '%1'."},
    EntraError{70011, 400, "invalid_scope",
               "The provided request must include a 'scope' input parameter. The provided value "
               "for the input parameter 'scope' is not valid. The scope %1 is not valid."},
    EntraError{90002, 400, "invalid_request",
               "Tenant '%1' not found. Check to make sure you have the correct tenant ID and are "
               "signing into the correct cloud. Check with your subscription administrator, this "
               "may happen if there are no active subscriptions for the tenant."},
    EntraError{500011, 400, "invalid_resource",
               "The resource principal named %1 was not found in the tenant named %2. This can "
               "happen if the application has not been installed by the administrator of the "
               "tenant or consented to by any user in the tenant. You might have sent your "
               "authentication request to the wrong tenant."},
    EntraError{700016, 400, "unauthorized_client",
               "Application with identifier '%1' was not found in the directory '%2'. This can "
               "happen if the application has not been installed by the administrator of the "
               "tenant or consented to by any user in the tenant. You may have sent your "
               "authentication request to the wrong tenant."},
    EntraError{900144, 400, "invalid_request",
               "The request body must contain the following parameter: '%1'."},
    EntraError{7000215, 401, "invalid_client",
               "Invalid client secret provided. Ensure the secret being sent in the request is "
               "the client secret value, not the client secret ID, for a secret added to app "
               "'%1'."},
    EntraError{7000216, 401, "invalid_client",
               "'client_assertion', 'client_secret' or 'request' is required for the "
               "'client_credentials' grant type."},
    EntraError{7000222, 401, "invalid_client",
               "The provided client secret keys for app '%1' are expired. Visit the Azure portal "
               "to create new keys for your app: https://aka.ms/NewClientSecret, or consider "
               "using certificate credentials for added security: https://aka.ms/certCreds."},
};

const EntraError &errorOf(int number) {
    return *std::find_if(errors.begin(), errors.end(),
                         [number](const EntraError &each) { return each.number == number; });
}

/// What is wrong, by number and what to put into its text.
struct Problem {
    int number;
    QString first;
    QString second;
};

/// "client_credentials" of a form, read.
struct Wish {
    QString tenant;
    QString client;
    QString scope;
    QByteArray secret;
    QString grantType;
};

/// A GUID that is not all zeros.
bool isKnownGuid(const QString &text) {
    return !QUuid::fromString(text).isNull();
}

bool isKnownTenant(const QString &tenant) {
    return isKnownGuid(tenant) || (tenant.contains(u'.') && !tenant.startsWith(u"unknown."));
}

/// "https://cognitiveservices.azure.com/.default" without its end; empty if it does not end so.
QString audienceOf(const QString &scope) {
    static const QString end = u"/.default"_s;
    return scope.endsWith(end) ? scope.chopped(end.size()) : QString();
}

std::optional<Problem> problemOf(const Wish &wish, const SimulatedResource &resource) {
    if (!isKnownTenant(wish.tenant))
        return Problem{90002, wish.tenant, {}};
    if (wish.grantType.isEmpty())
        return Problem{900144, u"grant_type"_s, {}};
    if (wish.grantType != u"client_credentials")
        return Problem{70003, wish.grantType, {}};
    if (wish.client.isEmpty())
        return Problem{900144, u"client_id"_s, {}};
    if (!isKnownGuid(wish.client))
        return Problem{700016, wish.client, wish.tenant};
    if (wish.scope.isEmpty())
        return Problem{900144, u"scope"_s, {}};
    const QString audience = audienceOf(wish.scope);
    if (audience.isEmpty())
        return Problem{70011, wish.scope, {}};
    if (!TokenIssuer::knowsAudience(audience))
        return Problem{500011, audience, wish.tenant};
    if (wish.secret.isEmpty())
        return Problem{7000216, {}, {}};
    if (wish.secret == "expired-secret")
        return Problem{7000222, wish.client, {}};
    if (wish.secret == "wrong-secret" || !resource.accepts(wish.secret))
        return Problem{7000215, wish.client, {}};
    return std::nullopt;
}

SimulatedAnswer refused(const Problem &problem, const Call &call, SimulatedResource &resource) {
    const EntraError &error = errorOf(problem.number);
    QString text = QLatin1StringView(error.text);
    text.replace(u"%1"_s, problem.first).replace(u"%2"_s, problem.second);
    const QString trace = QString::fromLatin1(resource.guid());
    const QString correlation = QString::fromLatin1(resource.guid());
    const QString time =
        QDateTime::fromSecsSinceEpoch(call.seconds()).toUTC().toString(u"yyyy-MM-dd hh:mm:ss'Z'"_s);
    SimulatedAnswer answer = jsonAnswer(
        {{u"error"_s, QLatin1StringView(error.error)},
         {u"error_description"_s, QString(u"AADSTS%1: "_s.arg(error.number) + text +
                                          u" Trace ID: %1 Correlation ID: %2 Timestamp: %3"_s.arg(
                                              trace, correlation, time))},
         {u"error_codes"_s, QJsonArray{error.number}},
         {u"timestamp"_s, time},
         {u"trace_id"_s, trace},
         {u"correlation_id"_s, correlation},
         {u"error_uri"_s, u"https://login.microsoftonline.com/error?code=%1"_s.arg(error.number)}});
    answer.status = error.status;
    return answer;
}

} // namespace

SimulatedAnswer grantToken(const Call &call, SimulatedResource &resource) {
    const QByteArray &form = call.request->body;
    const Wish wish{call.item, QString::fromUtf8(formValue(form, "client_id")),
                    QString::fromUtf8(formValue(form, "scope")), formValue(form, "client_secret"),
                    QString::fromUtf8(formValue(form, "grant_type"))};
    if (const auto problem = problemOf(wish, resource))
        return refused(*problem, call, resource);
    const std::chrono::seconds lifetime = resource.tokenLifetime().value_or(usualLifetime);
    const QByteArray token = resource.tokens().issue(
        {wish.tenant, wish.client, audienceOf(wish.scope)}, call.now, lifetime);
    return jsonAnswer({{u"token_type"_s, u"Bearer"_s},
                       {u"expires_in"_s, static_cast<qint64>(lifetime.count())},
                       {u"ext_expires_in"_s, static_cast<qint64>(lifetime.count())},
                       {u"access_token"_s, QString::fromLatin1(token)}});
}

} // namespace quaygate::simulator
