#include "ui/theme/theme.h"

#include <QApplication>

#include <gtest/gtest.h>

int main(int argc, char *argv[]) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    ::testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    quaygate::Theme::apply(application, quaygate::Theme::Mode::Light);
    return RUN_ALL_TESTS();
}
