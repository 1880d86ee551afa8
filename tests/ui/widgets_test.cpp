#include "tests/ui/hands.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/item_model.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/question.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/value_field.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QListView>
#include <QSignalSpy>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

QList<Item> numbered(int count) {
    QList<Item> items;
    for (int i = 0; i < count; ++i)
        items.append({u"item %1"_s.arg(i), u"detail"_s, {}, {}});
    return items;
}

} // namespace

TEST(ItemModel, ReachesAnyListFromAnyOther) {
    ItemModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::mt19937 random(7);
    QList<Item> all = numbered(12);
    for (int round = 0; round < 200; ++round) {
        std::shuffle(all.begin(), all.end(), random);
        QList<Item> wanted = all.first(qsizetype(random() % 13));
        if (!wanted.isEmpty())
            wanted.first().detail = QString::number(round);
        model.setItems(wanted);
        ASSERT_EQ(model.items(), wanted);
    }
}

TEST(ItemList, KeepsTheSelectionWhenItemsChangeAndFilters) {
    ItemList list(u"Things"_s);
    list.resize(240, 400);
    list.show();
    list.setItems(numbered(130));
    list.setCurrent(u"item 77"_s);
    QSignalSpy picked(&list, &ItemList::picked);
    list.setItems(numbered(129));
    EXPECT_EQ(list.current(), u"item 77"_s);
    type(list.findChild<QLineEdit *>(), u"77"_s);
    EXPECT_EQ(list.view()->model()->rowCount(), 1);
    EXPECT_EQ(list.current(), u"item 77"_s);
    EXPECT_EQ(picked.count(), 0);
}

TEST(KeyField, IsMaskedForEyesClipboardAndScreenReader) {
    KeyField field;
    field.show();
    type(&field, u"canary-key"_s);
    EXPECT_EQ(field.echoMode(), QLineEdit::Password);
    QGuiApplication::clipboard()->setText(u"before"_s);
    field.selectAll();
    field.copy();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"before"_s);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&field);
    ASSERT_NE(accessible, nullptr);
    EXPECT_FALSE(accessible->text(QAccessible::Value).contains(u"canary"_s));
    EXPECT_EQ(field.key().reveal(), "canary-key");
}

TEST(KeyField, WipeLeavesNothingToUndo) {
    KeyField field;
    field.show();
    type(&field, u"canary-key"_s);
    field.wipe();
    field.undo();
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_FALSE(field.hasKey());
}

TEST(KeyField, LosesTheBlanksOfAPaste) {
    KeyField field;
    field.setKey(Secret(QByteArray("  key\t")));
    EXPECT_EQ(field.key().reveal(), "key");
}

TEST(ElidedLabel, ShowsWhatFitsAndTellsTheRest) {
    ElidedLabel label(Qt::ElideMiddle);
    const QString text = QString(200, u'x');
    label.resize(100, 20);
    label.show();
    label.setText(text);
    EXPECT_TRUE(label.QLabel::text().contains(u'…'));
    EXPECT_EQ(label.toolTip(), text);
    label.setText(u"short"_s);
    EXPECT_EQ(label.QLabel::text(), u"short"_s);
    EXPECT_TRUE(label.toolTip().isEmpty());
}

TEST(ValueField, IsWholeOnceItHasTheFocus) {
    QWidget window;
    auto *other = new QLineEdit(&window);
    auto *field = new ValueField(u"URL"_s, &window);
    field->resize(160, 30);
    window.show();
    window.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return window.isActiveWindow(); }));
    other->setFocus();
    const QString value = u"https://"_s + QString(100, u'x');
    field->setValue(value);
    EXPECT_TRUE(field->text().contains(u'…'));
    field->setFocus();
    EXPECT_EQ(field->selectedText(), value);
    other->setFocus();
    EXPECT_TRUE(field->text().contains(u'…'));
}

TEST(FormField, TellsAScreenReaderWhatIsWrong) {
    auto *editor = new QLineEdit;
    FormField field(u"&Name"_s, editor);
    EXPECT_EQ(editor->accessibleName(), u"Name"_s);
    field.setError(u"A backend needs a name."_s);
    EXPECT_TRUE(editor->accessibleDescription().contains(u"A backend needs a name."_s));
    EXPECT_TRUE(editor->property("invalid").toBool());
    field.setError({});
    EXPECT_TRUE(editor->accessibleDescription().isEmpty());
    EXPECT_FALSE(editor->property("invalid").toBool());
}

TEST(CopyButton, CopiesWhatThereIsWhenPressed) {
    QString text = u"one"_s;
    CopyButton button(u"Copy"_s, [&] { return text; });
    button.show();
    text = u"two"_s;
    click(&button);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), u"two"_s);
    EXPECT_EQ(button.accessibleName(), u"Copied"_s);
}

TEST(Question, EscapeAnswersNothing) {
    QWidget window;
    window.show();
    bool answered = false;
    auto *question = new Question(u"Remove?"_s, u"It is gone then."_s, &window);
    question->addAnswer(u"Cancel"_s, ButtonKind::Ghost);
    question->addAnswer(u"Remove"_s, ButtonKind::Danger, [&] { answered = true; });
    question->open();
    QTest::keyClick(question, Qt::Key_Escape);
    EXPECT_FALSE(question->isVisible());
    EXPECT_FALSE(answered);
}

TEST(Toast, RunsItsActionOnce) {
    QWidget window;
    window.resize(600, 400);
    window.show();
    int undone = 0;
    auto *toast = new Toast(&window);
    toast->showMessage(u"Removed"_s, u"Undo"_s, [&] { ++undone; });
    EXPECT_TRUE(window.rect().contains(toast->geometry()));
    click(toast->actionButton());
    EXPECT_EQ(undone, 1);
    EXPECT_FALSE(toast->isVisible());
}

} // namespace quaygate::test
