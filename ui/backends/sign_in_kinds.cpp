#include "ui/backends/sign_in_kinds.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

SignInKind keychainKey() {
    return {Auth::Kind::Keychain,
            Words::tr("API key in the keychain"),
            Words::tr("The key stays in this computer's keychain and is in no file."),
            SignInSecret::Key,
            {},
            {&Auth::header}};
}

SignInKind environmentKey() {
    return {Auth::Kind::Environment,
            Words::tr("API key from an environment variable"),
            Words::tr("For services and containers: the key comes with the environment that "
                      "Quaygate is started in."),
            SignInSecret::None,
            {{&Auth::name, u"/auth/name"_s, u"variable"_s, Words::tr("Environment &variable"),
              u"AZURE_OPENAI_API_KEY"_s,
              Words::tr("Read when Quaygate starts and when the configuration is read again.")}},
            {&Auth::header}};
}

SignInKind entraApplication() {
    return {Auth::Kind::EntraClientSecret,
            Words::tr("Entra ID application"),
            Words::tr("A token for an app registration, got with its client secret. The app needs "
                      "the role Cognitive Services OpenAI User on the resource."),
            SignInSecret::ClientSecret,
            {{&Auth::tenantId,
              u"/auth/tenantId"_s,
              u"tenantId"_s,
              Words::tr("&Tenant"),
              Words::tr("the directory's ID, or contoso.onmicrosoft.com"),
              {}},
             {&Auth::clientId, u"/auth/clientId"_s, u"applicationId"_s, Words::tr("&Client ID"),
              u"11111111-2222-3333-4444-555555555555"_s,
              Words::tr("“Application (client) ID” on the overview page of the app.")}},
            {&Auth::authority, &Auth::scope}};
}

SignInKind managedIdentity() {
    return {Auth::Kind::EntraManagedIdentity,
            Words::tr("Managed identity"),
            Words::tr("A token of the Azure machine or app that Quaygate runs on. Nothing has to "
                      "be kept."),
            SignInSecret::None,
            {{&Auth::clientId, u"/auth/clientId"_s, u"identityId"_s, Words::tr("&Client ID"),
              Words::tr("the machine's own identity"),
              Words::tr("Only for an identity that is assigned by a user.")}},
            {&Auth::endpoint, &Auth::scope}};
}

SignInKind azureCli() {
    return {Auth::Kind::AzureCli,
            Words::tr("Azure CLI"),
            Words::tr("A token of whoever ran “az login” on this computer."),
            SignInSecret::None,
            {{&Auth::tenant,
              u"/auth/tenant"_s,
              u"tenant"_s,
              Words::tr("&Tenant"),
              Words::tr("the one logged in to"),
              {}}},
            {&Auth::scope}};
}

SignInKind passthrough() {
    return {Auth::Kind::Passthrough,
            Words::tr("The client's own credential"),
            Words::tr("Each tool sends its own key or token, which is passed on. Quaygate keeps "
                      "none, so the playground cannot use this backend."),
            SignInSecret::None,
            {},
            {&Auth::header}};
}

SignInKind noKey() {
    return {Auth::Kind::None,
            Words::tr("No key"),
            Words::tr("Requests are sent without a key. That works for the simulator and for "
                      "servers on this computer."),
            SignInSecret::None,
            {},
            {}};
}

} // namespace

const QList<SignInKind> &signInKinds() {
    static const QList<SignInKind> kinds{
        keychainKey(), environmentKey(), entraApplication(), managedIdentity(), azureCli(),
        passthrough(), noKey()};
    return kinds;
}

const SignInKind &signInKind(Auth::Kind kind) {
    const QList<SignInKind> &kinds = signInKinds();
    return *std::find_if(kinds.begin(), kinds.end(),
                         [kind](const SignInKind &one) { return one.kind == kind; });
}

} // namespace quaygate
