#include "gateway/config/config_json.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/settings/limit_fields.h"
#include "ui/settings/settings_form.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/question.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

namespace {

class SettingsPageTest : public testing::Test {
protected:
    explicit SettingsPageTest(const Config &config = smallConfig())
        : desk(config), page(desk.services()), saved(&page, &SettingsPage::saved) {
        page.resize(900, 1400);
        page.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&page, name); }
    QString errorAt(const char *name) { return rowOf(name)->error(); }
    FormField *rowOf(const char *name) {
        QWidget *widget = find<QWidget>(&page, name);
        while (widget && !qobject_cast<FormField *>(widget))
            widget = widget->parentWidget();
        return qobject_cast<FormField *>(widget);
    }
    void openLimits() {
        click(find(&page, "limitsLine"));
        QCoreApplication::processEvents();
    }
    void save() {
        saved.clear();
        click(find(&page, "save"));
        ASSERT_TRUE(waitUntil([&] { return !saved.isEmpty(); }));
    }

    Desk desk;
    SettingsPage page;
    QSignalSpy saved;
};

Config fullSettings() {
    Config config = smallConfig();
    config.gateway.address = u"localhost"_s;
    config.gateway.port = 9000;
    config.gateway.workers = 3;
    config.gateway.limits.headerBytes = 4097; // no whole number of KiB
    config.gateway.limits.bodyBytes = 1024 * 1024;
    config.gateway.limits.connections = 7;
    config.gateway.limits.keepAlive = 1500ms;
    config.gateway.limits.unknown = {{u"burst"_s, "12"_ba}};
    config.gateway.unknown = {{u"tls"_s, "{\"a\": 1.50}"_ba}};
    config.modelAliases = {{u"fast"_s, u"gpt-4.1-mini"_s}, {u"claude-*"_s, u"azure-openai"_s}};
    config.unknown = {{u"note"_s, "\"mine\""_ba}};
    return config;
}

class FullSettings : public SettingsPageTest {
protected:
    FullSettings() : SettingsPageTest(fullSettings()) {}
};

} // namespace

TEST_F(SettingsPageTest, ShowTheUsualAsPlaceholders) {
    EXPECT_EQ(field("address")->text(), u"127.0.0.1"_s);
    EXPECT_EQ(field("port")->text(), u"0"_s); // as in this configuration
    EXPECT_EQ(field("port")->placeholderText(), u"8080"_s);
    EXPECT_EQ(field("limit-headerBytes")->placeholderText(), u"64 KiB"_s);
    EXPECT_EQ(field("limit-bodyBytes")->placeholderText(), u"64 MiB"_s);
    EXPECT_EQ(field("limit-headerTime")->placeholderText(), u"15s"_s);
    EXPECT_TRUE(field("limit-inFlight")->text().isEmpty());
    EXPECT_EQ(find<LimitFields>(&page, "limits")->summary(), u"all as usual"_s);
    EXPECT_EQ(page.form()->draft(), settingsOf(smallConfig()));
    EXPECT_FALSE(page.hasUnsavedEdits());
}

TEST_F(SettingsPageTest, WhatIsTypedIsSaved) {
    type(field("address"), u"::1"_s);
    type(field("port"), {});
    type(field("workers"), u"2"_s);
    click(find(&page, "aliasAdd"));
    type(field("aliasName1"), u"gpt-*"_s);
    type(field("aliasValue1"), u"azure-openai"_s);
    openLimits();
    type(field("limit-targetBytes"), u"8 KiB"_s);
    type(field("limit-bodyBytes"), u"100mb"_s);
    type(field("limit-inFlight"), u"9"_s);
    type(field("limit-writeStall"), u"1m"_s);
    EXPECT_TRUE(page.hasUnsavedEdits());
    save();

    Config expected = smallConfig();
    expected.gateway.address = u"::1"_s;
    expected.gateway.port = 8080;
    expected.gateway.workers = 2;
    expected.gateway.limits.targetBytes = 8192;
    expected.gateway.limits.bodyBytes = 100 * 1024 * 1024;
    expected.gateway.limits.inFlight = 9;
    expected.gateway.limits.writeStall = 1min;
    expected.modelAliases = {{u"gpt-*"_s, u"azure-openai"_s}};
    EXPECT_EQ(desk.now(), expected);
    EXPECT_FALSE(page.hasUnsavedEdits());
}

TEST_F(FullSettings, OfAFileAreShownAndNothingIsLost) {
    EXPECT_EQ(field("address")->text(), u"localhost"_s);
    EXPECT_EQ(field("workers")->text(), u"3"_s);
    EXPECT_EQ(field("limit-headerBytes")->text(), u"4097 B"_s);
    EXPECT_EQ(field("limit-keepAlive")->text(), u"1500ms"_s);
    EXPECT_EQ(field("aliasName2")->text(), u"claude-*"_s);
    EXPECT_EQ(field("aliasValue2")->text(), u"azure-openai"_s);
    EXPECT_EQ(page.form()->draft(), settingsOf(fullSettings()));
    type(field("workers"), u"4"_s);
    save();
    Config expected = fullSettings();
    expected.gateway.workers = 4;
    EXPECT_EQ(desk.now(), expected);
    EXPECT_EQ(parseConfig(desk.fileText()).config, expected);
}

struct SettingsMistake {
    const char *test;
    const char *control;
    QString typed;
    QString said;
};

class SettingsMistakes : public SettingsPageTest,
                         public testing::WithParamInterface<SettingsMistake> {};

