#include "gateway/config/config_json.h"
#include "tests/support/scripted_upstream.h"
#include "tests/ui/form_desk.h"
#include "ui/backends/backend_edits.h"
#include "ui/backends/connection_panel.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"

#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

const QString canary = u"canary-91ce4d7740b2a8f6"_s;
const QString guid = u"11111111-2222-3333-4444-555555555555"_s;

/// A way to sign in: what a person types, and what is saved.
struct Way {
    const char *test;
    QString name; ///< in the list
    QList<std::pair<const char *, QString>> typed;
    Auth auth;
};

Auth authOf(Auth::Kind kind) {
    Auth auth;
    auth.kind = kind;
    return auth;
}

QList<Way> ways() {
    QList<Way> ways;
    Auth key = authOf(Auth::Kind::Keychain);
    key.name = u"azure-openai"_s;
    key.header = u"Ocp-Apim-Subscription-Key"_s;
    ways.append({"Keychain",
                 u"API key in the keychain"_s,
                 {{"auth-header", u"Ocp-Apim-Subscription-Key"_s}},
                 key});
    Auth variable = authOf(Auth::Kind::Environment);
    variable.name = u"MY_KEY"_s;
    ways.append({"Environment",
                 u"API key from an environment variable"_s,
                 {{"variable", u"MY_KEY"_s}},
                 variable});
    Auth app = authOf(Auth::Kind::EntraClientSecret);
    app.tenantId = u"contoso.onmicrosoft.com"_s;
    app.clientId = guid;
    app.secret.name = u"azure-app"_s;
    app.authority = u"https://login.microsoftonline.us"_s;
    app.scope = u"https://ai.azure.com/.default"_s;
    ways.append({"Application",
                 u"Entra ID application"_s,
                 {{"tenantId", app.tenantId},
                  {"applicationId", guid},
                  {"clientSecretName", app.secret.name},
                  {"auth-authority", app.authority},
                  {"auth-scope", app.scope}},
                 app});
    Auth identity = authOf(Auth::Kind::EntraManagedIdentity);
    identity.clientId = guid;
    identity.endpoint = u"http://127.0.0.1:4141/token"_s;
    ways.append({"ManagedIdentity",
                 u"Managed identity"_s,
                 {{"identityId", guid}, {"auth-endpoint", identity.endpoint}},
                 identity});
    Auth cli = authOf(Auth::Kind::AzureCli);
    cli.tenant = u"contoso.com"_s;
    ways.append({"AzureCli", u"Azure CLI"_s, {{"tenant", cli.tenant}}, cli});
    ways.append(
        {"Passthrough", u"The client's own credential"_s, {}, authOf(Auth::Kind::Passthrough)});
    return ways;
}

class SignInForm : public BackendFormDesk, public testing::WithParamInterface<Way> {
protected:
    void fill() {
        signInWith(GetParam().name);
        openAdvanced();
        for (const auto &[control, text] : GetParam().typed)
            type(field(control), text);
    }

    Backend saveAsFile(const Auth &auth) {
        Config config = smallConfig();
        config.backends.first().auth = auth;
        const ParsedConfig parsed = parseConfig(writeConfig(config));
        EXPECT_TRUE(parsed.problems.isEmpty()) << qPrintable(describe(parsed.problems));
        return parsed.config.backends.first();
    }
};

using BackendSignIn = BackendFormDesk;

} // namespace

TEST_P(SignInForm, WhatIsTypedIsSaved) {
    form.edit(desk.now().backends.first());
    if (GetParam().auth.kind == Auth::Kind::Keychain)
        signInWith(u"Azure CLI"_s); // so that there is something to choose
    fill();
    save();
    EXPECT_EQ(desk.now().backends.first().auth, GetParam().auth);
    EXPECT_FALSE(form.isDirty());
}

TEST_P(SignInForm, WhatIsSavedIsShown) {
    form.edit(saveAsFile(GetParam().auth));
    EXPECT_EQ(find<QComboBox>(&form, "signIn")->currentText(), GetParam().name);
    openAdvanced();
    for (const auto &[control, text] : GetParam().typed) {
        EXPECT_TRUE(field(control)->isVisible()) << control;
        EXPECT_EQ(field(control)->text(), text) << control;
    }
    EXPECT_FALSE(form.isDirty());
}

