#pragma once

#include "tests/support/event_loop.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

/// What a person does: finds a control, clicks it, types.
namespace quaygate::test {

/// The child of that object name, or a failed test. `T` defaults to a button.
template<typename T = QPushButton>
T *find(const QWidget *where, const char *name) {
    T *found = where->findChild<T *>(QString::fromLatin1(name));
    if (!found)
        ADD_FAILURE() << "no control named " << name;
    return found;
}

/// The button with these words, visible, within `where`.
inline QPushButton *buttonSaying(const QWidget *where, const QString &text) {
    for (QPushButton *button : where->findChildren<QPushButton *>())
        if (button->text() == text && button->isVisible())
            return button;
    return nullptr;
}

inline void click(QWidget *control) {
    ASSERT_NE(control, nullptr);
    ASSERT_TRUE(control->isVisible() && control->isEnabled()) << qPrintable(control->objectName());
    QTest::mouseClick(control, Qt::LeftButton);
}

/// Replaces what is in the field, key by key.
inline void type(QLineEdit *field, const QString &text) {
    ASSERT_NE(field, nullptr);
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Backspace);
    QTest::keyClicks(field, text);
}

/// Replaces what is in the field with a paste, as by Ctrl+V.
inline void paste(QLineEdit *field, const QString &text) {
    ASSERT_NE(field, nullptr);
    QGuiApplication::clipboard()->setText(text);
    field->setFocus();
    field->selectAll();
    field->paste();
}

/// The dialog of that class in front, once it is there.
template<typename Dialog>
Dialog *dialogInFront() {
    Dialog *found = nullptr;
    waitUntil([&] {
        for (QWidget *widget : QApplication::topLevelWidgets())
            if (auto *dialog = qobject_cast<Dialog *>(widget); dialog && dialog->isVisible())
                found = dialog;
        return found != nullptr;
    });
    return found;
}

} // namespace quaygate::test
