#include "gateway/config/config_words.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/backends/add_deployment_dialog.h"
#include "ui/backends/advanced_fields.h"
#include "ui/client_keys/new_key_dialog.h"
#include "ui/main_window.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/question.h"

#include <QComboBox>
#include <QDir>
#include <QListView>
#include <QPainter>
#include <QSet>
#include <QStackedWidget>
#include <QTcpServer>

#include <memory>
#include <string>

using namespace Qt::StringLiterals;

/// A picture of every page and state, light and dark, in build/…/screenshots; to be looked at. What
/// a program can tell of a picture is tested: that it was drawn, in the right size, and not in one
/// colour.
namespace quaygate::test {

namespace {

class Screenshots : public testing::TestWithParam<Theme::Mode> {
protected:
    void SetUp() override { Theme::apply(*qApp, GetParam()); }
    void TearDown() override { Theme::apply(*qApp, Theme::Mode::Light); }

    /// A window on this configuration, and the gateway running.
    MainWindow *open(const Config &config, QSize size = {1120, 740}) {
        desk = std::make_unique<Desk>(config);
        if (!config.backends.isEmpty()) {
            desk->gateway.start();
            EXPECT_TRUE(
                waitUntil([&] { return desk->gateway.state() == Gateway::State::Running; }));
        }
        return openWindow(size);
    }

    MainWindow *openWindow(QSize size = {1120, 740}) {
        window = std::make_unique<MainWindow>(desk->services());
        window->resize(size);
        window->show();
        EXPECT_TRUE(waitUntil([&] { return window->isVisible(); }));
        return window.get();
    }

    QWidget *page(int number) {
        click(find(window.get(), qPrintable(u"nav%1"_s.arg(number))));
        return window->findChild<QStackedWidget *>()->widget(number - 1);
    }

    void shoot(const QString &name, QWidget *dialog = nullptr) {
        // A layout within a layout takes a turn for each.
        for (int turn = 0; turn < 10; ++turn)
            QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents();
        QPixmap picture = window->grab();
        if (dialog) {
            QPainter painter(&picture);
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 110));
            const QPixmap front = dialog->grab();
            painter.drawPixmap((picture.width() - front.width()) / 2,
                               (picture.height() - front.height()) / 2, front);
        }
        const QString theme = GetParam() == Theme::Mode::Dark ? u"dark"_s : u"light"_s;
        const QString folder = QStringLiteral(QUAYGATE_SCREENSHOTS);
        ASSERT_TRUE(QDir().mkpath(folder));
        ASSERT_TRUE(picture.save(u"%1/%2-%3.png"_s.arg(folder, name, theme)));
        EXPECT_EQ(picture.size(), window->size() * window->devicePixelRatio());
        const QImage image = picture.toImage();
        QSet<QRgb> colors;
        for (int x = 0; x < image.width(); x += 3)
            for (int y = 0; y < image.height(); y += 3)
                colors.insert(image.pixel(x, y));
        EXPECT_GT(colors.size(), 30);
    }

    std::unique_ptr<Desk> desk;
    std::unique_ptr<MainWindow> window;
};

Backend simulator() {
    Backend backend;
    backend.name = u"Simulator"_s;
    backend.endpoint = simulatorEndpoint;
    backend.deploymentName = u"gpt-4.1-mini"_s;
    backend.apiVersion = u"v1"_s;
    backend.auth.kind = Auth::Kind::None;
    return backend;
}

Config fewBackends() {
    Config config = smallConfig();
    Backend embeddings = azureBackend(u"embeddings"_s);
    embeddings.deploymentName = u"text-embedding-3-small"_s;
    embeddings.endpoint = u"contoso-search.openai.azure.com"_s;
    embeddings.apiVersion = u"v1"_s;
    config.backends.append(embeddings);
    config.backends.append(simulator());
    config.routes.append(routeTo(u"embeddings"_s, u"embeddings"_s));
    config.routes.append(routeTo(u"Simulator"_s, u"demo"_s));
    return config;
}

Config manyBackends() {
    Config config = fewBackends();
    for (int i = 0; i < 130; ++i) {
        Backend backend =
            azureBackend(u"team-%1-production-sweden-central-data-zone-standard"_s.arg(i));
        backend.endpoint =
            u"https://a-rather-long-resource-name-%1.cognitiveservices.azure.com/some/prefix"_s.arg(
                i);
        backend.deploymentName = u"gpt-4.1-mini-2025-04-14-with-a-long-name"_s;
        config.backends.append(backend);
        config.routes.append(routeTo(backend.name, backend.name));
    }
    return config;
}

} // namespace

TEST_P(Screenshots, FirstStart) {
    open({});
    shoot(u"first-start"_s);
}