/// Also what the form has no field for, and members that the kind has no use for.
TEST_P(SignInForm, NothingOfAFileIsLost) {
    Auth auth = GetParam().auth;
    auth.unknown = {{u"note"_s, "[1, 2.50]"_ba}};
    auth.secret.unknown = {{u"rotated"_s, "\"2026\""_ba}};
    if (auth.kind != Auth::Kind::AzureCli)
        auth.tenant = u"of-no-use"_s;
    if (auth.kind == Auth::Kind::EntraManagedIdentity || auth.kind == Auth::Kind::AzureCli)
        auth.header = u"X-Of-No-Use"_s;
    const Backend backend = saveAsFile(auth);
    form.edit(backend);
    EXPECT_EQ(form.draft(), backend);
    type(field("deployment"), u"other"_s);
    save();
    Backend expected = backend;
    expected.deploymentName = u"other"_s;
    EXPECT_EQ(desk.now().backends.last(), expected);
    EXPECT_TRUE(desk.fileText().contains("[1, 2.50]"));
}

INSTANTIATE_TEST_SUITE_P(Ways, SignInForm, testing::ValuesIn(ways()),
                         [](const auto &info) { return std::string(info.param.test); });

TEST_F(BackendSignIn, AClientSecretGoesToTheKeychainAndNowhereElse) {
    form.edit(desk.now().backends.first());
    signInWith(u"Entra ID application"_s);
    type(field("tenantId"), u"contoso.com"_s);
    type(field("applicationId"), guid);
    type(field("clientSecret"), canary);
    save();
    const Auth auth = desk.now().backends.first().auth;
    EXPECT_EQ(auth.secret.kind, SecretReference::Kind::Keychain);
    EXPECT_EQ(auth.secret.name, u"azure-openai-client-secret"_s);
    EXPECT_EQ(Desk::stored(desk.keychain, auth.secret.name), canary.toUtf8());
    EXPECT_FALSE(desk.fileText().contains(canary.toUtf8()));
    EXPECT_FALSE(find<KeyField>(&form, "clientSecret")->hasKey());

    form.edit(desk.now().backends.first());
    EXPECT_TRUE(waitUntil(
        [&] { return field("clientSecret")->placeholderText().contains(u"keychain"_s); }));
}

TEST_F(BackendSignIn, AClientSecretMayBeInAVariable) {
    form.edit(desk.now().backends.first());
    signInWith(u"Entra ID application"_s);
    type(field("tenantId"), u"contoso.com"_s);
    type(field("applicationId"), guid);
    type(field("clientSecret"), canary);
    press(buttonSaying(&form, u"Environment variable"_s));
    EXPECT_FALSE(field("clientSecret")->isVisible());
    type(field("clientSecretVariable"), u"APP_SECRET"_s);
    save();
    const SecretReference secret = desk.now().backends.first().auth.secret;
    EXPECT_EQ(secret.kind, SecretReference::Kind::Environment);
    EXPECT_EQ(secret.name, u"APP_SECRET"_s);
    EXPECT_TRUE(Desk::stored(desk.keychain, u"azure-openai-client-secret"_s).isEmpty());
    form.edit(desk.now().backends.first());
    EXPECT_EQ(find<Segmented>(&form, "clientSecretPlace")->current(), 1);
    EXPECT_EQ(field("clientSecretVariable")->text(), u"APP_SECRET"_s);
}

TEST_F(BackendSignIn, AnotherWayLeavesNothingOfTheOneBefore) {
    form.edit(desk.now().backends.first());
    signInWith(u"Azure CLI"_s);
    save();
    EXPECT_EQ(desk.now().backends.first().auth, authOf(Auth::Kind::AzureCli));
    EXPECT_FALSE(desk.fileText().contains("\"name\": \"azure-openai\"\n      }"));
}

TEST_F(BackendSignIn, ChoosingTheFormerWayAgainIsNoEdit) {
    form.edit(desk.now().backends.first());
    signInWith(u"Managed identity"_s);
    EXPECT_TRUE(form.isDirty());
    signInWith(u"API key in the keychain"_s);
    EXPECT_FALSE(form.isDirty());
}

