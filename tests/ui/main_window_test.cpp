#include "gateway/config/config_json.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/backends/add_deployment_dialog.h"
#include "ui/gateway_alert.h"
#include "ui/main_window.h"
#include "ui/notice_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/question.h"
#include "ui/widgets/toast.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

bool isShown(const MainWindow &window, const char *navigation) {
    return find(&window, navigation)->isChecked();
}

QString visibleText(const MainWindow &window) {
    QStringList texts;
    for (const QLabel *label : window.findChildren<QLabel *>())
        if (label->isVisible())
            texts.append(label->text());
    return texts.join(u'\n');
}

bool runs(const Desk &desk) {
    return desk.gateway.state() == Gateway::State::Running;
}

} // namespace

TEST(MainWindow, TheFirstStartOffersTwoWays) {
    Desk desk;
    MainWindow window(desk.services());
    window.show();
    EXPECT_TRUE(find(&window, "addAzure")->isVisible());
    EXPECT_TRUE(find(&window, "trySimulator")->isVisible());
    click(find(&window, "addAzure"));
    auto *dialog = dialogInFront<AddDeploymentDialog>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(find<QLineEdit>(dialog, "url")->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_TRUE(desk.now().backends.isEmpty());
}

TEST(MainWindow, TheSimulatorIsOneClickFromThePlayground) {
    Config anyPort;
    anyPort.gateway.port = 0;
    Desk desk(anyPort);
    MainWindow window(desk.services());
    window.show();
    click(find(&window, "trySimulator"));
    ASSERT_TRUE(waitUntil([&] { return runs(desk); }));
    EXPECT_TRUE(isShown(window, "nav5"));
    const Config config = desk.now();
    ASSERT_EQ(config.backends.size(), 1);
    EXPECT_TRUE(isSimulator(config.backends.first()));
    EXPECT_EQ(config.backends.first().name, u"Simulator"_s);
    ASSERT_EQ(config.routes.size(), 1);
    EXPECT_EQ(config.routes.first().match.pathPrefix, u"/azure-openai"_s);
}

TEST(MainWindow, ShortcutsReachPagesAndActions) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    window.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return window.isActiveWindow(); }));
    QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
    EXPECT_TRUE(isShown(window, "nav3"));
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    EXPECT_TRUE(isShown(window, "nav2"));
    QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
    EXPECT_TRUE(isShown(window, "nav1"));
    QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
    EXPECT_TRUE(isShown(window, "nav2"));
}

TEST(MainWindow, StartsAndStopsTheGateway) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    click(find(&window, "gatewayToggle"));
    ASSERT_TRUE(waitUntil([&] { return runs(desk); }));
    EXPECT_EQ(find(&window, "gatewayToggle")->text(), u"Stop"_s);
    click(find(&window, "gatewayToggle"));
    ASSERT_TRUE(waitUntil([&] { return desk.gateway.state() == Gateway::State::Stopped; }));
    EXPECT_EQ(find(&window, "gatewayToggle")->text(), u"Start"_s);
}

TEST(MainWindow, APortInUseIsToldAndTheNextOneTaken) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost, 0));
    Config config = smallConfig();
    config.gateway.port = other.serverPort();
    Desk desk(config);
    MainWindow window(desk.services());
    window.show();
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return desk.gateway.state() == Gateway::State::Failed; }));

    auto *alert = find<GatewayAlert>(&window, "gatewayAlert");
    const QString told = u"port %1 is used by another program"_s.arg(other.serverPort());
    EXPECT_TRUE(alert->bar()->text().contains(told)) << qPrintable(alert->bar()->text());
    const quint16 free = desk.gateway.nextFreePort();
    ASSERT_NE(free, 0);
    click(buttonSaying(alert, u"Use %1 instead"_s.arg(free)));
    ASSERT_TRUE(waitUntil([&] { return runs(desk); }));
    EXPECT_EQ(desk.gateway.port(), free);
    EXPECT_EQ(desk.now().gateway.port, free);
    EXPECT_FALSE(alert->isVisible());
}

TEST(MainWindow, AWrongFileIsToldWithItsPlaceWhileTheOldOneIsServed) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    bool refused = false;
    QObject::connect(&desk.config, &ConfigStore::refused, &window, [&] { refused = true; });
    Config wrong = smallConfig();
    wrong.backends.first().apiVersion = u"soon"_s;
    desk.rewriteFile(writeConfig(wrong));
    ASSERT_TRUE(waitUntil([&] { return refused; }));
    ASSERT_TRUE(waitUntil([&] {
        return visibleText(window).contains(u"/backends/0/apiVersion"_s);
    })) << qPrintable(visibleText(window));
    const QString all = visibleText(window);
    EXPECT_TRUE(all.contains(u"Line "_s));
    EXPECT_TRUE(all.contains(u"still being served"_s));
    EXPECT_EQ(desk.now(), smallConfig());
}

