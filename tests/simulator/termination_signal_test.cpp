#include "app/termination_signal.h"
#include "tests/support/event_loop.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace quaygate {
namespace {

class TerminationSignals : public ::testing::TestWithParam<int> {};

TEST_P(TerminationSignals, ArriveOnTheEventLoopAgainAndAgain) {
    TerminationSignal termination;
    ASSERT_TRUE(termination.state().ok());
    int received = 0;
    QObject::connect(&termination, &TerminationSignal::received, [&] { ++received; });

    ::raise(GetParam());
    EXPECT_EQ(received, 0) << "not from within the signal handler";
    EXPECT_TRUE(test::waitUntil([&] { return received == 1; }));

    ::raise(GetParam());
    EXPECT_TRUE(test::waitUntil([&] { return received == 2; }));
}

INSTANTIATE_TEST_SUITE_P(All, TerminationSignals, ::testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(TerminationSignal, GivesTheSignalsBack) {
    {
        TerminationSignal termination;
        ASSERT_TRUE(termination.state().ok());
    }
    struct sigaction now {};
    ASSERT_EQ(::sigaction(SIGTERM, nullptr, &now), 0);
    EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST(TerminationSignal, LeavesAnIgnoredSignalIgnored) {
    ::signal(SIGHUP, SIG_IGN);
    {
        TerminationSignal termination;
        struct sigaction now {};
        ASSERT_EQ(::sigaction(SIGHUP, nullptr, &now), 0);
        EXPECT_EQ(now.sa_handler, SIG_IGN);
    }
    ::signal(SIGHUP, SIG_DFL);
}

} // namespace
} // namespace quaygate