TEST_F(BackendSignIn, TheWheelScrollsTheFormAndChangesNothing) {
    form.edit(desk.now().backends.first());
    auto *choice = find<QComboBox>(&form, "signIn");
    const auto turn = [choice] {
        const QPointF at = choice->rect().center();
        QWheelEvent wheel(at, choice->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(choice, &wheel);
    };
    field("name")->setFocus();
    turn();
    EXPECT_EQ(choice->currentIndex(), 0);
    EXPECT_FALSE(form.isDirty());
}

TEST_F(BackendSignIn, DiscardGoesBackToTheWayThatIsSaved) {
    form.edit(desk.now().backends.first());
    signInWith(u"Azure CLI"_s);
    type(field("tenant"), u"contoso.com"_s);
    form.discard();
    EXPECT_EQ(find<QComboBox>(&form, "signIn")->currentText(), u"API key in the keychain"_s);
    EXPECT_FALSE(form.isDirty());
    signInWith(u"Azure CLI"_s);
    EXPECT_TRUE(field("tenant")->text().isEmpty());
}

struct SignInMistake {
    const char *test;
    QString way;
    const char *control;
    QString typed;
    QString said;
};

class SignInMistakes : public BackendFormDesk, public testing::WithParamInterface<SignInMistake> {};

TEST_P(SignInMistakes, AreToldBesideTheFieldInTheWordsOfTheValidation) {
    const auto &[test, way, control, typed, said] = GetParam();
    form.edit(desk.now().backends.first());
    signInWith(way);
    EXPECT_TRUE(errorAt(control).isEmpty());
    type(field(control), u"x"_s);
    type(field(control), typed);
    EXPECT_TRUE(errorAt(control).contains(said)) << qPrintable(errorAt(control));
    click(find(&form, "save"));
    EXPECT_TRUE(field(control)->isVisible());
    EXPECT_EQ(desk.now(), smallConfig());
}

INSTANTIATE_TEST_SUITE_P(
    All, SignInMistakes,
    testing::Values(SignInMistake{"variable", u"API key from an environment variable"_s, "variable",
                                  u"MY KEY"_s, u"environment variable"_s},
                    SignInMistake{"tenant", u"Entra ID application"_s, "tenantId", u"contoso"_s,
                                  u"one of its domains"_s},
                    SignInMistake{"application", u"Entra ID application"_s, "applicationId",
                                  u"1234"_s, u"app registration"_s},
                    SignInMistake{"identity", u"Managed identity"_s, "identityId", u"1234"_s,
                                  u"client ID looks like"_s},
                    SignInMistake{"cli", u"Azure CLI"_s, "tenant", u"contoso"_s,
                                  u"one of its domains"_s}),
    [](const auto &info) { return std::string(info.param.test); });

TEST_F(BackendSignIn, AMistakeUnderAdvancedOpensIt) {
    form.edit(desk.now().backends.first());
    signInWith(u"Azure CLI"_s);
    openAdvanced();
    type(field("auth-scope"), u"https://cognitiveservices.azure.com"_s);
    EXPECT_TRUE(errorAt("auth-scope").contains(u"/.default"_s));
    openAdvanced();
    EXPECT_FALSE(field("auth-scope")->isVisible());
    click(find(&form, "save"));
    EXPECT_TRUE(field("auth-scope")->isVisible());
    EXPECT_TRUE(desk.now() == smallConfig());
}

TEST_F(BackendSignIn, ATestSaysWhatEntraIdSaid) {
    ScriptedUpstream entra;
    entra.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        const QByteArray body =
            R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client )"
            R"(secret provided. Trace ID: 1"})";
        peer.send("HTTP/1.1 401 x\r\nContent-Type: application/json\r\nContent-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
    form.edit(desk.now().backends.first());
    signInWith(u"Entra ID application"_s);
    type(field("tenantId"), u"contoso.com"_s);
    type(field("applicationId"), guid);
    type(field("clientSecret"), canary);
    openAdvanced();
    type(field("auth-authority"), QString::fromUtf8(entra.url("")));
    click(find(&form, "test"));
    const auto *outcome = form.findChild<ConnectionPanel *>()->outcome();
    ASSERT_TRUE(waitUntil([&] { return outcome->isSet(); }));
    EXPECT_EQ(outcome->kind(), MessageKind::Error);
    EXPECT_TRUE(outcome->text().contains(u"secret"_s)) << qPrintable(outcome->text());
    EXPECT_TRUE(outcome->detail().startsWith(u"No token"_s)) << qPrintable(outcome->detail());
    EXPECT_TRUE(outcome->detail().contains(u"AADSTS7000215"_s)) << qPrintable(outcome->detail());
    EXPECT_FALSE((outcome->text() + outcome->detail()).contains(canary));
    ASSERT_EQ(entra.requests().size(), 1);
    EXPECT_TRUE(entra.requests()[0].body.contains("client_secret=" + canary.toUtf8()));
}

TEST(BackendSecrets, OfTwoKindsInTheKeychainAreTold) {
    Config config = smallConfig();
    Backend app = azureBackend(u"app"_s);
    app.auth = authOf(Auth::Kind::EntraClientSecret);
    app.auth.secret.name = u"azure-openai"_s;
    EXPECT_EQ(keychainSecret(app.auth), u"azure-openai"_s);
    EXPECT_TRUE(isLastUserOfSecret(config, config.backends.first()));
    config.backends.append(app);
    EXPECT_FALSE(isLastUserOfSecret(config, config.backends.first()));
    app.auth.secret.kind = SecretReference::Kind::Environment;
    EXPECT_EQ(keychainSecret(app.auth), std::nullopt);
}

} // namespace quaygate::test
