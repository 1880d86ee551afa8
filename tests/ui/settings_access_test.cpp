#include "gateway/config/config_json.h"
#include "tests/config/sample_config.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/settings/settings_folds.h"
#include "ui/settings/settings_form.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QComboBox>

// Who may use the gateway, what it remembers, what may be spent.

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

class SettingsAccess : public testing::Test {
protected:
    SettingsAccess() : desk(smallConfig()), page(desk.services()) {
        page.resize(900, 2400);
        page.show();
        for (Fold *fold : page.findChildren<Fold *>())
            fold->setOpen(true);
        QCoreApplication::processEvents();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&page, name); }
    void press(QWidget *control) {
        ASSERT_NE(control, nullptr);
        QTest::keyClick(control, Qt::Key_Space);
        QCoreApplication::processEvents();
    }
    bool saves(const Config &expected) {
        page.save();
        return waitUntil([&] { return desk.now() == expected; });
    }

    Desk desk;
    SettingsPage page;
};

QDateTime noon() {
    return QDateTime(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC);
}

} // namespace

TEST_F(SettingsAccess, WhoMayUseTheGatewayIsSaved) {
    press(buttonSaying(&page, u"Optional"_s));
    press(find(&page, "originAdd"));
    type(field("originText1"), u"http://localhost:3000"_s);
    press(find<QCheckBox>(&page, "metrics"));
    Config expected = smallConfig();
    expected.gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    expected.gateway.cors.allowedOrigins = {u"http://localhost:3000"_s};
    expected.gateway.metrics = true;
    EXPECT_TRUE(saves(expected));
    type(field("originText1"), u"localhost:3000"_s);
    EXPECT_TRUE(field("originText1")->accessibleDescription().contains(u"a scheme"_s));
}

TEST_F(SettingsAccess, WarnsWhereNobodyCouldGetIn) {
    const auto warning = [&] {
        return find<QWidget>(&page, "clientKeys")
            ->accessibleDescription()
            .contains(u"every request is refused"_s);
    };
    EXPECT_FALSE(warning());
    press(buttonSaying(&page, u"Required"_s));
    EXPECT_TRUE(warning());
    press(buttonSaying(&page, u"Optional"_s));
    EXPECT_FALSE(warning());
    type(field("address"), u"0.0.0.0"_s);
    EXPECT_TRUE(warning());
}

TEST_F(SettingsAccess, TheBudgetOfAllRequestsAndPricesAreSaved) {
    type(field("budgetMoney"), u"100"_s);
    press(find(&page, "priceAdd"));
    type(field("priceModel1"), u"gpt-4.1"_s);
    type(field("priceInput1"), u"2"_s);
    EXPECT_TRUE(field("priceOutput1")->accessibleDescription().contains(u"a million tokens"_s));
    type(field("priceOutput1"), u"8"_s);
    press(find(&page, "priceAdd"));
    type(field("priceModel2"), u"GPT"_s);
    type(field("priceInput2"), u"0"_s);
    type(field("priceOutput2"), u"0"_s);
    page.save();
    EXPECT_TRUE(field("priceModel2")->accessibleDescription().contains(u"lower case"_s));
    press(find(&page, "priceRemove2"));
    Config expected = smallConfig();
    expected.gateway.budget = Budget{0, 100};
    expected.prices = {{u"gpt-4.1"_s, 2, 8}};
    EXPECT_TRUE(saves(expected));
}

TEST_F(SettingsAccess, WhatIsRememberedIsSaved) {
    type(field("trafficDays"), u"7"_s);
    type(field("trafficMegabytes"), u"0"_s);
    EXPECT_TRUE(field("trafficMegabytes")->accessibleDescription().contains(u"from 1"_s));
    type(field("trafficMegabytes"), u"12"_s);
    Config expected = smallConfig();
    expected.gateway.traffic = {7, 12};
    EXPECT_TRUE(saves(expected));
}

TEST(TrafficFold, RemembersBodiesForAWhileFromNowOn) {
    TrafficFold fold(nullptr, [] { return noon(); });
    auto *bodies = find<QComboBox>(&fold, "trafficBodies");
    const auto until = [&] {
        Settings settings;
        fold.apply(settings);
        return settings.gateway.traffic.bodiesUntil;
    };
    const auto choose = [&](int index) {
        bodies->setCurrentIndex(index);
        emit bodies->activated(index);
    };
    fold.fill({});
    EXPECT_EQ(bodies->currentIndex(), 0);
    choose(1);
    EXPECT_EQ(until(), u"2026-01-31T12:15:00Z"_s);
    choose(2);
    EXPECT_EQ(until(), u"2026-01-31T13:00:00Z"_s);
    choose(0);
    EXPECT_EQ(until(), QString());
    Settings later;
    later.gateway.traffic.bodiesUntil = u"2026-01-31T12:00:01Z"_s;
    fold.fill(later);
    EXPECT_EQ(bodies->currentText(), u"As it is"_s);
    choose(1);
    choose(3);
    EXPECT_EQ(until(), later.gateway.traffic.bodiesUntil);
    later.gateway.traffic.bodiesUntil = u"2026-01-31T11:59:59Z"_s; // over; kept as it is
    fold.fill(later);
    EXPECT_EQ(bodies->currentText(), u"No"_s);
    EXPECT_EQ(until(), later.gateway.traffic.bodiesUntil);
}

TEST_F(SettingsAccess, NothingOfAFileIsLost) {
    for (const Config &config : {completeConfig(), fullConfig()}) {
        desk.rewriteFile(writeConfig(config));
        ASSERT_TRUE(waitUntil([&] { return desk.now() == config; }));
        EXPECT_EQ(page.form()->draft(), settingsOf(config));
        EXPECT_FALSE(page.hasUnsavedEdits());
    }
}

} // namespace quaygate::test
