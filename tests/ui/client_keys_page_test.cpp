#include "gateway/config/config_json.h"
#include "gateway/rules/client_key.h"
#include "tests/config/sample_config.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/client_keys/client_key_edits.h"
#include "ui/client_keys/client_key_form.h"
#include "ui/client_keys/client_keys_page.h"
#include "ui/client_keys/new_key_dialog.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/question.h"

#include <QComboBox>
#include <QPointer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

Config withKeys() {
    Config config = smallConfig();
    config.clientKeys = {{u"laptop"_s, u"sha256:"_s + QString(64, u'1')},
                         {u"ci"_s, u"sha256:"_s + QString(64, u'2'), {u"azure-openai"_s}}};
    return config;
}

class ClientKeysPageTest : public testing::Test {
protected:
    ClientKeysPageTest() : desk(withKeys()), page(desk.services()) {
        page.resize(900, 1400);
        page.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&page, name); }
    const ClientKey *saved(const QString &name) {
        kept = desk.config.snapshot();
        return findClientKey(*kept, name);
    }

    Desk desk;
    ClientKeysPage page;
    Snapshot kept;
};

} // namespace

TEST_F(ClientKeysPageTest, ANewKeyIsShownOnceAndKeptAsAHash) {
    click(find(&page, "create"));
    type(field("name"), u"scripts"_s);
    click(find(&page, "save"));
    QPointer<NewKeyDialog> dialog = dialogInFront<NewKeyDialog>();
    ASSERT_TRUE(dialog);
    const QByteArray key = find<QLineEdit>(dialog, "shownKey")->text().toUtf8();
    EXPECT_TRUE(looksLikeClientKey(key));
    EXPECT_GE(key.size(), 43); // 256 bits
    ASSERT_TRUE(saved(u"scripts"_s));
    EXPECT_EQ(saved(u"scripts"_s)->hash, hashOfClientKey(Secret(QByteArray(key))));
    EXPECT_FALSE(desk.fileText().contains(key));
    click(find(dialog, "copyKey"));
    EXPECT_EQ(QGuiApplication::clipboard()->text().toUtf8(), key);

    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_TRUE(dialog && dialog->isVisible()); // no stray key loses it
    click(find(dialog, "done"));
    EXPECT_TRUE(waitUntil([&] { return !dialog; }));
    for (const QLineEdit *line : page.findChildren<QLineEdit *>())
        EXPECT_FALSE(line->text().contains(QString::fromUtf8(key)));
    // Another save of the same key makes no other.
    const QString hash = saved(u"scripts"_s)->hash;
    type(field("name"), u"renamed"_s);
    click(find(&page, "save"));
    ASSERT_TRUE(waitUntil([&] { return saved(u"renamed"_s) != nullptr; }));
    EXPECT_EQ(saved(u"renamed"_s)->hash, hash);
    EXPECT_EQ(desk.now().clientKeys.size(), 3);
}

TEST_F(ClientKeysPageTest, EachNewKeyIsAnother) {
    QSet<QString> hashes;
    for (int i = 0; i < 3; ++i) {
        page.form()->createNew();
        hashes.insert(page.form()->draft().hash);
    }
    EXPECT_EQ(hashes.size(), 3);
}

TEST_F(ClientKeysPageTest, WhatItOpensAndItsRulesAreSaved) {
    page.open(u"laptop"_s);
    auto *routes = find<QComboBox>(&page, "keyRouteChoice1");
    EXPECT_GE(routes->findText(u"azure-openai"_s), 0);
    routes->setEditText(u"azure*"_s);
    type(field("keyModelText1"), u"gpt-4*"_s);
    find<Fold>(&page, "spendingRules")->setOpen(true);
    QCoreApplication::processEvents();
    QTest::keyClick(find(&page, "limitAdd"), Qt::Key_Space);
    type(field("limitAmount1"), u"5"_s);
    type(field("budgetMoney"), u"2"_s);
    page.save();
    ClientKey expected = withKeys().clientKeys.first();
    expected.routes = {u"azure*"_s};
    expected.models = {u"gpt-4*"_s};
    expected.rules.rateLimit = {{5, 0, RateLimit::Per::Minute}};
    expected.rules.budget = Budget{0, 2};
    EXPECT_TRUE(waitUntil([&] { return desk.now().clientKeys.first() == expected; }));
}

TEST_F(ClientKeysPageTest, AKeyThatOpensNothingOrHasAnothersNameIsNotSaved) {
    page.open(u"laptop"_s);
    QTest::keyClick(find(&page, "keyModelRemove1"), Qt::Key_Space);
    type(field("name"), u"ci"_s);
    EXPECT_TRUE(field("name")->accessibleDescription().contains(u"another client key"_s));
    click(find(&page, "save"));
    EXPECT_EQ(desk.now(), withKeys());
}

TEST_F(ClientKeysPageTest, ACopyHasAKeyOfItsOwn) {
    page.open(u"ci"_s);
    click(find(&page, "duplicate"));
    const ClientKey copy = page.form()->draft();
    EXPECT_EQ(copy.name, u"ci-2"_s);
    EXPECT_EQ(copy.routes, QStringList(u"azure-openai"_s));
    EXPECT_NE(copy.hash, withKeys().clientKeys.last().hash);
}

TEST_F(ClientKeysPageTest, RemovingCanBeUndone) {
    QSignalSpy removed(&page, &ClientKeysPage::removed);
    page.open(u"laptop"_s);
    click(find(&page, "remove"));
    click(buttonSaying(dialogInFront<Question>(), u"Remove"_s));
    ASSERT_TRUE(waitUntil([&] { return !removed.isEmpty(); }));
    EXPECT_EQ(desk.now().clientKeys.size(), 1);
    removed.first().at(1).value<std::function<void()>>()();
    EXPECT_TRUE(waitUntil([&] { return desk.now() == withKeys(); }));
    EXPECT_TRUE(waitUntil([&] { return page.list()->current() == u"laptop"_s; }));
}

TEST_F(ClientKeysPageTest, NothingOfAFileIsLost) {
    for (const Config &config : {completeConfig(), fullConfig()}) {
        desk.rewriteFile(writeConfig(config));
        ASSERT_TRUE(waitUntil([&] { return desk.now() == config; }));
        EXPECT_EQ(page.form()->draft(), config.clientKeys.first());
        EXPECT_FALSE(page.hasUnsavedEdits());
    }
}

TEST(ClientKeyEdits, SayWhenKeysMakeNoDifference) {
    GatewaySettings gateway;
    EXPECT_TRUE(whyKeysAreNotAsked(gateway).contains(u"no key"_s));
    gateway.address = u"localhost"_s;
    EXPECT_FALSE(whyKeysAreNotAsked(gateway).isEmpty());
    gateway.address = u"0.0.0.0"_s;
    EXPECT_EQ(whyKeysAreNotAsked(gateway), QString());
    gateway.address = u"127.0.0.1"_s;
    gateway.clientKeys = GatewaySettings::ClientKeys::Optional;
    EXPECT_EQ(whyKeysAreNotAsked(gateway), QString());
}

} // namespace quaygate::test