TEST_P(Screenshots, AddDeployment) {
    open({});
    click(find(window.get(), "addAzure"));
    auto *dialog = dialogInFront<AddDeploymentDialog>();
    shoot(u"add-deployment-empty"_s, dialog);
    paste(find<QLineEdit>(dialog, "url"),
          u"https://contoso.openai.azure.com/openai/deployments/gpt-4.1-mini/chat/"
          "completions?api-version=2025-01-01-preview"_s);
    find<KeyField>(dialog, "key")->setKey(Secret(QByteArray(32, 'k')));
    shoot(u"add-deployment"_s, dialog);
    dialog->close();
}

TEST_P(Screenshots, Home) {
    open(fewBackends());
    page(1);
    shoot(u"home"_s);
}

TEST_P(Screenshots, HomeWithMistakes) {
    open(fewBackends());
    bool refused = false;
    QObject::connect(&desk->config, &ConfigStore::refused, window.get(), [&] { refused = true; });
    desk->rewriteFile(R"({
  "version": 1,
  "backends": [{"name": "azure-openai", "endpoint": "", "apiVersion": "soon"}],
  "routes": [{"name": "r", "match": {"pathPrefix": "azure"}, "backends": [{"name": "nobody"}]}]
})");
    ASSERT_TRUE(waitUntil([&] { return refused; }));
    page(1);
    shoot(u"home-mistakes"_s);
}

TEST_P(Screenshots, PortInUse) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost, 0));
    Config config = fewBackends();
    config.gateway.port = other.serverPort();
    desk = std::make_unique<Desk>(config);
    openWindow();
    desk->gateway.start();
    ASSERT_TRUE(waitUntil([&] { return desk->gateway.state() == Gateway::State::Failed; }));
    page(1);
    shoot(u"port-in-use"_s);
}

TEST_P(Screenshots, Backends) {
    open(fewBackends());
    QWidget *backends = page(2);
    shoot(u"backends"_s);
    auto *list = backends->findChild<ItemList *>();
    QTest::mouseClick(list->view()->viewport(), Qt::LeftButton, {},
                      list->view()->visualRect(list->view()->model()->index(2, 0)).center());
    click(find(backends, "test"));
    ASSERT_TRUE(waitUntil([&] { return find(backends, "test")->isEnabled(); }));
    shoot(u"backends-tested"_s);
}

/// One backend a way to sign in, all else as usual.
Config signIns() {
    Config config = fewBackends();
    for (const auto kind :
         {Auth::Kind::Environment, Auth::Kind::EntraClientSecret, Auth::Kind::EntraManagedIdentity,
          Auth::Kind::AzureCli, Auth::Kind::Passthrough, Auth::Kind::None}) {
        Backend backend = azureBackend(authKindName(kind));
        backend.auth = {kind, kind == Auth::Kind::Environment ? u"AZURE_KEY"_s : QString(), {}};
        if (kind == Auth::Kind::None)
            backend.endpoint = u"http://localhost:9000"_s;
        if (kind == Auth::Kind::EntraClientSecret) {
            backend.auth.tenantId = u"contoso.onmicrosoft.com"_s;
            backend.auth.clientId = u"11111111-2222-3333-4444-555555555555"_s;
            backend.auth.secret.name = u"azure-app"_s;
        }
        config.backends.append(backend);
    }
    return config;
}

Config advanced() {
    Config config = fewBackends();
    Backend &backend = config.backends.first();
    backend.headers = {{u"X-Team"_s, u"blue"_s},
                       {u"X-A-Rather-Long-Header-Name-Of-The-Company"_s,
                        u"a value that is longer than its field, as such values are"_s}};
    backend.proxy = u"http://proxy.corp.example:3128"_s;
    backend.timeouts.connect = std::chrono::seconds(3);
    return config;
}

TEST_P(Screenshots, WaysToSignIn) {
    open(signIns());
    QWidget *backends = page(2);
    auto *list = backends->findChild<ItemList *>();
    for (int row = 3; row < list->count(); ++row) {
        QTest::mouseClick(list->view()->viewport(), Qt::LeftButton, {},
                          list->view()->visualRect(list->view()->model()->index(row, 0)).center());
        shoot(u"sign-in-"_s + list->current());
    }
    find<QComboBox>(backends, "signIn")->showPopup();
    shoot(u"sign-in-choice"_s);
}

TEST_P(Screenshots, AdvancedOfABackend) {
    for (const QSize size : {QSize(1120, 740), QSize(900, 600), QSize(1120, 1600)}) {
        open(advanced(), size);
        QWidget *backends = page(2);
        const QString name = u"advanced-%1"_s.arg(size.height());
        shoot(name + u"-folded"_s);
        find<AdvancedFields>(backends, "advanced")->setOpen(true);
        shoot(name);
        type(find<QLineEdit>(backends, "headerName1"), u"api-key"_s);
        type(find<QLineEdit>(backends, "timeout-connect"), u"soon"_s);
        type(find<QLineEdit>(backends, "maxConnections"), u"many"_s);
        type(find<QLineEdit>(backends, "proxy"), u"proxy.corp"_s);
        shoot(name + u"-mistakes"_s);
    }
}

