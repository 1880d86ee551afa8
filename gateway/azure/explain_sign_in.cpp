#include "gateway/azure/explain_sign_in.h"

#include "gateway/azure/entra_errors.h"
#include "gateway/azure/error_reading.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype longestDetail = 400;

Error failed(const QString &message, const QString &detail) {
    return {ErrorCode::SignInFailed, message, detail};
}

/// What was said, in one line and without what only Entra ID's support can use.
QString detailOf(const QString &text) {
    QString line = text;
    for (const QLatin1StringView tail : {"Trace ID:"_L1, "Correlation ID:"_L1, "Timestamp:"_L1}) {
        const qsizetype at = line.indexOf(tail);
        if (at >= 0)
            line.truncate(at);
    }
    line = line.simplified();
    return line.size() > longestDetail ? line.left(longestDetail) + u'\u2026' : line;
}

QString filled(QString text, const TokenIdentity &identity) {
    if (identity.tenant.isEmpty()) { // `az` then asks the tenant that it is logged in to
        text.replace(u" “{tenant}”"_s, QString());
        text.replace(u" --tenant {tenant}"_s, QString());
    }
    return text.replace("{tenant}"_L1, identity.tenant)
        .replace("{app}"_L1, identity.clientId)
        .replace("{secret}"_L1, identity.secret.name)
        .replace("{scope}"_L1, identity.scope);
}

/// A known text in what a service or program says, and what it means.
struct Row {
    QLatin1StringView says;
    const char16_t *text;
};

template<std::size_t N>
const Row *rowFor(const Row (&rows)[N], const QString &said) {
    const Row *const found = std::find_if(std::begin(rows), std::end(rows), [&](const Row &row) {
        return said.contains(row.says, Qt::CaseInsensitive);
    });
    return found == std::end(rows) ? nullptr : found;
}

bool isPage(const QByteArray &body) {
    return body.trimmed().startsWith('<');
}

/// By the status alone; `whose` is "Entra ID", "The machine's token service".
QString textForStatus(const QString &whose, int status) {
    if (status == 429)
        return u"%1 gets too many requests (429); try again in a little while."_s.arg(whose);
    if (status >= 500)
        return u"%1 failed (%2); this passes by itself, try again in a little while."_s.arg(whose)
            .arg(status);
    return u"%1 gave no token (%2); check the settings of this backend's sign-in."_s.arg(whose).arg(
        status);
}

constexpr Row identityRows[] = {
    {"multiple user assigned identities"_L1,
     u"This machine has several managed identities; write the client ID of the one to use."},
    {"Identity not found"_L1,
     u"This machine has no such managed identity; switch one on under Identity in the portal, or "
     "correct the client ID."},
    {"No User Assigned or Delegated Managed Identity"_L1,
     u"This app has no managed identity with that client ID; assign it under Identity in the "
     "portal, or correct the client ID."},
    {"No Managed Identity found"_L1,
     u"This app has no managed identity; switch one on under Identity in the portal and restart "
     "the app."},
    {"unauthorized"_L1,
     u"The machine's token service refused the request; restart Quaygate so that it reads "
     "IDENTITY_ENDPOINT and IDENTITY_HEADER anew."},
};

constexpr Row cliRows[] = {
    {"setup account"_L1, u"The Azure CLI is not logged in; run `az login` and try again."},
    {"az login"_L1, u"The login of the Azure CLI has ended; run `az login` and try again."},
    {"No subscription"_L1, u"The Azure CLI is logged in, but sees no subscription; run `az login "
                           "--tenant TENANT` with the tenant of the resource."},
    {"Interactive authentication is needed"_L1,
     u"The login of the Azure CLI has ended; run `az login` and try again."},
    {"CERTIFICATE_VERIFY_FAILED"_L1,
     u"The Azure CLI does not trust the certificate it was shown, as behind a company's proxy; set "
     "REQUESTS_CA_BUNDLE to the file of the company's authority."},
    {"Max retries exceeded"_L1,
     u"The Azure CLI does not reach Entra ID; check the network and its proxy settings."},
    {"Failed to establish a new connection"_L1,
     u"The Azure CLI does not reach Entra ID; check the network and its proxy settings."},
    {"Could not retrieve credential from local cache"_L1,
     u"The Azure CLI has lost its login; run `az login` and try again."},
    {"unrecognized arguments"_L1,
     u"The Azure CLI is too old for Quaygate; update it with `az upgrade`."},
};

} // namespace

