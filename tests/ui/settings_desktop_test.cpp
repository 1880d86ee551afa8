#include "tests/config/sample_config.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/settings/settings_page.h"
#include "ui/widgets/fold.h"

#include <QCheckBox>
#include <QLabel>

// How the program behaves in the session.

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

class SettingsDesktop : public testing::Test {
protected:
    SettingsDesktop() : page(desk.services()) {
        page.resize(900, 1200);
        page.show();
        find<Fold>(&page, "desktop")->setOpen(true);
        QCoreApplication::processEvents();
    }

    void press(const char *name) {
        QTest::keyClick(find<QCheckBox>(&page, name), Qt::Key_Space);
        QCoreApplication::processEvents();
    }
    bool isShown(const QString &text) {
        for (const QLabel *label : page.findChildren<QLabel *>())
            if (label->isVisible() && label->text() == text)
                return true;
        return false;
    }

    Desk desk;
    SettingsPage page;
};

} // namespace

TEST_F(SettingsDesktop, IsSavedWithTheConfiguration) {
    press("startGateway");
    press("keepInTray");
    press("notifications");
    EXPECT_TRUE(page.hasUnsavedEdits());
    page.save();
    ASSERT_TRUE(waitUntil([&] { return !page.hasUnsavedEdits(); }));
    EXPECT_EQ(desk.now().desktop, (DesktopSettings{false, true, false}));
    EXPECT_EQ(find<Fold>(&page, "desktop")->summary(),
              u"gateway waits to be started · stays in the tray · no notifications"_s);
}

TEST_F(SettingsDesktop, TheStartAfterALoginIsChangedAtOnce) {
    auto *box = find<QCheckBox>(&page, "afterLogin");
    ASSERT_TRUE(waitUntil([&] { return box->isEnabled(); }));
    EXPECT_FALSE(box->isChecked());
    press("afterLogin");
    ASSERT_TRUE(waitUntil([&] { return box->isEnabled(); }));
    EXPECT_TRUE(desk.login.isOn);
    EXPECT_TRUE(box->isChecked());
    EXPECT_FALSE(page.hasUnsavedEdits()) << "there is nothing to save";
    press("afterLogin");
    ASSERT_TRUE(waitUntil([&] { return box->isEnabled(); }));
    EXPECT_FALSE(desk.login.isOn);
}

TEST_F(SettingsDesktop, AStartAfterALoginThatCannotBeChangedSaysWhy) {
    auto *box = find<QCheckBox>(&page, "afterLogin");
    ASSERT_TRUE(waitUntil([&] { return box->isEnabled(); }));
    desk.login.refuses = true;
    press("afterLogin");
    ASSERT_TRUE(waitUntil([&] { return box->isEnabled(); }));
    EXPECT_FALSE(box->isChecked());
    EXPECT_TRUE(isShown(u"The folder is read-only."_s));
}

} // namespace quaygate::test