TEST_P(Screenshots, BackendsWithoutAKeychain) {
    open(fewBackends());
    desk->keychain.missing = true;
    QWidget *backends = page(2);
    find<KeyField>(backends, "key")->setKey(Secret(QByteArray(32, 'k')));
    click(find(backends, "save"));
    ASSERT_TRUE(waitUntil([&] {
        return buttonSaying(backends, u"Keep the key for this session only"_s) != nullptr;
    }));
    shoot(u"backends-no-keychain"_s);
}

TEST_P(Screenshots, BackendsWithMistakes) {
    open(fewBackends());
    QWidget *backends = page(2);
    click(find(backends, "create"));
    type(find<QLineEdit>(backends, "name"), u"azure-openai"_s);
    type(find<QLineEdit>(backends, "endpoint"), u"http://contoso.com"_s);
    click(find(backends, "save"));
    shoot(u"backends-mistakes"_s);
    QTest::keyClick(find<QLineEdit>(backends, "name"), Qt::Key_Escape);
    shoot(u"question"_s, dialogInFront<Question>());
}

TEST_P(Screenshots, ManyBackendsInASmallWindow) {
    open(manyBackends(), {900, 600});
    QWidget *backends = page(2);
    auto *list = backends->findChild<ItemList *>();
    QTest::mouseClick(list->view()->viewport(), Qt::LeftButton, {},
                      list->view()->visualRect(list->view()->model()->index(4, 0)).center());
    shoot(u"backends-many-small"_s);
    page(1);
    shoot(u"home-many-small"_s);
    page(3);
    shoot(u"routes-many-small"_s);
}

TEST_P(Screenshots, NoBackends) {
    open({});
    page(2);
    shoot(u"backends-empty"_s);
    page(3);
    shoot(u"routes-empty"_s);
}

TEST_P(Screenshots, Routes) {
    open(fewBackends());
    QWidget *routes = page(3);
    shoot(u"routes"_s);
    click(find(routes, "remove"));
    auto *question = dialogInFront<Question>();
    shoot(u"remove-route"_s, question);
    click(buttonSaying(question, u"Remove"_s));
    ASSERT_TRUE(waitUntil([&] { return find(window.get(), "toastAction")->isVisible(); }));
    shoot(u"removed-route"_s);
}

TEST_P(Screenshots, AliasesOfARoute) {
    Config config = fewBackends();
    config.routes.first().modelAliases = {{u"claude-*"_s, u"gpt-4.1-mini"_s},
                                          {u"fast"_s, u"azure-openai"_s}};
    config.routes.first().strictOpenAI = true;
    open(config, {1120, 1000});
    QWidget *routes = page(3);
    shoot(u"routes-aliases"_s);
    type(find<QLineEdit>(routes, "aliasValue2"), u"embeddings"_s);
    shoot(u"routes-aliases-mistakes"_s);
}

