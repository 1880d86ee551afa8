#include "gateway/traffic/budgets.h"

#include <QDateTime>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using Time = Spending::Time;
using Counted = MeteredBudget::Counted;
using Verdict = MeteredBudget::Verdict;

/// "2026-03-31T12:00:00Z" or with an offset.
Time at(const char *text) {
    const QDateTime moment = QDateTime::fromString(QLatin1StringView(text), Qt::ISODateWithMs);
    EXPECT_TRUE(moment.isValid()) << text;
    return Time(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
}

QTimeZone zone(const char *name) {
    QTimeZone found{QByteArray(name)};
    EXPECT_TRUE(found.isValid()) << name;
    return found;
}

Budget tokens(qint64 limit, Budget::Per per = Budget::Per::Day) {
    return {.tokens = limit, .per = per};
}

Budget money(double limit, Budget::Per per = Budget::Per::Day) {
    return {.money = limit, .per = per};
}

TokenUsage usage(std::optional<qint64> input, std::optional<qint64> output) {
    return {.input = input, .output = output, .cached = {}, .cacheWritten = {}, .reasoning = {}};
}

TEST(BudgetPeriod, FollowsTheCalendarOfTheTimeZone) {
    const struct {
        const char *zone;
        Budget::Per per;
        const char *now;
        const char *begin;
        const char *end;
    } cases[] = {
        {"UTC", Budget::Per::Day, "2026-03-31T12:00:00Z", "2026-03-31T00:00:00Z",
         "2026-04-01T00:00:00Z"},
        {"UTC", Budget::Per::Day, "2026-03-31T00:00:00Z", "2026-03-31T00:00:00Z",
         "2026-04-01T00:00:00Z"},
        {"UTC", Budget::Per::Day, "2026-03-31T23:59:59.999Z", "2026-03-31T00:00:00Z",
         "2026-04-01T00:00:00Z"},
        {"UTC", Budget::Per::Month, "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z",
         "2027-01-01T00:00:00Z"},
        {"UTC", Budget::Per::Month, "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z",
         "2028-03-01T00:00:00Z"},
        // Local midnight, on either side of UTC's.
        {"Europe/Berlin", Budget::Per::Day, "2026-01-15T23:30:00Z", "2026-01-16T00:00:00+01:00",
         "2026-01-17T00:00:00+01:00"},
        {"America/Los_Angeles", Budget::Per::Month, "2026-02-01T07:59:00Z",
         "2026-01-01T00:00:00-08:00", "2026-02-01T00:00:00-08:00"},
        {"Asia/Kathmandu", Budget::Per::Day, "2026-01-15T18:14:59Z", "2026-01-15T00:00:00+05:45",
         "2026-01-16T00:00:00+05:45"},
        // The clocks change within: 23 and 25 hours.
        {"Europe/Berlin", Budget::Per::Day, "2026-03-29T12:00:00Z", "2026-03-29T00:00:00+01:00",
         "2026-03-30T00:00:00+02:00"},
        {"Europe/Berlin", Budget::Per::Day, "2026-10-25T12:00:00Z", "2026-10-25T00:00:00+02:00",
         "2026-10-26T00:00:00+01:00"},
        {"Europe/Berlin", Budget::Per::Month, "2026-03-01T00:00:00Z", "2026-03-01T00:00:00+01:00",
         "2026-04-01T00:00:00+02:00"},
        // A day without a midnight.
        {"America/Sao_Paulo", Budget::Per::Day, "2018-11-04T12:00:00Z", "2018-11-04T01:00:00-02:00",
         "2018-11-05T00:00:00-02:00"},
    };
    for (const auto &c : cases) {
        const BudgetPeriod period = budgetPeriod(c.per, at(c.now), zone(c.zone));
        EXPECT_EQ(period.begin, at(c.begin)) << c.zone << ' ' << c.now;
        EXPECT_EQ(period.end, at(c.end)) << c.zone << ' ' << c.now;
        EXPECT_TRUE(period.contains(at(c.now))) << c.zone << ' ' << c.now;
        const BudgetPeriod next = budgetPeriod(c.per, period.end, zone(c.zone));
        EXPECT_EQ(next.number, period.number + 1) << c.zone << ' ' << c.now;
        EXPECT_EQ(next.begin, period.end) << c.zone << ' ' << c.now;
    }
}

TEST(Spending, BeginsAnewWithTheNextPeriod) {
    Spending spending(Budget::Per::Day, [] { return QTimeZone::utc(); });
    spending.add({.tokens = 5, .nanodollars = 7, .unreckoned = 1}, at("2026-03-31T23:59:59Z"));
    const Spent before = spending.spent(at("2026-03-31T23:59:59.999Z"));
    EXPECT_EQ(before.tokens, 5);
    EXPECT_EQ(before.nanodollars, 7);
    EXPECT_EQ(before.unreckoned, 1);
    const Spent after = spending.spent(at("2026-04-01T00:00:00Z"));
    EXPECT_EQ(after, (Spent{before.period + 1, 0, 0, 0}));
    spending.add({.tokens = 2}, at("2026-04-01T00:00:01Z"));
    EXPECT_EQ(spending.spent(at("2026-04-01T10:00:00Z")).tokens, 2);
    EXPECT_EQ(spending.spent(at("2026-05-01T10:00:00Z")).tokens, 0) << "days later";
}

TEST(Spending, DoesNotBeginAnewBecauseOfAJourney) {
    QTimeZone here = zone("Europe/Berlin");
    Spending spending(Budget::Per::Day, [&] { return here; });
    // Half past midnight in Berlin is still the day before in New York.
    spending.add({.tokens = 5}, at("2026-03-10T00:30:00+01:00"));
    here = zone("America/New_York");
    EXPECT_EQ(spending.spent(at("2026-03-10T00:31:00+01:00")).tokens, 5);
    EXPECT_EQ(spending.spent(at("2026-03-10T23:59:00-04:00")).tokens, 5) << "until New York's end";
    EXPECT_EQ(spending.end(at("2026-03-10T23:59:00-04:00")), at("2026-03-11T00:00:00-04:00"));
    EXPECT_EQ(spending.spent(at("2026-03-11T00:00:00-04:00")).tokens, 0);
}

TEST(Spending, StaysWhenTheClockIsSetBackALittleAndBeginsAnewWhenItWasFarAhead) {
    Spending spending(Budget::Per::Day, [] { return QTimeZone::utc(); });
    spending.add({.tokens = 5}, at("2026-03-10T00:00:10Z"));
    EXPECT_EQ(spending.spent(at("2026-03-09T23:59:50Z")).tokens, 5);
    EXPECT_EQ(spending.spent(at("2026-03-10T00:00:20Z")).tokens, 5);
    EXPECT_EQ(spending.spent(at("2025-03-10T00:00:00Z")).tokens, 0) << "it was a year ahead";
}

TEST(Spending, CountsEverythingThatManyThreadsAddAcrossAnEnd) {
    Spending spending(Budget::Per::Day, [] { return QTimeZone::utc(); });
    const Time end = at("2026-04-01T00:00:00Z");
    std::atomic<int> overEnd = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20'000; ++i) {
                const Time now = end + std::chrono::milliseconds(i - 10'000);
                spending.add({.tokens = 1}, now);
                if (now >= end)
                    ++overEnd;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    // What a thread that is late adds is counted in the period that has begun.
    const qint64 counted = spending.spent(end + 1min).tokens;
    EXPECT_GE(counted, overEnd.load());
    EXPECT_LE(counted, 80'000);
    EXPECT_EQ(spending.spent(end + 24h).tokens, 0);
}

struct Desk {
    explicit Desk(const Budget &budget)
        : meter(BudgetOwner::ClientKey, u"laptop"_s, budget,
                std::make_shared<Spending>(budget.per, [] { return QTimeZone::utc(); })) {}

    MeteredBudget meter;
    Time now = at("2026-03-31T12:00:00Z");
};

TEST(MeteredBudget, WarnsAndThenRefusesUntilItBeginsAnew) {
    Desk desk(tokens(100));
    const struct {
        qint64 more;
        Verdict verdict;
    } steps[] = {{0, Verdict::Ok},    {79, Verdict::Ok},     {1, Verdict::Warn},
                 {19, Verdict::Warn}, {1, Verdict::Refused}, {50, Verdict::Refused}};
    for (const auto &step : steps) {
        desk.meter.spend(usage(step.more, 0), {}, desk.now);
        EXPECT_EQ(desk.meter.mayGo(desk.now), step.verdict) << step.more;
    }
    EXPECT_EQ(desk.meter.wait(desk.now), 12h);
    EXPECT_EQ(desk.meter.mayGo(desk.now + 12h), Verdict::Ok);
}

TEST(MeteredBudget, CountsMoneyAndTokensWhicheverEndsFirst) {
    Desk desk({.tokens = 1000, .money = 1, .per = Budget::Per::Day, .warnAt = 1});
    EXPECT_EQ(desk.meter.spend(usage(10, 10), 0.999999999, desk.now), Counted::Whole);
    EXPECT_EQ(desk.meter.mayGo(desk.now), Verdict::Ok);
    desk.meter.spend(usage(0, 0), 0.000000001, desk.now);
    EXPECT_EQ(desk.meter.mayGo(desk.now), Verdict::Refused);
    EXPECT_EQ(desk.meter.spent(desk.now).tokens, 20);
    EXPECT_DOUBLE_EQ(desk.meter.spent(desk.now).dollars(), 1);
}

TEST(MeteredBudget, SumsUpTheSmallestCostsExactly) {
    Desk desk(money(1));
    for (int i = 0; i < 1'000'000; ++i)
        desk.meter.spend(usage(1, 1), 0.000001, desk.now);
    EXPECT_EQ(desk.meter.spent(desk.now).nanodollars, 1'000'000'000);
    EXPECT_EQ(desk.meter.mayGo(desk.now), Verdict::Refused);
}

TEST(MeteredBudget, SaysWhatItCannotReckon) {
    const struct {
        const char *name;
        Budget budget;
        TokenUsage usage;
        std::optional<double> cost;
        Counted counted;
        qint64 tokens;
    } cases[] = {
        {"all known", money(1), usage(1, 2), 0.5, Counted::Whole, 3},
        {"money without a price", money(1), usage(1, 2), {}, Counted::Unpriced, 3},
        {"tokens need no price", tokens(9), usage(1, 2), {}, Counted::Whole, 3},
        {"tokens unknown", tokens(9), {}, {}, Counted::Unknown, 0},
        {"a part of the tokens", tokens(9), usage(5, {}), {}, Counted::Unknown, 5},
    };
    for (const auto &c : cases) {
        Desk desk(c.budget);
        EXPECT_EQ(desk.meter.spend(c.usage, c.cost, desk.now), c.counted) << c.name;
        EXPECT_EQ(desk.meter.spent(desk.now).tokens, c.tokens) << c.name;
        EXPECT_EQ(desk.meter.spent(desk.now).unreckoned, c.counted == Counted::Whole ? 0 : 1)
            << c.name;
        const auto verdict = verdictOf(desk.meter, c.counted);
        EXPECT_EQ(verdict.has_value(), c.counted != Counted::Whole) << c.name;
    }
    Desk desk(money(1));
    EXPECT_EQ(verdictOf(desk.meter, Counted::Unpriced),
              (RuleVerdict{u"budget"_s, u"unpriced"_s, u"client key \"laptop\""_s}));
    EXPECT_EQ(verdictOf(desk.meter, Counted::Unknown)->verdict, u"uncounted"_s);
    EXPECT_EQ(verdictOf(desk.meter, Verdict::Warn)->verdict, u"warned"_s);
    EXPECT_EQ(verdictOf(desk.meter, Verdict::Refused)->verdict, u"refused"_s);
    EXPECT_EQ(verdictOf(desk.meter, Verdict::Ok), std::nullopt);
}

TEST(MeteredBudget, ExplainsItself) {
    Desk desk({.tokens = 5'000'000, .money = 20, .per = Budget::Per::Month});
    EXPECT_EQ(desk.meter.inWords(),
              u"the client key \"laptop\" may spend 20.00 US dollars and 5000000 tokens a month"_s);
    const Error error = desk.meter.refusal(desk.now);
    EXPECT_EQ(error.code, ErrorCode::BudgetExceeded);
    EXPECT_TRUE(error.message.startsWith(
        u"The client key \"laptop\" has spent its budget of 20.00 US dollars and 5000000 tokens a "
        "month; it begins anew on "_s))
        << qPrintable(error.message);
}

Snapshot snapshotWith(const std::optional<Budget> &all, const std::optional<Budget> &route,
                      const std::optional<Budget> &key) {
    auto config = std::make_shared<Config>();
    config->gateway.budget = all;
    config->routes.append(Route());
    config->routes.last().name = u"azure"_s;
    config->routes.last().rules.budget = route;
    config->clientKeys.append(ClientKey());
    config->clientKeys.last().name = u"azure"_s;
    config->clientKeys.last().rules.budget = key;
    return config;
}

TEST(Budgets, AreFoundByOwner) {
    Budgets budgets;
    const auto config = budgets.of(snapshotWith(tokens(1), tokens(2), tokens(3)));
    EXPECT_EQ(config->of(BudgetOwner::All)->budget().tokens, 1);
    EXPECT_EQ(config->of(BudgetOwner::Route, u"azure"_s)->budget().tokens, 2);
    EXPECT_EQ(config->of(BudgetOwner::ClientKey, u"azure"_s)->budget().tokens, 3);
    EXPECT_FALSE(config->of(BudgetOwner::Route, u"other"_s));
    EXPECT_EQ(config->all().size(), 3u);
}

TEST(Budgets, GoOnWhenTheLimitChangesAndForgetWhatIsGone) {
    Budgets budgets;
    const Time now = Time::clock::now();
    const auto spent = [&](const std::shared_ptr<const BudgetedConfig> &config) {
        const auto budget = config->of(BudgetOwner::Route, u"azure"_s);
        return budget ? budget->spent(now).tokens : -1;
    };
    const Snapshot first = snapshotWith({}, tokens(10), {});
    budgets.of(first)->of(BudgetOwner::Route, u"azure"_s)->spend(usage(4, 3), {}, now);
    EXPECT_EQ(spent(budgets.of(first)), 7);
    EXPECT_EQ(spent(budgets.of(snapshotWith({}, tokens(99), {}))), 7) << "another limit";
    EXPECT_EQ(spent(budgets.of(snapshotWith({}, money(1), {}))), 7) << "money instead";
    EXPECT_EQ(spent(budgets.of(snapshotWith({}, tokens(10, Budget::Per::Month), {}))), 0)
        << "a month is not a day";
    EXPECT_EQ(budgets.spendings().size(), 1u);
    budgets.of(snapshotWith({}, {}, {}));
    EXPECT_TRUE(budgets.spendings().empty());
    EXPECT_EQ(spent(budgets.of(first)), 0);
}

TEST(Budgets, TellWhenThereIsOneMore) {
    Budgets budgets;
    int added = 0;
    budgets.onAdded([&] { ++added; });
    const Snapshot first = snapshotWith({}, tokens(1), {});
    budgets.of(first);
    budgets.of(first);
    budgets.of(snapshotWith({}, tokens(2), {}));
    EXPECT_EQ(added, 1);
    budgets.of(snapshotWith(tokens(1), tokens(2), {}));
    EXPECT_EQ(added, 2);
}

} // namespace
} // namespace quaygate