Error explainEntraError(const TokenIdentity &identity, int status, const QByteArray &body) {
    if (isPage(body))
        return failed(u"A web page answered in place of Entra ID (%1); check the authority, and "
                      "whether a proxy of this network wants a sign-in of its own."_s.arg(status),
                      detailOf(readAzureError(body).message));
    const QString said = readAzureError(body).message;
    const auto number = entraErrorNumber(body);
    const QString known = number ? entraErrorText(*number) : QString();
    if (!known.isEmpty())
        return failed(filled(known, identity), detailOf(said));
    if (number && status < 500)
        return failed(
            u"Entra ID refused the sign-in with the error AADSTS%1; "
            "https://login.microsoftonline.com/error?code=%1 says what it means."_s.arg(*number),
            detailOf(said));
    return failed(textForStatus(u"Entra ID"_s, status), detailOf(said));
}

Error explainManagedIdentityError(const TokenIdentity &identity, int status,
                                  const QByteArray &body) {
    const AzureError error = readAzureError(body);
    if (const Row *const row = rowFor(identityRows, error.message + u' ' + error.code))
        return failed(QString::fromUtf16(row->text), detailOf(error.message));
    const auto number = entraErrorNumber(body);
    const QString known = number ? entraErrorText(*number) : QString();
    if (!known.isEmpty())
        return failed(filled(known, identity), detailOf(error.message));
    if (status == 404 || status == 405 || isPage(body))
        return failed(u"What answers in place of the machine's token service is none (%1); leave "
                      "the identity's endpoint out, or correct it."_s.arg(status),
                      detailOf(error.message));
    return failed(textForStatus(u"The machine's token service"_s, status), detailOf(error.message));
}

Error explainNoMetadataService(const TokenIdentity &identity, const Error &failure) {
    if (!identity.endpoint.isEmpty())
        return failed(u"The identity's endpoint does not answer; leave it out, or correct it. "_s +
                          failure.message,
                      failure.detail);
    return failed(u"This machine offers no managed identity: only machines and apps in Azure do. "
                  "Elsewhere, sign in with the Azure CLI or a client secret."_s,
                  failure.message);
}

Error explainAzureCliError(const TokenIdentity &identity, int exitCode, const QByteArray &errors) {
    const QString said = QString::fromLocal8Bit(errors);
    const auto number = entraErrorNumber(errors);
    const QString known = number ? entraErrorText(*number) : QString();
    if (!known.isEmpty())
        return failed(filled(known, identity), detailOf(said));
    if (const Row *const row = rowFor(cliRows, said))
        return failed(QString::fromUtf16(row->text), detailOf(said));
    return failed(u"The Azure CLI (az) gave no token and ended with code %1; run `az account "
                  "get-access-token` to see why."_s.arg(exitCode),
                  detailOf(said));
}

Error azureCliMissing() {
    return failed(u"The Azure CLI (az) was not found on the PATH; install it, run `az login`, and "
                  "start Quaygate anew."_s,
                  {});
}

Error azureCliHangs(int seconds) {
    return failed(u"The Azure CLI (az) has not answered in %1 seconds; run `az account "
                  "get-access-token` to see what it waits for."_s.arg(seconds),
                  {});
}

Error azureCliBroken(const QString &detail) {
    return failed(u"The Azure CLI (az) could not be run; run `az version` to see whether it "
                  "works."_s,
                  detail);
}

} // namespace quaygate
