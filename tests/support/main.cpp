#include <QCoreApplication>
#ifdef __SANITIZE_THREAD__
#include "tests/support/thread_sanitizer.h"
#endif

#include <gtest/gtest.h>

int main(int argc, char *argv[]) {
    ::testing::InitGoogleTest(&argc, argv);
#ifdef __SANITIZE_THREAD__
    quaygate::test::SeenApplication application(argc, argv);
#else
    QCoreApplication application(argc, argv);
#endif
    return RUN_ALL_TESTS();
}
