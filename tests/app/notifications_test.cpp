#include "app/desktop_notifications.h"
#include "tests/app/fake_desktop.h"
#include "tests/support/event_loop.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(DesktopNotifications, AreShownByTheDesktopAndTellOfAClick) {
    const Bus bus;
    FakeDesktop desktop(bus.address());
    DesktopNotifications notifications;
    QStringList clicks;
    bool failed = false;
    const auto show = [&](const QString &title) {
        notifications.show(
            u"key"_s, title, u"a < b & c"_s,
            [&clicks, title](const QString &token) { clicks.append(title + u' ' + token); },
            [&] { failed = true; });
    };
    desktop.token = u"token-1"_s;
    show(u"One"_s);
    ASSERT_TRUE(waitUntil([&] { return !clicks.isEmpty() || failed; }));
    EXPECT_EQ(clicks, QStringList(u"One token-1"_s));
    const QVariantList first = desktop.shown.first();
    EXPECT_EQ(first.at(0), u"Quaygate"_s);
    EXPECT_EQ(first.at(1).toUInt(), 0u);
    EXPECT_EQ(first.at(3), u"One"_s);
    EXPECT_EQ(first.at(4), u"a &lt; b &amp; c"_s) << "it is not markup";

    desktop.token = u"token-2"_s;
    show(u"Two"_s);
    ASSERT_TRUE(waitUntil([&] { return clicks.size() == 2 || failed; }));
    EXPECT_EQ(clicks.last(), u"Two token-2"_s);
    EXPECT_EQ(desktop.shown.last().at(1).toUInt(), 1u) << "it takes the place of the one before";
    EXPECT_FALSE(failed);
}

TEST(DesktopNotifications, FailWhereNothingShowsThem) {
    const Bus bus;
    DesktopNotifications notifications;
    bool failed = false;
    notifications.show(u"key"_s, u"One"_s, u"text"_s, {}, [&] { failed = true; });
    EXPECT_TRUE(waitUntil([&] { return failed; }));
}

TEST(DesktopNotifications, FailWithoutABus) {
    const QByteArray before = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    DesktopNotifications notifications;
    bool failed = false;
    notifications.show(u"key"_s, u"One"_s, u"text"_s, {}, [&] { failed = true; });
    EXPECT_TRUE(failed);
    qputenv("DBUS_SESSION_BUS_ADDRESS", before);
}

} // namespace quaygate::test