TEST_P(SettingsMistakes, AreToldBesideTheFieldAndNotSaved) {
    const QLineEdit *edit = field(GetParam().control);
    type(field(GetParam().control), GetParam().typed);
    EXPECT_TRUE(errorAt(GetParam().control).contains(GetParam().said))
        << qPrintable(errorAt(GetParam().control));
    click(find(&page, "save"));
    EXPECT_TRUE(edit->isVisible()); // the limits are open
    EXPECT_EQ(desk.now(), smallConfig());
    page.form()->discard();
    EXPECT_TRUE(errorAt(GetParam().control).isEmpty());
    EXPECT_FALSE(page.hasUnsavedEdits());
}

INSTANTIATE_TEST_SUITE_P(
    All, SettingsMistakes,
    testing::Values(SettingsMistake{"Address", "address", u"example.com"_s, u"IP address"_s},
                    SettingsMistake{"Port", "port", u"70000"_s, u"0 to 65535"_s},
                    SettingsMistake{"Workers", "workers", u"65"_s, u"0 to 64"_s},
                    SettingsMistake{"Size", "limit-headerBytes", u"2 MiB"_s, u"1 KiB to 1 MiB"_s},
                    SettingsMistake{"Unit", "limit-bodyBytes", u"10 loaves"_s, u"1 KiB to 1 GiB"_s},
                    SettingsMistake{"Number", "limit-inFlight", u"0"_s, u"1 to 100000"_s},
                    SettingsMistake{"Time", "limit-keepAlive", u"75"_s, u"a duration"_s}),
    [](const auto &info) { return std::string(info.param.test); });

TEST_F(SettingsPageTest, AnAliasThatLeadsNowhereIsToldAtItsLine) {
    click(find(&page, "aliasAdd"));
    type(field("aliasName1"), u"fast"_s);
    type(field("aliasValue1"), u"nobody"_s);
    EXPECT_TRUE(field("aliasName1")->accessibleDescription().contains(u"nobody"_s));
    click(find(&page, "save"));
    EXPECT_EQ(desk.now(), smallConfig());
    type(field("aliasValue1"), u"gpt-4.1-mini"_s);
    EXPECT_TRUE(field("aliasName1")->accessibleDescription().isEmpty());
    save();
    EXPECT_EQ(desk.now().modelAliases, (QList<ModelAlias>{{u"fast"_s, u"gpt-4.1-mini"_s}}));
}

TEST_F(SettingsPageTest, AnAddressThatOthersReachIsWarnedOf) {
    EXPECT_TRUE(rowOf("address")->warning().isEmpty());
    type(field("address"), u"0.0.0.0"_s);
    EXPECT_TRUE(rowOf("address")->warning().contains(u"network"_s));
    EXPECT_TRUE(rowOf("address")->error().isEmpty());
    for (const QString &own : {u"localhost"_s, u"::1"_s, u"127.0.0.2"_s}) {
        type(field("address"), own);
        EXPECT_TRUE(rowOf("address")->warning().isEmpty()) << qPrintable(own);
    }
}

TEST_F(SettingsPageTest, AChangedPortIsListenedOnAtOnce) {
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return desk.gateway.state() == Gateway::State::Running; }));
    const quint16 before = desk.gateway.port();
    type(field("address"), u"::1"_s);
    save();
    ASSERT_TRUE(waitUntil([&] {
        return desk.gateway.state() == Gateway::State::Running &&
               desk.gateway.url().contains(u"[::1]"_s);
    })) << qPrintable(desk.gateway.url());
    EXPECT_NE(before, 0);
}

TEST_F(SettingsPageTest, FollowAFileChangedByHandUnlessEdited) {
    Config theirs = smallConfig();
    theirs.gateway.workers = 5;
    desk.rewriteFile(writeConfig(theirs));
    ASSERT_TRUE(waitUntil([&] { return field("workers")->text() == u"5"_s; }));
    EXPECT_FALSE(page.hasUnsavedEdits());

    type(field("workers"), u"6"_s);
    theirs.gateway.workers = 7;
    desk.rewriteFile(writeConfig(theirs));
    ASSERT_TRUE(waitUntil([&] { return page.form()->message()->isSet(); }));
    EXPECT_EQ(field("workers")->text(), u"6"_s);
    click(buttonSaying(&page, u"Keep my edits"_s));
    save();
    EXPECT_EQ(desk.now().gateway.workers, 6);
}

TEST_F(SettingsPageTest, EscapeDiscardsAfterAQuestion) {
    type(field("workers"), u"6"_s);
    QTest::keyClick(field("workers"), Qt::Key_Escape);
    click(buttonSaying(dialogInFront<Question>(), u"Discard"_s));
    EXPECT_TRUE(field("workers")->text().isEmpty());
    EXPECT_FALSE(page.hasUnsavedEdits());
}

TEST_F(SettingsPageTest, TabGoesThroughTheFields) {
    page.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return page.isActiveWindow(); }));
    openLimits();
    field("address")->setFocus();
    QStringList order;
    for (int i = 0; i < 18; ++i) {
        order.append(QApplication::focusWidget()->objectName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(order.join(u", "_s).toStdString(),
              "address, port, workers, aliasAdd, accessLine, trafficLine, moneyLine, "
              "desktopLine, limitsLine, "
              "limit-headerBytes, "
              "limit-targetBytes, limit-bodyBytes, limit-connections, limit-inFlight, "
              "limit-headerTime, limit-bodyStall, limit-keepAlive, limit-writeStall");
}

} // namespace quaygate::test
