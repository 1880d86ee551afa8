#include "tests/config/sample_config.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/main_window.h"
#include "ui/tray/tray.h"

#include <QDir>
#include <QPainter>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

class TrayTest : public testing::Test {
protected:
    /// One route, to a backend that takes a request and says nothing.
    static Config silentConfig(quint16 port) {
        Config config;
        config.gateway.port = 0;
        Backend backend;
        backend.name = u"silent"_s;
        backend.endpoint = u"http://127.0.0.1:%1"_s.arg(port);
        backend.deploymentName = u"gpt"_s;
        backend.auth.kind = Auth::Kind::None;
        config.backends = {backend};
        config.routes = {{u"all"_s, {u"/azure-openai"_s, {}}, {{u"silent"_s}}}};
        return config;
    }

    static QAction *action(const Tray &tray, const QString &text) {
        const auto actions = tray.menu().actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&](const QAction *each) {
            return each->text().remove(u'&') == text;
        });
        return found == actions.end() ? nullptr : *found;
    }
    static bool isOffered(const Tray &tray, const QString &text) {
        const QAction *found = action(tray, text);
        return found && found->isVisible() && found->isEnabled();
    }
    static bool isSaid(const Tray &tray, const QString &text) {
        const QAction *found = action(tray, text);
        return found && found->isVisible() && !found->isEnabled();
    }

    QTcpServer silent;
};

} // namespace

TEST_F(TrayTest, FollowsTheGateway) {
    Desk desk(silentConfig(1));
    Tray tray(desk.services());
    EXPECT_EQ(tray.state(), TrayState::Stopped);
    EXPECT_TRUE(isSaid(tray, u"Gateway: Stopped"_s));
    EXPECT_FALSE(isOffered(tray, u"Copy address"_s));
    ASSERT_TRUE(isOffered(tray, u"Start the gateway"_s));
    action(tray, u"Start the gateway"_s)->trigger();
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Running; }));
    const QString address = u"127.0.0.1:%1"_s.arg(desk.gateway.port());
    EXPECT_TRUE(isSaid(tray, u"Gateway: Running at "_s + address));
    EXPECT_TRUE(isSaid(tray, u"No request in flight"_s));
    EXPECT_EQ(tray.toolTip(), u"Gateway: Running at "_s + address);
    action(tray, u"Copy address"_s)->trigger();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"http://"_s + address);
    action(tray, u"Stop the gateway"_s)->trigger();
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Stopped; }));
    EXPECT_TRUE(isOffered(tray, u"Start the gateway"_s));
}

TEST_F(TrayTest, CountsTheRequestsInFlight) {
    ASSERT_TRUE(silent.listen(QHostAddress::LocalHost));
    Desk desk(silentConfig(silent.serverPort()));
    Tray tray(desk.services());
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Running; }));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, desk.gateway.port());
    client.write("POST /azure-openai HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
                 "\r\nContent-Length: 2\r\n\r\n{}");
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Busy; })) << "by itself";
    EXPECT_TRUE(isSaid(tray, u"1 request in flight"_s));
    EXPECT_TRUE(tray.toolTip().endsWith(u"\n1 request in flight"_s));
    client.abort();
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Running; }));
}

TEST_F(TrayTest, ShowsThatTheGatewayCouldNotStart) {
    ASSERT_TRUE(silent.listen(QHostAddress::LocalHost));
    Config config = silentConfig(1);
    config.gateway.port = silent.serverPort();
    Desk desk(config);
    Tray tray(desk.services());
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return tray.state() == TrayState::Error; }));
    EXPECT_TRUE(isSaid(tray, u"Gateway: Not running"_s));
    EXPECT_TRUE(isOffered(tray, u"Start the gateway"_s));
}

TEST_F(TrayTest, PassesOnWhatIsWanted) {
    Desk desk;
    Tray tray(desk.services());
    QStringList wanted;
    QObject::connect(&tray, &Tray::openWanted, [&] { wanted.append(u"open"_s); });
    QObject::connect(&tray, &Tray::playgroundWanted, [&] { wanted.append(u"playground"_s); });
    QObject::connect(&tray, &Tray::quitWanted, [&] { wanted.append(u"quit"_s); });
    for (const QString &text : {u"Open Quaygate"_s, u"Playground"_s, u"Quit Quaygate"_s})
        action(tray, text)->trigger();
    EXPECT_EQ(wanted, (QStringList{u"open"_s, u"playground"_s, u"quit"_s}));
}

TEST(TrayIcon, TellsItsStatesApartWithoutColour) {
    QList<QImage> shapes;
    for (const TrayState state :
         {TrayState::Stopped, TrayState::Running, TrayState::Busy, TrayState::Error}) {
        const QIcon icon = trayIcon(state);
        for (const int size : {16, 22, 24, 32, 48, 64})
            EXPECT_EQ(icon.pixmap(size).size(), QSize(size, size));
        const QImage shape = icon.pixmap(22).toImage().convertToFormat(QImage::Format_Alpha8);
        EXPECT_FALSE(shapes.contains(shape)) << int(state);
        shapes.append(shape);
    }
}

/// A picture of all of them on a light and a dark panel, to be looked at.
TEST(TrayIcon, IsDrawnForLightAndDarkPanels) {
    QImage picture(480, 240, QImage::Format_RGB32);
    picture.fill(QColor(0xf0, 0xf0, 0xf0));
    QPainter painter(&picture);
    painter.fillRect(0, 120, 480, 120, QColor(0x20, 0x22, 0x26));
    int x = 12;
    for (const TrayState state :
         {TrayState::Stopped, TrayState::Running, TrayState::Busy, TrayState::Error}) {
        const QIcon icon = trayIcon(state);
        for (const int top : {0, 120}) {
            painter.drawPixmap(x, top + 12, icon.pixmap(16));
            painter.drawPixmap(x + 28, top + 12, icon.pixmap(22));
            painter.drawPixmap(x + 62, top + 12, icon.pixmap(24));
            painter.drawPixmap(x, top + 46, icon.pixmap(64));
        }
        x += 118;
    }
    painter.end();
    const QString folder = QStringLiteral(QUAYGATE_SCREENSHOTS);
    ASSERT_TRUE(QDir().mkpath(folder));
    EXPECT_TRUE(picture.save(folder + u"/tray-icons.png"_s));
}

TEST(MainWindowInTheTray, StaysWhenItIsClosedAndLeavesWhenItIsQuit) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    bool stays = true;
    window.setStays([&] { return stays; });
    int left = 0;
    int stayed = 0;
    QObject::connect(&window, &MainWindow::left, [&] { ++left; });
    QObject::connect(&window, &MainWindow::wentToTray, [&] { ++stayed; });
    window.show();
    window.close();
    EXPECT_FALSE(window.isVisible());
    EXPECT_EQ(left, 0);
    EXPECT_EQ(stayed, 1);
    window.show();
    window.leave();
    EXPECT_EQ(left, 1);
    stays = false;
    window.show();
    window.close();
    EXPECT_EQ(left, 2);
    EXPECT_EQ(stayed, 1);
}

} // namespace quaygate::test