TEST(MainWindow, UnsavedEditsSurviveAPageChangeAndAreAskedForAtTheEnd) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    click(find(&window, "nav2"));
    auto *deployment = window.findChild<QLineEdit *>(u"deployment"_s);
    type(deployment, u"edited"_s);
    EXPECT_TRUE(find(&window, "nav2")->accessibleName().contains(u"unsaved"_s));
    click(find(&window, "nav1"));
    click(find(&window, "nav2"));
    EXPECT_EQ(deployment->text(), u"edited"_s);

    window.close();
    EXPECT_TRUE(window.isVisible());
    click(buttonSaying(dialogInFront<Question>(), u"Close without saving"_s));
    EXPECT_FALSE(window.isVisible());
}

TEST(MainWindow, SettingsAreAPageThatIsNotLeftUnsaved) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    click(find(&window, "nav6"));
    auto *workers = window.findChild<QLineEdit *>(u"workers"_s);
    type(workers, u"3"_s);
    EXPECT_TRUE(find(&window, "nav6")->accessibleName().contains(u"unsaved"_s));
    click(find(&window, "nav1"));
    window.close();
    EXPECT_TRUE(window.isVisible());
    EXPECT_TRUE(isShown(window, "nav6"));
    click(buttonSaying(dialogInFront<Question>(), u"Keep editing"_s));
    window.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return window.isActiveWindow(); }));
    QTest::keyClick(&window, Qt::Key_S, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return desk.now().gateway.workers == 3; }));
    EXPECT_TRUE(waitUntil([&] { return find<Toast>(&window, "toast")->isVisible(); }));
    window.close();
    EXPECT_FALSE(window.isVisible());
}

TEST(MainWindow, ANoticeStaysUntilItIsDismissed) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    EXPECT_FALSE(window.notices().isVisible());
    bool opened = false;
    window.notices().tell(MessageKind::Warning, u"Something happened."_s,
                          {{u"Open"_s, [&] { opened = true; }}});
    click(find(&window, "nav3"));
    EXPECT_TRUE(window.notices().isVisible());
    click(window.notices().bar()->buttons().first());
    EXPECT_TRUE(opened);
    EXPECT_TRUE(window.notices().isVisible());
    click(window.notices().bar()->buttons().last());
    EXPECT_FALSE(window.notices().isVisible());
}

TEST(MainWindow, CtrlQAsksAsClosingDoes) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    int left = 0;
    QObject::connect(&window, &MainWindow::left, &window, [&] { ++left; });
    click(find(&window, "nav6"));
    type(window.findChild<QLineEdit *>(u"workers"_s), u"3"_s);
    window.leave();
    window.leave();
    EXPECT_EQ(left, 0);
    click(buttonSaying(dialogInFront<Question>(), u"Close without saving"_s));
    EXPECT_EQ(left, 1);
    EXPECT_FALSE(window.isVisible());
}

TEST(MainWindow, ARemovalIsUndoneFromTheToast) {
    Desk desk(smallConfig());
    MainWindow window(desk.services());
    window.show();
    click(find(&window, "nav3"));
    const QWidget *routes = window.findChild<QStackedWidget *>()->widget(2);
    click(find(routes, "remove"));
    click(buttonSaying(dialogInFront<Question>(), u"Remove"_s));
    ASSERT_TRUE(waitUntil([&] { return desk.now().routes.isEmpty(); }));
    ASSERT_TRUE(waitUntil([&] { return find(&window, "toastAction")->isVisible(); }));
    click(find(&window, "toastAction"));
    EXPECT_TRUE(waitUntil([&] { return desk.now() == smallConfig(); }));
}

TEST(MainWindow, RemembersItsSizeBesideTheConfiguration) {
    Desk desk(smallConfig());
    {
        MainWindow window(desk.services());
        window.show();
        // No wider than it must be: Qt 6.8 cuts what does not fit the screen, here 800 × 800.
        window.resize(900, 700);
        window.close();
    }
    MainWindow window(desk.services());
    EXPECT_EQ(window.size(), QSize(900, 700));
    EXPECT_TRUE(QFile::exists(desk.folder.filePath(u"window.ini"_s)));
}

} // namespace quaygate::test
