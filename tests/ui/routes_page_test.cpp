#include "gateway/config/config_json.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/routes/route_form.h"
#include "ui/routes/routes_page.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/question.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

class RoutesPageTest : public testing::Test {
protected:
    RoutesPageTest() : desk(smallConfig()), page(desk.services()) {
        page.resize(900, 700);
        page.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&page, name); }

    Desk desk;
    RoutesPage page;
};

} // namespace

TEST_F(RoutesPageTest, ShowsTheCurlLineOfTheAddressInUse) {
    bool running = false;
    QObject::connect(&desk.gateway, &Gateway::stateChanged, &page,
                     [&](Gateway::State state) { running = state == Gateway::State::Running; });
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return running; }));
    const QString url = u"http://127.0.0.1:%1/azure-openai"_s.arg(desk.gateway.port());
    EXPECT_TRUE(find<CodeBlock>(&page, "curl")->code().startsWith(u"curl \"%1\" \\\n"_s.arg(url)));
    click(find<CodeBlock>(&page, "curl")->findChild<QPushButton *>());
    EXPECT_EQ(QGuiApplication::clipboard()->text(), find<CodeBlock>(&page, "curl")->code());
}

TEST_F(RoutesPageTest, TheCurlLineFollowsThePrefixWhileItIsTyped) {
    type(field("prefix"), u"/elsewhere"_s);
    EXPECT_TRUE(find<CodeBlock>(&page, "curl")->code().contains(u"/elsewhere\""_s));
}

TEST_F(RoutesPageTest, ANewRouteIsFilledInAndSaved) {
    page.createNew();
    EXPECT_EQ(field("prefix")->text(), u"/azure-openai-2"_s);
    EXPECT_EQ(find<QComboBox>(&page, "backendName1")->currentText(), u"azure-openai"_s);
    type(field("name"), u"chat"_s);
    type(field("prefix"), u"/chat"_s);
    page.save();
    ASSERT_TRUE(waitUntil([&] { return desk.now().routes.size() == 2; }));
    EXPECT_EQ(desk.now().routes.last().match.pathPrefix, u"/chat"_s);
    ASSERT_TRUE(waitUntil([&] { return page.list()->current() == u"chat"_s; }));
}

TEST_F(RoutesPageTest, AWrongPrefixIsNotSaved) {
    type(field("prefix"), u"no-slash"_s);
    EXPECT_TRUE(field("prefix")->property("invalid").toBool());
    click(find(&page, "save"));
    EXPECT_EQ(desk.now(), smallConfig());
}

TEST_F(RoutesPageTest, AliasesAndStrictAnswersAreSaved) {
    page.resize(900, 1400);
    QCoreApplication::processEvents();
    click(find(&page, "aliasAdd"));
    type(field("aliasName1"), u"claude-*"_s);
    auto *target = qobject_cast<QComboBox *>(field("aliasValue1")->parentWidget());
    ASSERT_NE(target, nullptr);
    EXPECT_GE(target->findText(u"azure-openai"_s), 0);
    EXPECT_GE(target->findText(u"gpt-4.1-mini"_s), 0);
    target->setCurrentText(u"gpt-4.1-mini"_s);
    QTest::keyClick(find<QCheckBox>(&page, "strict"), Qt::Key_Space);
    click(find(&page, "save"));
    Config expected = smallConfig();
    expected.routes.first().modelAliases = {{u"claude-*"_s, u"gpt-4.1-mini"_s}};
    expected.routes.first().strictOpenAI = true;
    EXPECT_TRUE(waitUntil([&] { return desk.now() == expected; }));
}

TEST_F(RoutesPageTest, AnAliasMustLeadToABackendOfTheRoute) {
    page.resize(900, 1400);
    QCoreApplication::processEvents();
    click(find(&page, "aliasAdd"));
    type(field("aliasName1"), u"a*b*"_s);
    type(field("aliasValue1"), u"azure-openai"_s);
    EXPECT_TRUE(field("aliasName1")->accessibleDescription().contains(u"one *"_s));
    type(field("aliasName1"), u"a*"_s);
    type(field("aliasValue1"), u"elsewhere"_s);
    EXPECT_TRUE(field("aliasName1")->accessibleDescription().contains(u"this route"_s));
    click(find(&page, "save"));
    EXPECT_EQ(desk.now(), smallConfig());
}

TEST_F(RoutesPageTest, NothingOfAFileIsLost) {
    Config config = smallConfig();
    Route &route = config.routes.first();
    route.modelAliases = {{u"b"_s, u"azure-openai"_s}, {u"a"_s, u"GPT-4.1-mini"_s}};
    route.strictOpenAI = true;
    route.unknown = {{u"share"_s, "1.50"_ba}};
    route.match.unknown = {{u"model"_s, "\"x\""_ba}};
    route.backends.first().unknown = {{u"rank"_s, "2"_ba}};
    const ParsedConfig parsed = parseConfig(writeConfig(config));
    ASSERT_TRUE(parsed.problems.isEmpty()) << qPrintable(describe(parsed.problems));
    desk.rewriteFile(writeConfig(config));
    ASSERT_TRUE(waitUntil([&] { return desk.now() == config; }));
    EXPECT_EQ(page.form()->draft(), route);
    EXPECT_FALSE(page.hasUnsavedEdits());
    type(field("prefix"), u"/other"_s);
    page.save();
    route.match.pathPrefix = u"/other"_s;
    EXPECT_TRUE(waitUntil([&] { return desk.now() == config; }));
}

TEST_F(RoutesPageTest, RemovingCanBeUndone) {
    const Config before = desk.now();
    QSignalSpy removed(&page, &RoutesPage::removed);
    click(find(&page, "remove"));
    click(buttonSaying(dialogInFront<Question>(), u"Remove"_s));
    ASSERT_TRUE(waitUntil([&] { return !removed.isEmpty(); }));
    EXPECT_TRUE(desk.now().routes.isEmpty());
    EXPECT_TRUE(find(&page, "emptyCreate")->isVisible());
    removed.first().at(1).value<std::function<void()>>()();
    EXPECT_TRUE(waitUntil([&] { return desk.now() == before; }));
}

} // namespace quaygate::test