/// A route and a client key with some of every rule.
Config everyRule() {
    using namespace std::chrono_literals;
    Config config = fewBackends();
    Route &route = config.routes.first();
    route.backends = {{u"azure-openai"_s, 3}, {u"embeddings"_s}, {u"Simulator"_s, 1, 1}};
    route.retry = Retry{};
    route.timeouts.total = 10min;
    route.match.models = {u"gpt-4*"_s, u"o3"_s};
    route.match.headers = {{u"X-Team"_s, u"blue"_s}};
    Rules &rules = route.rules;
    rules.defaults = {{u"temperature"_s, "0.2"_ba}};
    rules.overrides = {{u"user"_s, "\"quaygate\""_ba}};
    rules.prompt.prepend = {{u"system"_s, u"Answer in English.\nBe brief."_s}};
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::CreditCard, GuardBuiltin::Email};
    rules.guard.request = {
        {GuardRule::Action::Reject, {u"secret-\\d+"_s}, {GuardBuiltin::Ssn}, 403, {}}};
    rules.guard.response = {mask};
    rules.rateLimit = {{60, 0, RateLimit::Per::Minute, 10}, {0, 100'000, RateLimit::Per::Hour}};
    rules.budget = Budget{5'000'000, 20};
    ClientKey key{u"laptop-scripts"_s, u"sha256:"_s + QString(64, u'0')};
    key.models = {u"gpt-4*"_s};
    key.rules.rateLimit = {{60, 0, RateLimit::Per::Minute}};
    ClientKey other{u"ci"_s, u"sha256:"_s + QString(64, u'1'), {u"azure-openai"_s}};
    other.rules.budget = Budget{0, 5, Budget::Per::Day};
    config.clientKeys = {key, other};
    config.gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    config.gateway.cors.allowedOrigins = {u"http://localhost:3000"_s};
    config.gateway.budget = Budget{0, 100};
    config.prices = {{u"gpt-4.1"_s, 2, 8, 0.5}, {u"text-embedding-3-small"_s, 0.02, 0}};
    return config;
}

TEST_P(Screenshots, RulesOfARoute) {
    for (const QSize size : {QSize(1120, 1000), QSize(900, 600)}) {
        open(everyRule(), size);
        QWidget *routes = page(3);
        const QString name = u"rules-%1"_s.arg(size.height());
        shoot(name + u"-folded"_s);
        for (const char *fold :
             {"match", "failure", "bodyRules", "promptRules", "guardRules", "spendingRules"}) {
            auto *part = find<Fold>(routes, fold);
            part->setOpen(true);
            EXPECT_TRUE(waitUntil([&] { return !part->visibleRegion().isEmpty(); }));
            shoot(u"%1-%2"_s.arg(name, QLatin1StringView(fold)));
            part->setOpen(false);
        }
    }
}

TEST_P(Screenshots, RulesWithMistakes) {
    open(everyRule(), {1120, 1000});
    QWidget *routes = page(3);
    find<Fold>(routes, "guardRules")->setOpen(true);
    type(find<QLineEdit>(routes, "guardRequest1PatternText1"), u"secret-("_s);
    type(find<QLineEdit>(routes, "guardRequestStatus1"), u"200"_s);
    shoot(u"rules-mistakes-guard"_s);
    find<Fold>(routes, "guardRules")->setOpen(false);
    find<Fold>(routes, "bodyRules")->setOpen(true);
    type(find<QLineEdit>(routes, "defaultValue1"), u"warm"_s);
    find<Fold>(routes, "spendingRules")->setOpen(true);
    type(find<QLineEdit>(routes, "limitAmount1"), u"many"_s);
    type(find<QLineEdit>(routes, "budgetMoney"), u"20,5"_s);
    shoot(u"rules-mistakes"_s);
}

TEST_P(Screenshots, ClientKeys) {
    open({});
    page(4);
    shoot(u"client-keys-empty"_s);
    for (const QSize size : {QSize(1120, 740), QSize(900, 600)}) {
        open(everyRule(), size);
        QWidget *keys = page(4);
        const QString name = u"client-keys-%1"_s.arg(size.height());
        shoot(name);
        click(find(keys, "create"));
        shoot(name + u"-new"_s);
        click(find(keys, "save"));
        auto *dialog = dialogInFront<NewKeyDialog>();
        shoot(name + u"-made"_s, dialog);
        click(find(dialog, "done"));
    }
}

TEST_P(Screenshots, SettingsOfAccess) {
    for (const QSize size : {QSize(1120, 900), QSize(900, 600)}) {
        open(everyRule(), size);
        QWidget *settings = page(6);
        const QString name = u"settings-access-%1"_s.arg(size.height());
        shoot(name);
        for (const char *fold : {"access", "traffic", "money", "desktop"}) {
            auto *part = find<Fold>(settings, fold);
            part->setOpen(true);
            EXPECT_TRUE(waitUntil([&] { return !part->visibleRegion().isEmpty(); }));
            shoot(u"%1-%2"_s.arg(name, QLatin1StringView(fold)));
            part->setOpen(false);
        }
    }
}

TEST_P(Screenshots, Settings) {
    Config config = fewBackends();
    config.modelAliases = {{u"claude-*"_s, u"gpt-4.1-mini"_s}};
    config.gateway.limits.bodyBytes = 128 * 1024 * 1024;
    for (const QSize size : {QSize(1120, 740), QSize(900, 600)}) {
        open(config, size);
        QWidget *settings = page(6);
        const QString name = u"settings-%1"_s.arg(size.height());
        shoot(name);
        type(find<QLineEdit>(settings, "address"), u"0.0.0.0"_s);
        type(find<QLineEdit>(settings, "port"), u"70000"_s);
        type(find<QLineEdit>(settings, "aliasValue1"), u"nobody"_s);
        shoot(name + u"-mistakes"_s);
        click(find(settings, "limitsLine"));
        type(find<QLineEdit>(settings, "limit-headerBytes"), u"2 MiB"_s);
        shoot(name + u"-limits"_s);
    }
}

TEST_P(Screenshots, Playground) {
    open(fewBackends());
    page(5);
    shoot(u"playground"_s);
}

INSTANTIATE_TEST_SUITE_P(Themes, Screenshots,
                         testing::Values(Theme::Mode::Light, Theme::Mode::Dark),
                         [](const auto &info) {
                             return info.param == Theme::Mode::Dark ? std::string("Dark")
                                                                    : std::string("Light");
                         });

} // namespace quaygate::test
