#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/backends/backend_form.h"
#include "ui/backends/backends_page.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/question.h"

#include <QCheckBox>
#include <QListView>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

Config twoBackends() {
    Config config = smallConfig();
    config.backends.append(azureBackend(u"east"_s));
    return config;
}

class BackendsPageTest : public testing::Test {
protected:
    explicit BackendsPageTest(const Config &config = twoBackends())
        : desk(config), page(desk.services()) {
        page.resize(900, 700);
        page.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&page, name); }
    void pick(int row) {
        QListView *view = page.list()->view();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(view->model()->index(row, 0)).center());
    }

    Desk desk;
    BackendsPage page;
};

class NoBackends : public BackendsPageTest {
protected:
    NoBackends() : BackendsPageTest(Config{}) {}
};

} // namespace

TEST_F(NoBackends, SayWhatABackendIsAndOfferOne) {
    click(find(&page, "emptyCreate"));
    EXPECT_TRUE(field("endpoint")->isVisible());
    EXPECT_TRUE(field("endpoint")->text().isEmpty());
}

TEST_F(BackendsPageTest, AClickShowsTheBackend) {
    EXPECT_EQ(field("name")->text(), u"azure-openai"_s);
    pick(1);
    EXPECT_EQ(field("name")->text(), u"east"_s);
    EXPECT_EQ(page.list()->current(), u"east"_s);
}

TEST_F(BackendsPageTest, UnsavedEditsAreNotLeftWithoutAQuestion) {
    type(field("deployment"), u"edited"_s);
    pick(1);
    auto *question = dialogInFront<Question>();
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(page.list()->current(), u"azure-openai"_s);
    click(buttonSaying(question, u"Keep editing"_s));
    EXPECT_EQ(field("deployment")->text(), u"edited"_s);
}

TEST_F(BackendsPageTest, UnsavedEditsCanBeSavedOnTheWay) {
    type(field("deployment"), u"edited"_s);
    pick(1);
    click(buttonSaying(dialogInFront<Question>(), u"Save"_s));
    ASSERT_TRUE(waitUntil([&] { return field("name")->text() == u"east"_s; }));
    EXPECT_EQ(desk.now().backends.first().deploymentName, u"edited"_s);
}

TEST_F(BackendsPageTest, EscapeDiscardsAfterAQuestion) {
    type(field("deployment"), u"edited"_s);
    QTest::keyClick(field("deployment"), Qt::Key_Escape);
    click(buttonSaying(dialogInFront<Question>(), u"Discard"_s));
    EXPECT_EQ(field("deployment")->text(), u"gpt-4.1-mini"_s);
    EXPECT_FALSE(page.hasUnsavedEdits());
}

TEST_F(BackendsPageTest, RemovingSaysWhichRouteGoesWithItAndCanBeUndone) {
    const Config before = desk.now();
    QSignalSpy removed(&page, &BackendsPage::removed);
    page.list()->view()->setFocus();
    QTest::keyClick(page.list()->view(), Qt::Key_Delete);
    auto *question = dialogInFront<Question>();
    ASSERT_NE(question, nullptr);
    click(buttonSaying(question, u"Remove both"_s));
    ASSERT_TRUE(waitUntil([&] { return !removed.isEmpty(); }));
    EXPECT_EQ(desk.now().backends.size(), 1);
    EXPECT_TRUE(desk.now().routes.isEmpty());
    EXPECT_EQ(field("name")->text(), u"east"_s);

    removed.first().at(1).value<std::function<void()>>()();
    ASSERT_TRUE(waitUntil([&] { return desk.now() == before; }));
    ASSERT_TRUE(waitUntil([&] { return field("name")->text() == u"azure-openai"_s; }));
}

TEST_F(BackendsPageTest, RemovingTakesTheKeyAlongOnlyWhenAsked) {
    QSignalSpy removed(&page, &BackendsPage::removed);
    bool written = false;
    desk.keychain.write(u"east"_s, Secret(QByteArray("k")),
                        [&](const Result<void> &) { written = true; });
    ASSERT_TRUE(waitUntil([&] { return written; }));
    pick(1);
    click(find(&page, "remove"));
    auto *question = dialogInFront<Question>();
    question->findChild<QCheckBox *>()->setChecked(true);
    click(buttonSaying(question, u"Remove"_s));
    ASSERT_TRUE(waitUntil([&] { return !removed.isEmpty(); }));
    EXPECT_TRUE(waitUntil([&] { return Desk::stored(desk.keychain, u"east"_s).isEmpty(); }));
}

TEST_F(BackendsPageTest, ADuplicateGetsANameOfItsOwn) {
    click(find(&page, "duplicate"));
    EXPECT_EQ(field("name")->text(), u"azure-openai-2"_s);
    click(find(&page, "save"));
    ASSERT_TRUE(waitUntil([&] { return desk.now().backends.size() == 3; }));
    EXPECT_EQ(desk.now().backends.last().auth.name, u"azure-openai"_s);
    ASSERT_TRUE(waitUntil([&] { return page.list()->current() == u"azure-openai-2"_s; }));
}

} // namespace quaygate::test
