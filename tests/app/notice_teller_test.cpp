#include "app/notice_teller.h"
#include "gateway/config/config_json.h"
#include "gateway/traffic/traffic_log.h"
#include "tests/app/fake_desktop.h"
#include "tests/config/sample_config.h"
#include "tests/support/event_loop.h"
#include "tests/ui/desk.h"
#include "ui/tray/tray.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

/// The program without its window, on a desktop that shows notifications.
class Telling : public testing::Test {
protected:
    void begin(const Config &config) {
        desk = std::make_unique<Desk>(config);
        tray = std::make_unique<Tray>(desk->services());
        teller = std::make_unique<NoticeTeller>(
            NoticeTeller::Parts{desk->config, desk->gateway, log, *tray});
    }
    void add(int status) {
        TrafficRecord record;
        record.status = status;
        record.attempts = {{u"east"_s, status, {}, {}}};
        log.add(record);
    }
    /// Until what was added before has been seen.
    void settle() {
        const qsizetype before = log.newest().size();
        add(200);
        ASSERT_TRUE(waitUntil([&] { return log.newest().size() > before; }));
    }
    bool isShown(qsizetype count) {
        return waitUntil([&] { return desktop.shown.size() == count; });
    }
    QString shown(int argument) const { return desktop.shown.last().at(argument).toString(); }

    Bus bus;
    FakeDesktop desktop{bus.address()};
    TrafficLog log{QString()};
    std::unique_ptr<Desk> desk;
    std::unique_ptr<Tray> tray;
    std::unique_ptr<NoticeTeller> teller;
};

} // namespace

TEST_F(Telling, AKeyThatIsRefusedIsToldOnceAndLeadsToItsBackend) {
    begin(smallConfig());
    Notice clicked;
    QByteArray token;
    QObject::connect(teller.get(), &NoticeTeller::clicked,
                     [&](const Notice &notice, const QByteArray &activation) {
                         clicked = notice;
                         token = activation;
                     });
    desktop.token = u"t"_s;
    add(401);
    add(401);
    ASSERT_TRUE(waitUntil([&] { return !clicked.backend.isEmpty(); }));
    EXPECT_EQ(shown(3), u"Azure refuses a key"_s);
    EXPECT_EQ(clicked.backend, u"east"_s);
    EXPECT_EQ(token, "t");
    settle();
    EXPECT_EQ(desktop.shown.size(), 1) << "one of a kind a minute";
}

TEST_F(Telling, AGatewayThatCouldNotStartIsTold) {
    QTcpServer other;
    ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
    Config config = smallConfig();
    config.gateway.port = other.serverPort();
    begin(config);
    desk->gateway.start();
    ASSERT_TRUE(isShown(1));
    EXPECT_EQ(shown(3), u"The gateway did not start"_s);
    EXPECT_TRUE(shown(4).contains(QString::number(other.serverPort())));
}

TEST_F(Telling, NothingIsToldToWhoDoesNotWantIt) {
    Config config = smallConfig();
    config.desktop.notifications = false;
    begin(config);
    add(401);
    settle();
    config.desktop.notifications = true; // what comes next shows that nothing came before
    desk->rewriteFile(writeConfig(config));
    ASSERT_TRUE(waitUntil([&] { return desk->now().desktop.notifications; }));
    add(401);
    ASSERT_TRUE(isShown(1));
}

} // namespace quaygate::test
