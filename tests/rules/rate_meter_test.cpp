#include "gateway/rules/rate_meter.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

namespace quaygate {
namespace {

using namespace std::chrono_literals;
using Per = RateLimit::Per;
using Duration = RateMeter::Duration;
using Time = RateMeter::Time;

constexpr Time start{1000h};

RateLimit requests(int number, Per per, int burst = 0) {
    RateLimit limit;
    limit.requests = number;
    limit.per = per;
    limit.burst = burst;
    return limit;
}

RateLimit tokens(int number, Per per, int burst = 0) {
    RateLimit limit = requests(0, per, burst);
    limit.tokens = number;
    return limit;
}

TEST(RateMeter, IsFullAtFirstAndFillsAtItsPace) {
    RateMeter meter(requests(60, Per::Minute, 3));
    EXPECT_EQ(meter.burst(), 3);
    EXPECT_EQ(meter.remaining(start), 3);
    EXPECT_EQ(meter.untilFull(start), 0s);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(meter.take(1, start), 0s);
    EXPECT_EQ(meter.take(1, start), 1s);
    EXPECT_EQ(meter.remaining(start), 0);
    EXPECT_EQ(meter.untilFull(start), 3s);
    EXPECT_EQ(meter.take(1, start + 400ms), 600ms);
    EXPECT_EQ(meter.take(1, start + 1s), 0s);
    EXPECT_EQ(meter.take(1, start + 1s), 1s);
    EXPECT_EQ(meter.remaining(start + 3500ms), 2);
    EXPECT_EQ(meter.remaining(start + 1h), 3) << "it never holds more than the burst";
}

TEST(RateMeter, WithoutABurstTheWholeLimitIsThereAtOnce) {
    RateMeter meter(tokens(1000, Per::Hour));
    EXPECT_EQ(meter.take(1000, start), 0s);
    EXPECT_EQ(meter.take(1, start), 3600ms);
    EXPECT_EQ(meter.take(500, start + 30min), 0s);
}

TEST(RateMeter, ARefusedTakeTakesNothing) {
    RateMeter meter(tokens(100, Per::Second));
    EXPECT_EQ(meter.take(60, start), 0s);
    EXPECT_EQ(meter.take(60, start), 200ms);
    EXPECT_EQ(meter.wait(60, start), 200ms);
    EXPECT_EQ(meter.take(40, start), 0s);
}

TEST(RateMeter, MoreThanTheBurstIsNeverThere) {
    RateMeter meter(tokens(1000, Per::Minute, 100));
    EXPECT_EQ(meter.take(101, start), RateMeter::never);
    EXPECT_EQ(meter.wait(101, start), RateMeter::never);
    EXPECT_EQ(meter.take(100, start), 0s);
}

TEST(RateMeter, GivesBackWhatWasTooMuch) {
    RateMeter meter(tokens(60, Per::Minute));
    EXPECT_EQ(meter.take(60, start), 0s);
    meter.correct(60, 20, start);
    EXPECT_EQ(meter.remaining(start), 40);
    meter.correct(20, 0, start);
    EXPECT_EQ(meter.remaining(start), 60);
}

TEST(RateMeter, OwesWhatWasTooLittle) {
    RateMeter meter(tokens(60, Per::Minute));
    EXPECT_EQ(meter.take(10, start), 0s);
    meter.correct(10, 100, start);
    EXPECT_EQ(meter.remaining(start), 0);
    EXPECT_EQ(meter.take(1, start), 41s) << "40 are owed";
    EXPECT_EQ(meter.take(1, start + 41s), 0s);
}

TEST(RateMeter, WhatIsOwedIsNotForgivenWhereTheBucketWasFullForLong) {
    RateMeter meter(tokens(60, Per::Minute));
    EXPECT_EQ(meter.take(10, start), 0s);
    meter.correct(10, 60, start + 1h);
    EXPECT_EQ(meter.remaining(start + 1h), 10);
}

TEST(RateMeter, NoNumberLeadsOutOfRange) {
    RateMeter meter(tokens(1, Per::Hour));
    meter.correct(0, std::numeric_limits<qint64>::max(), start);
    meter.correct(0, std::numeric_limits<qint64>::max(), start);
    EXPECT_GT(meter.take(1, start), 300 * 24h);
    EXPECT_LT(meter.take(1, start), 400 * 24h);
    RateMeter fast(tokens(std::numeric_limits<int>::max(), Per::Second));
    EXPECT_EQ(fast.take(std::numeric_limits<int>::max(), start), 0s);
    EXPECT_EQ(fast.wait(1, start), 1ns);
}

/// What happened to a meter: a take that succeeded, or a correction.
struct Event {
    Time time;
    qint64 amount;
    bool isTake;
};

/// Random takes and corrections at random times.
std::vector<Event> history(RateMeter &meter, qint64 most, Duration pace, unsigned seed) {
    std::mt19937 random(seed);
    const auto upTo = [&](qint64 number) {
        return std::uniform_int_distribution<qint64>(0, number)(random);
    };
    std::vector<Event> events;
    Time now = start;
    for (int step = 0; step < 400; ++step) {
        now += Duration(upTo(2 * pace.count()));
        if (step % 97 == 0)
            now += 50 * pace;
        const qint64 amount = upTo(most);
        if (meter.take(amount, now).count() != 0)
            continue;
        events.push_back({now, amount, true});
        if (upTo(2) == 0) {
            const qint64 actual = upTo(2 * amount);
            meter.correct(amount, actual, now);
            events.push_back({now, actual - amount, false});
        }
    }
    return events;
}

TEST(RateMeter, NeverGivesMoreThanTheBurstAndWhatTimeBrings) {
    struct Definition {
        RateLimit limit;
        double perNanosecond;
        qint64 most; ///< taken at once
    };
    const Definition definitions[] = {
        {requests(60, Per::Minute, 10), 1e-9, 1},
        {requests(7, Per::Second), 7e-9, 3},
        {tokens(100'000, Per::Hour, 5'000), 1e5 / 3600e9, 5'000},
        {tokens(1'000'000'000, Per::Second, 1'000), 1.0, 900},
        {tokens(3, Per::Hour), 3 / 3600e9, 2},
    };
    for (const Definition &one : definitions) {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            RateMeter meter(one.limit);
            const double each = double(std::max<qint64>(one.most, 1)) / 2 / one.perNanosecond;
            const auto events =
                history(meter, one.most, Duration(std::max<qint64>(qint64(each / 2), 1)), seed);
            ASSERT_GT(events.size(), 20u);
            for (std::size_t first = 0; first < events.size(); ++first) {
                double sum = 0;
                for (std::size_t last = first; last < events.size(); ++last) {
                    sum += double(events[last].amount);
                    const double time = double((events[last].time - events[first].time).count());
                    const double allowed = double(meter.burst()) + time * one.perNanosecond;
                    if (events[last].isTake) { // a correction may go beyond; then a take may not
                        ASSERT_LE(sum, allowed * (1 + 1e-9)) << "seed " << seed;
                    }
                }
            }
        }
    }
}

TEST(RateMeter, TheWaitIsAsLongAsItMustBe) {
    std::mt19937 random(4);
    for (int round = 0; round < 200; ++round) {
        RateMeter meter(tokens(1 + int(random() % 100'000), Per(random() % 3)));
        Time now = start;
        for (int step = 0; step < 10; ++step) {
            const qint64 amount = 1 + qint64(random()) % meter.burst();
            const Duration wait = meter.take(amount, now);
            if (wait.count() == 0)
                continue;
            EXPECT_NE(meter.wait(amount, now + wait - 1ns), 0ns);
            now += wait;
            EXPECT_EQ(meter.take(amount, now), 0ns);
        }
    }
}

TEST(RateMeter, TwoThreadsTakeNoMoreThanThereIs) {
    for (int round = 0; round < 20; ++round) {
        RateMeter meter(requests(3600, Per::Hour, 5000));
        std::atomic<int> taken{0};
        const auto takeMany = [&] {
            for (int i = 0; i < 5000; ++i) {
                if (meter.take(1, start).count() == 0)
                    ++taken;
            }
        };
        std::thread other(takeMany);
        takeMany();
        other.join();
        EXPECT_EQ(taken, 5000);
    }
}

TEST(RateMeter, NoCorrectionOfTwoThreadsIsLost) {
    RateMeter meter(tokens(100'000, Per::Hour));
    const auto takeAndCorrect = [&] {
        for (int i = 0; i < 2000; ++i) {
            if (meter.take(10, start).count() == 0)
                meter.correct(10, i % 2 == 0 ? 5 : 15, start);
        }
    };
    std::thread other(takeAndCorrect);
    takeAndCorrect();
    other.join();
    EXPECT_EQ(meter.remaining(start), 100'000 - 2 * 2000 * 10);
}

} // namespace
} // namespace quaygate
