#include "gateway/config/config_store.h"
#include "gateway/secrets/session_secret_store.h"
#include "gateway/simulator/simulator.h"
#include "tests/support/event_loop.h"
#include "ui/playground/playground_page.h"
#include "ui/playground/prose_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_bar.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using namespace test;

/// The page with the real configuration, gateway and simulator: real sockets all the way.
class PlaygroundPageTest : public ::testing::Test {
protected:
    void SetUp() override {
        SimulatorSettings settings;
        settings.tokenInterval = std::chrono::milliseconds(0);
        settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}}};
        m_simulator = std::make_unique<Simulator>(settings);
        m_simulator->start([this](const Result<quint16> &port) { m_simulatorPort = port.value(); });
        ASSERT_TRUE(waitUntil([this] { return m_simulatorPort != 0; }));
        bool loaded = false;
        QObject::connect(&m_store, &ConfigStore::loaded, &m_store, [&] { loaded = true; });
        m_store.load();
        ASSERT_TRUE(waitUntil([&] { return loaded; }));
        QObject::connect(&m_store, &ConfigStore::changed, &m_gateway, &Gateway::apply);
    }

    void save(const QStringList &routes) {
        Config config = *m_store.snapshot();
        config.gateway.port = 0;
        config.backends.clear();
        config.routes.clear();
        if (!routes.isEmpty()) {
            Backend backend;
            backend.name = u"sim"_s;
            backend.endpoint = u"http://127.0.0.1:%1"_s.arg(m_simulatorPort);
            backend.deploymentName = u"chat"_s;
            backend.apiVersion = u"v1"_s;
            backend.auth.kind = Auth::Kind::None;
            config.backends.append(backend);
        }
        for (const QString &route : routes)
            config.routes.append({route, {u"/"_s + route, {}}, {{u"sim"_s}}, {}});
        bool saved = false;
        m_store.save(config, [&](const Result<void> &result) {
            ASSERT_TRUE(result.ok()) << result.error().message.toStdString();
            saved = true;
        });
        ASSERT_TRUE(waitUntil([&] { return saved; }));
    }

    void show() {
        m_page =
            std::make_unique<PlaygroundPage>(Services{m_store, m_gateway, m_keychain, m_session});
        m_page->resize(900, 700);
        m_page->show();
        m_page->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
    }

    template<typename T>
    T *find(const QString &name) {
        T *widget = m_page->findChild<T *>(name);
        return widget && widget->isVisible() ? widget : nullptr;
    }

    bool isInSight(const QString &text) {
        for (const auto *prose : m_page->findChildren<ProseView *>()) {
            if (prose->toPlainText().contains(text))
                return !prose->visibleRegion().isEmpty();
        }
        return false;
    }

    void shoot(const QString &name) {
        const QDir folder(QStringLiteral(QUAYGATE_SCREENSHOTS));
        ASSERT_TRUE(folder.mkpath(u"."_s));
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        EXPECT_TRUE(m_page->grab().save(folder.filePath(u"playground-page-%1.png"_s.arg(name))));
    }

    QTemporaryDir m_folder;
    ConfigStore m_store{m_folder.filePath(u"config.json"_s)};
    std::unique_ptr<Simulator> m_simulator;
    quint16 m_simulatorPort = 0;
    SessionSecretStore m_keychain;
    SessionSecretStore m_session;
    Gateway m_gateway{[](const Auth &, SecretStore::ReadDone done) {
        done(Error{ErrorCode::SecretNotFound, u"There is no such secret."_s, {}});
    }};
    std::unique_ptr<PlaygroundPage> m_page;
};

TEST_F(PlaygroundPageTest, WithoutRoutesItSaysWhatToDo) {
    show();
    QSignalSpy wanted(m_page.get(), &PlaygroundPage::addRouteRequested);
    auto *add = find<QPushButton>(u"addRoute"_s);
    ASSERT_NE(add, nullptr);
    QTest::mouseClick(add, Qt::LeftButton);
    EXPECT_EQ(wanted.count(), 1);
    save({u"first"_s});
    EXPECT_EQ(find<QPushButton>(u"addRoute"_s), nullptr);
    EXPECT_NE(find<QComboBox>(u"route"_s), nullptr);
}

TEST_F(PlaygroundPageTest, FollowsTheConfiguration) {
    save({u"one"_s, u"two"_s});
    show();
    auto *routes = find<QComboBox>(u"route"_s);
    ASSERT_NE(routes, nullptr);
    EXPECT_EQ(routes->currentText(), u"one"_s);
    m_page->selectRoute(u"two"_s);
    EXPECT_EQ(routes->currentText(), u"two"_s);
    m_page->selectRoute(u"nowhere"_s);
    EXPECT_EQ(routes->currentText(), u"two"_s);
    save({u"three"_s, u"two"_s});
    EXPECT_EQ(routes->count(), 2);
    EXPECT_EQ(routes->currentText(), u"two"_s);
    const auto *details = find<ElidedLabel>(u"routeDetails"_s);
    EXPECT_TRUE(details->fullText().contains(u"/two"_s));
    EXPECT_TRUE(details->fullText().contains(u"chat"_s));
    save({u"three"_s});
    EXPECT_EQ(routes->currentText(), u"three"_s);
}

TEST_F(PlaygroundPageTest, StartsTheGatewayAndChatsThroughIt) {
    save({u"one"_s});
    show();
    auto *bar = find<MessageBar>(u"gatewayBar"_s);
    ASSERT_NE(bar, nullptr);
    auto *message = find<QPlainTextEdit>(u"message"_s);
    message->setFocus();
    QTest::keyClicks(message, u"Say hello"_s);
    QTest::keyClick(message, Qt::Key_Return);
    ASSERT_EQ(bar->buttons().size(), 1);
    EXPECT_TRUE(bar->buttons().first()->hasFocus());
    EXPECT_EQ(message->toPlainText(), u"Say hello"_s);

    shoot(u"stopped"_s);

    QTest::mouseClick(bar->buttons().first(), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([this] { return m_gateway.state() == Gateway::State::Running; }));
    EXPECT_EQ(find<MessageBar>(u"gatewayBar"_s), nullptr);
    QTest::keyClick(message, Qt::Key_Return);
    ASSERT_TRUE(waitUntil([this] { return find<QLabel>(u"answerFacts"_s) != nullptr; }));
    const QString facts = find<QLabel>(u"answerFacts"_s)->text();
    EXPECT_TRUE(facts.contains(u"status 200"_s)) << facts.toStdString();
    EXPECT_FALSE(facts.contains(u"unknown"_s)) << facts.toStdString();
    EXPECT_TRUE(waitUntil([this] { return isInSight(u"Say hello"_s); }));
    EXPECT_TRUE(waitUntil([this] { return isInSight(u"Hello from the simulator"_s); }));
    EXPECT_EQ(m_simulator->statistics().requests, 1);
    shoot(u"answered"_s);
}

} // namespace
} // namespace quaygate
