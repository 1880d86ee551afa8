#include "gateway/traffic/price_file.h"
#include "gateway/traffic/prices.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TokenUsage tokens(std::optional<qint64> input, std::optional<qint64> output,
                  std::optional<qint64> cached = {}, std::optional<qint64> written = {}) {
    TokenUsage usage;
    usage.input = input;
    usage.output = output;
    usage.cached = cached;
    usage.cacheWritten = written;
    return usage;
}

TEST(CostOf, CountsEachKindOfTokenOnce) {
    const Price flat{{2, 8, 0.5, {}}};
    const Price cached{{3, 15, 0.3, 3.75}};
    const Price bare{{1, 2, {}, {}}};
    const Price tiered{{1, 10, {}, {}}, 200'000, {2, 20, {}, {}}};
    constexpr qint64 m = 1'000'000;
    const struct {
        const char *name;
        Price price;
        TokenUsage usage;
        std::optional<double> cost;
    } cases[] = {
        {"input and output", flat, tokens(m, m), 10},
        {"cached input is cheaper", flat, tokens(m, 0, m / 2), 1.25},
        {"written to the cache", cached, tokens(m, 0, m / 4, m / 4), 1.5 + 0.075 + 0.9375},
        {"cached as the input where no price is told", bare, tokens(m, 0, m, 0), 1},
        {"more cached than there is", flat, tokens(m, 0, 2 * m, m), 0.5},
        {"nothing", flat, tokens(0, 0), 0},
        {"as many as the step", tiered, tokens(200'000, 0), 0.2},
        {"above the step all counts as above", tiered, tokens(200'001, m), 20.400002},
        {"output unknown", flat, tokens(m, {}), {}},
        {"input unknown", flat, tokens({}, m), {}},
        {"nothing known", flat, {}, {}},
    };
    for (const auto &c : cases) {
        const auto cost = costOf(c.usage, c.price);
        ASSERT_EQ(cost.has_value(), c.cost.has_value()) << c.name;
        if (cost) {
            EXPECT_NEAR(*cost, *c.cost, 1e-9) << c.name;
        }
    }
}

TEST(Prices, AreFoundByTheNameInAnAnswer) {
    const Prices prices;
    const struct {
        QString model;
        std::optional<double> input;
    } cases[] = {
        {u"gpt-4.1"_s, 2},
        {u"gpt-4.1-2025-04-14"_s, 2},
        {u"GPT-4.1-2025-04-14"_s, 2},
        {u"gpt-4o-2024-08-06"_s, 2.5},
        {u"gpt-4o-2024-05-13"_s, 5}, // a date that had another price
        {u"claude-opus-4-1-20250805"_s, 15},
        {u"claude-opus-4-1@20250805"_s, 15},
        {u"text-embedding-3-small"_s, 0.02},
        {u"my-deployment"_s, {}},
        {u"gpt-4.1-2025-04"_s, {}},
        {u"gpt-4.12025-04-14"_s, {}},
        {u"gpt-4o-audio-preview"_s, {}}, // sound costs more than text
        {u"gpt-oss-120b"_s, {}},         // the list has a third party's price
        {u""_s, {}},
        {u"2025-04-14"_s, {}},
    };
    for (const auto &c : cases) {
        const auto price = prices.find(c.model);
        ASSERT_EQ(price.has_value(), c.input.has_value()) << c.model.toStdString();
        if (price) {
            EXPECT_EQ(price->rates.input, *c.input) << c.model.toStdString();
        }
    }
}

TEST(Prices, OfThePersonCountBeforeThoseThatCameWithIt) {
    const Prices prices({{.model = u"gpt-4.1"_s, .input = 1, .output = 2, .cachedInput = 0.1},
                         {.model = u"my-model"_s, .input = 3, .output = 4}});
    EXPECT_EQ(prices.find(u"gpt-4.1-2025-04-14"_s)->rates, (Price::Rates{1, 2, 0.1, {}}));
    EXPECT_EQ(prices.find(u"My-Model"_s)->rates, (Price::Rates{3, 4, {}, {}}));
    EXPECT_EQ(prices.cost(u"my-model"_s, tokens(1'000'000, 0)), 3);
    EXPECT_EQ(prices.cost(u"another"_s, tokens(1'000'000, 0)), std::nullopt);
    EXPECT_TRUE(prices.find(u"gpt-4o"_s));
}

TEST(PriceFile, IsRefusedWhenMalformed) {
    EXPECT_TRUE(traffic::readPrices(
        R"({"prices":[{"models":["m"],"input":1,"output":2,"above":{"tokens":5,"input":1,"output":2}}]})"));
    for (const char *text : {
             "",
             "[]",
             R"({"prices":[]})",
             R"({"prices":[{"models":["m"],"input":1}]})",
             R"({"prices":[{"models":["m"],"input":-1,"output":1}]})",
             R"({"prices":[{"models":["m"],"input":1,"output":2,"above":{"tokens":5}}]})",
             R"({"prices":[{"models":["m"],"input":1,"output":2,"above":{"input":1,"output":2}}]})",
         })
        EXPECT_FALSE(traffic::readPrices(text)) << text;
}

} // namespace
} // namespace quaygate
