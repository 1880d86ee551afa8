#pragma once

#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/backends/backend_form.h"
#include "ui/widgets/form_field.h"

#include <QComboBox>
#include <QScrollArea>
#include <QSignalSpy>

namespace quaygate::test {

/// The form of a backend on a desk of its own, and what a person does with it.
class BackendFormDesk : public testing::Test {
protected:
    BackendFormDesk()
        : desk(smallConfig()), form(desk.services()), saved(&form, &EditorForm::saved) {
        form.resize(520, 700);
        form.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&form, name); }

    /// What is said beneath the field.
    QString errorAt(const char *name) {
        for (QWidget *widget = find<QWidget>(&form, name); widget; widget = widget->parentWidget())
            if (auto *row = qobject_cast<FormField *>(widget))
                return row->error();
        return {};
    }

    void save() {
        saved.clear();
        click(find(&form, "save"));
        ASSERT_TRUE(waitUntil([&] { return !saved.isEmpty(); }));
    }

    /// Scrolls to it as a person would, then clicks it.
    void press(QWidget *control) {
        ASSERT_NE(control, nullptr);
        waitUntil([&] {
            form.findChild<QScrollArea *>()->ensureWidgetVisible(control);
            return control->visibleRegion().boundingRect() == control->rect();
        });
        click(control);
    }

    void openAdvanced() {
        press(find(&form, "advancedLine"));
        QCoreApplication::processEvents();
    }

    /// Chooses it in the list of ways to sign in, with the keyboard.
    void signInWith(const QString &name) { choose(find<QComboBox>(&form, "signIn"), name); }

    static void choose(QComboBox *box, const QString &text) {
        ASSERT_GE(box->findText(text), 0) << qPrintable(text);
        box->setFocus();
        while (box->currentText() != text) {
            const bool above = box->currentIndex() > box->findText(text);
            QTest::keyClick(box, above ? Qt::Key_Up : Qt::Key_Down);
        }
    }

    Desk desk;
    BackendForm form;
    QSignalSpy saved;
};

} // namespace quaygate::test
