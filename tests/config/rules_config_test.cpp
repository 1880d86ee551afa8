#include "gateway/config/config_json.h"
#include "gateway/config/config_words.h"
#include "tests/config/sample_config.h"

#include <gtest/gtest.h>

#include <random>

// Routing, rules and client keys in the file: read, written, checked.

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

/// The documented file with members added to its parts.
QByteArray fileWith(const QByteArray &routeMembers, const QByteArray &gatewayMembers = {},
                    const QByteArray &backendMembers = {}, const QByteArray &topMembers = {},
                    const QByteArray &matchMembers = {}) {
    return "{\"version\":1,\"gateway\":{\"port\":1" + gatewayMembers +
           "},\n\"backends\":[{\"name\":\"a\",\"endpoint\":\"h\",\"auth\":{\"kind\":\"keychain\","
           "\"name\":\"k\"}" +
           backendMembers + "}],\n\"routes\":[{\"name\":\"r\",\"backends\":[{\"name\":\"a\"}],\n" +
           "\"match\":{\"pathPrefix\":\"/r\"" + matchMembers + "}" + routeMembers + "}]" +
           topMembers + "}";
}

Config parsed(const QByteArray &text) {
    const ParsedConfig result = parseConfig(text);
    EXPECT_EQ(describe(result.problems), QString()) << text.constData();
    return result.config;
}

TEST(RulesConfig, readsTheRoute) {
    const Route route = parsed(R"({"version": 1,
 "backends": [{"name": "east", "endpoint": "h", "auth": {"kind": "keychain", "name": "k"}},
              {"name": "west", "endpoint": "h", "auth": {"kind": "keychain", "name": "k"}}],
 "routes": [{"name": "azure-openai", "match": {"pathPrefix": "/azure-openai", "path": "/chat/completions",
                                             "headers": {"X-Team": "blue"}, "models": ["gpt-4*"]},
    "backends": [{"name": "east", "weight": 3, "priority": 0}, {"name": "west", "priority": 1}],
    "retry": {"attempts": 2, "statuses": [429], "backoff": "250ms", "maxWait": "5s"},
    "cooldown": {"failures": 5, "duration": "1m"}, "timeouts": {"total": "10m"}}]})")
                            .routes[0];
    Route wanted;
    wanted.name = u"azure-openai"_s;
    wanted.match = {
        u"/azure-openai"_s, u"/chat/completions"_s, {{u"X-Team"_s, u"blue"_s}}, {u"gpt-4*"_s}};
    wanted.backends = {{u"east"_s, 3, 0}, {u"west"_s, 1, 1}};
    wanted.retry = Retry{2, {429}, 250ms, 5s};
    wanted.cooldown = {5, 1min};
    wanted.timeouts = {0ms, 10min};
    EXPECT_EQ(route, wanted);
}

TEST(RulesConfig, readsRulesAlikeOfARouteAndOfAClientKey) {
    const QByteArray rules = R"(, "defaults": {"temperature": 0.20}, "overrides": {},
    "prompt": {"prepend": [{"role": "system", "content": "Be kind."}], "append": []},
    "guard": {"request":  [{"action": "reject", "patterns": ["secret-\\d+"], "builtins": ["ssn"], "status": 404, "message": "no"}],
              "response": [{"action": "mask", "builtins": ["creditCard", "email", "phone", "caSin"]}], "streaming": false},
    "rateLimit": [{"requests": 60, "per": "minute", "burst": 10}, {"tokens": 100000, "per": "hour"}],
    "budget": {"tokens": 5000000, "money": 20.0, "per": "month", "warnAt": 0.5})"_ba;
    const Config config = parsed(fileWith(rules, {}, {},
                                          ",\"clientKeys\":[{\"name\":\"c\",\"hash\":\"sha256:" +
                                              QByteArray(64, 'a') + "\"" + rules + "}]"));
    Rules wanted;
    wanted.defaults = {{u"temperature"_s, "0.20"_ba}};
    wanted.prompt.prepend = {{u"system"_s, u"Be kind."_s}};
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::CreditCard, GuardBuiltin::Email, GuardBuiltin::Phone,
                     GuardBuiltin::CaSin};
    wanted.guard = {
        {{GuardRule::Action::Reject, {u"secret-\\d+"_s}, {GuardBuiltin::Ssn}, 404, u"no"_s}},
        {mask},
        false};
    wanted.rateLimit = {{60, 0, RateLimit::Per::Minute, 10}, {0, 100'000, RateLimit::Per::Hour}};
    wanted.budget = Budget{5'000'000, 20, Budget::Per::Month, 0.5};
    EXPECT_EQ(config.routes[0].rules, wanted);
    EXPECT_EQ(config.clientKeys[0].rules, wanted);
    EXPECT_EQ(config.clientKeys[0].routes, QStringList(u"*"_s));
}

TEST(RulesConfig, readsTheGateway) {
    const Config config = parsed(fileWith(
        {},
        R"(,"clientKeys":"optional","cors":{"allowedOrigins":["https://a.example"]},"metrics":true,
           "traffic":{"days":2,"megabytes":3,"bodiesUntil":"2026-01-31T12:00:00Z"},"budget":{"money":1.5,"per":"day"})",
        ",\"rateLimit\":[{\"requests\":2,\"per\":\"second\"}]",
        ",\"prices\":{\"gpt-4.1\":{\"input\":2,\"output\":8,\"cachedInput\":0.5},\"emb\":{"
        "\"input\":0.02,\"output\":0}}"));
    EXPECT_EQ(config.gateway.clientKeys, GatewaySettings::ClientKeys::Optional);
    EXPECT_EQ(config.gateway.cors.allowedOrigins, QStringList(u"https://a.example"_s));
    EXPECT_TRUE(config.gateway.metrics);
    EXPECT_EQ(config.gateway.traffic, (TrafficSettings{2, 3, u"2026-01-31T12:00:00Z"_s}));
    EXPECT_EQ(config.gateway.budget, (Budget{0, 1.5, Budget::Per::Day}));
    EXPECT_EQ(config.backends[0].rateLimit, (QList<RateLimit>{{2, 0, RateLimit::Per::Second}}));
    EXPECT_EQ(config.prices, (QList<ModelPrice>{{u"gpt-4.1"_s, 2, 8, 0.5}, {u"emb"_s, 0.02, 0}}));
}

TEST(RulesConfig, takesNoBudgetForNull) {
    const Config config = parsed(fileWith(",\"budget\":null", ",\"budget\":null"));
    EXPECT_EQ(config, parsed(fileWith({})));
}

TEST(RulesConfig, knowsThatAnEmptyRetryIsOne) {
    const Config config = parsed(fileWith(",\"retry\":{}"));
    const Retry usual;
    EXPECT_EQ(config.routes[0].retry, usual);
    EXPECT_EQ(parsed(writeConfig(config)).routes[0].retry, usual);
    EXPECT_EQ(parsed(fileWith({})).routes[0].retry, std::nullopt);
}

TEST(RulesConfig, writesNothingThatIsUsual) {
    const QByteArray text = writeConfig(test::documentedConfig());
    for (const char *name : {"retry", "cooldown", "weight", "rateLimit", "budget", "guard", "cors",
                             "traffic", "clientKeys", "prices", "metrics", "models", "desktop"})
        EXPECT_FALSE(text.contains(name)) << name;
}

TEST(RulesConfig, hasAWordForEachValue) {
    const auto check = [](auto value) {
        using T = decltype(value);
        for (const T each : allValues<T>()) {
            EXPECT_EQ(valueOf<T>(wordOf(each)), each);
            EXPECT_TRUE(wordList<T>().contains(u'"' + wordOf(each) + u'"'));
        }
        EXPECT_EQ(valueOf<T>(u"Minute"), std::nullopt);
    };
    check(GatewaySettings::ClientKeys());
    check(GuardRule::Action());
    check(GuardBuiltin());
    check(RateLimit::Per());
    check(Budget::Per());
    EXPECT_EQ(wordList<Budget::Per>(), u"\"day\" or \"month\""_s);
}

struct BadMember {
    QByteArray members;
    QString pointer; ///< below the route, or from the root
    QString messagePart;
};

void expectProblem(const QByteArray &text, const QString &pointer, const QString &part, int line) {
    const Problems problems = parseConfig(text).problems;
    ASSERT_EQ(problems.size(), 1) << text.constData() << "\n" << qPrintable(describe(problems));
    EXPECT_EQ(problems[0].pointer, pointer);
    EXPECT_EQ(problems[0].line, line) << text.constData();
    EXPECT_TRUE(problems[0].message.contains(part)) << qPrintable(problems[0].message);
}

TEST(RulesConfig, saysWhatIsWrongInARoute) {
    const BadMember cases[] = {
        {"\"retry\":null", u"/retry"_s, u"must be an object"_s},
        {"\"retry\":{\"attempts\":0}", u"/retry/attempts"_s, u"from 1 to 10"_s},
        {"\"retry\":{\"statuses\":[429,200]}", u"/retry/statuses/1"_s, u"from 400 to 599"_s},
        {"\"retry\":{\"statuses\":[\"429\"]}", u"/retry/statuses/0"_s, u"from 400 to 599"_s},
        {"\"retry\":{\"backoff\":500}", u"/retry/backoff"_s, u"a duration"_s},
        {"\"cooldown\":{\"failures\":1001}", u"/cooldown/failures"_s, u"from 1 to 1000"_s},
        {"\"timeouts\":{\"total\":\"2d\"}", u"/timeouts/total"_s, u"at most 24h"_s},
        {"\"defaults\":[]", u"/defaults"_s, u"“defaults” must be an object"_s},
        {"\"defaults\":{\"model\":\"x\"}", u"/defaults/model"_s, u"has chosen the route"_s},
        {"\"overrides\":{\"stream\":true}", u"/overrides/stream"_s, u"asked for"_s},
        {"\"overrides\":{\"\":1}", u"/overrides/"_s, u"needs a name"_s},
        {"\"overrides\":{\"a\":1,\"a\":2}", u"/overrides/a"_s, u"stands twice"_s},
        {"\"prompt\":{\"prepend\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
         u"/prompt/prepend/0/role"_s, u"\"developer\""_s},
        {"\"prompt\":{\"append\":[{\"role\":\"user\"}]}", u"/prompt/append/0/content"_s,
         u"write its text"_s},
        {"\"guard\":{\"request\":[{\"action\":\"drop\",\"builtins\":[\"ssn\"]}]}",
         u"/guard/request/0/action"_s, u"\"reject\" or \"mask\""_s},
        {"\"guard\":{\"response\":[{}]}", u"/guard/response/0"_s, u"looks for nothing"_s},
        {"\"guard\":{\"request\":[{\"builtins\":[\"ssn\",\"iban\"]}]}",
         u"/guard/request/0/builtins/1"_s, u"\"creditCard\""_s},
        {"\"guard\":{\"request\":[{\"builtins\":[1]}]}", u"/guard/request/0/builtins/0"_s,
         u"\"caSin\""_s},
        {"\"guard\":{\"request\":[{\"patterns\":[\"a\",\"(\"]}]}", u"/guard/request/0/patterns/1"_s,
         u"“)” is missing"_s},
        {"\"guard\":{\"request\":[{\"patterns\":[\"a\"],\"status\":200}]}",
         u"/guard/request/0/status"_s, u"from 400 to 599"_s},
        {"\"guard\":{\"streaming\":1}", u"/guard/streaming"_s, u"true or false"_s},
        {"\"rateLimit\":{}", u"/rateLimit"_s, u"a list"_s},
        {"\"rateLimit\":[{\"per\":\"hour\"}]", u"/rateLimit/0"_s, u"either"_s},
        {"\"rateLimit\":[{\"requests\":1,\"tokens\":1}]", u"/rateLimit/0"_s, u"either"_s},
        {"\"rateLimit\":[{\"requests\":-1}]", u"/rateLimit/0/requests"_s, u"from 0"_s},
        {"\"rateLimit\":[{\"requests\":1,\"per\":\"day\"}]", u"/rateLimit/0/per"_s,
         u"\"second\", \"minute\" or \"hour\""_s},
        {"\"rateLimit\":[{\"requests\":1,\"burst\":0.5}]", u"/rateLimit/0/burst"_s,
         u"a whole number"_s},
        {"\"budget\":{}", u"/budget"_s, u"\"tokens\" or \"money\""_s},
        {"\"budget\":{\"tokens\":1.5}", u"/budget/tokens"_s, u"a whole number"_s},
        {"\"budget\":{\"money\":1e999}", u"/budget/money"_s, u"a number from 0"_s},
        {"\"budget\":{\"money\":1,\"warnAt\":80}", u"/budget/warnAt"_s, u"a number from 0 to 1"_s},
        {"\"budget\":{\"money\":1,\"per\":\"week\"}", u"/budget/per"_s, u"\"day\" or \"month\""_s},
    };
    for (const BadMember &bad : cases)
        expectProblem(fileWith(",\n" + bad.members), u"/routes/0"_s + bad.pointer, bad.messagePart,
                      5);
}

TEST(RulesConfig, saysWhatIsWrongInAMatch) {
    const BadMember cases[] = {
        {"\"path\":\"chat\"", u"/path"_s, u"The path must start with"_s},
        {"\"path\":\"/a?b\"", u"/path"_s, u"leave out"_s},
        {"\"headers\":{\"Authorization\":\"x\"}", u"/headers/Authorization"_s, u"client key"_s},
        {"\"headers\":{\"a b\":\"x\"}", u"/headers/a b"_s, u"letters, digits"_s},
        {"\"headers\":{\"a\":\"\"}", u"/headers/a"_s, u"needs a value"_s},
        {"\"headers\":{\"a\":\"x\",\"A\":\"y\"}", u"/headers/A"_s, u"stands twice"_s},
        {"\"models\":\"gpt\"", u"/models"_s, u"a list"_s},
        {"\"models\":[\"*a*\"]", u"/models/0"_s, u"at most one *"_s},
        {"\"models\":[\"a\",7]", u"/models/1"_s, u"a text"_s},
    };
    for (const BadMember &bad : cases)
        expectProblem(fileWith({}, {}, {}, {}, ",\n" + bad.members),
                      u"/routes/0/match"_s + bad.pointer, bad.messagePart, 5);
}

TEST(RulesConfig, saysWhatIsWrongInTheGateway) {
    const BadMember cases[] = {
        {"\"clientKeys\":true", u"/clientKeys"_s, u"a text"_s},
        {"\"clientKeys\":\"on\"", u"/clientKeys"_s, u"\"off\", \"optional\" or \"required\""_s},
        {"\"cors\":{\"allowedOrigins\":[\"app.example\"]}", u"/cors/allowedOrigins/0"_s,
         u"a scheme"_s},
        {"\"cors\":{\"allowedOrigins\":[\"https://App.example\"]}", u"/cors/allowedOrigins/0"_s,
         u"lower case"_s},
        {"\"cors\":{\"allowedOrigins\":[\"*\",\"https://a/\"]}", u"/cors/allowedOrigins/1"_s,
         u"without a path"_s},
        {"\"cors\":{\"allowedOrigins\":[\"null\"]}", u"/cors/allowedOrigins/0"_s, u"a scheme"_s},
        {"\"cors\":{\"allowedOrigins\":[\"https://a:443\"]}", u"/cors/allowedOrigins/0"_s,
         u"leave it out"_s},
        {"\"cors\":{\"allowedOrigins\":[\"https://a:99999\"]}", u"/cors/allowedOrigins/0"_s,
         u"65535"_s},
        {"\"metrics\":1", u"/metrics"_s, u"true or false"_s},
        {"\"traffic\":{\"days\":0}", u"/traffic/days"_s, u"from 1 to 3650"_s},
        {"\"traffic\":{\"megabytes\":100001}", u"/traffic/megabytes"_s, u"from 1 to 100000"_s},
        {"\"traffic\":{\"bodiesUntil\":\"tomorrow\"}", u"/traffic/bodiesUntil"_s, u"in UTC"_s},
        {"\"traffic\":{\"bodiesUntil\":\"2026-02-30T12:00:00Z\"}", u"/traffic/bodiesUntil"_s,
         u"in UTC"_s},
        {"\"budget\":{\"money\":0}", u"/budget"_s, u"more than 0"_s},
    };
    for (const BadMember &bad : cases)
        expectProblem(fileWith({}, ",\n" + bad.members), u"/gateway"_s + bad.pointer,
                      bad.messagePart, 2);
}

TEST(RulesConfig, saysWhatIsWrongInABackend) {
    expectProblem(fileWith({}, {}, ",\"rateLimit\":[{\"requests\":0}]"),
                  u"/backends/0/rateLimit/0"_s, u"either"_s, 2);
}

TEST(RulesConfig, saysWhatIsWrongInPrices) {
    const BadMember cases[] = {
        {"\"a\":{\"input\":1}", u"/a/output"_s, u"missing"_s},
        {"\"a\":{\"output\":1}", u"/a/input"_s, u"US dollars"_s},
        {"\"a\":{\"input\":-1,\"output\":1}", u"/a/input"_s, u"a number from 0"_s},
        {"\"a\":{\"input\":1,\"output\":1,\"cachedInput\":\"1\"}", u"/a/cachedInput"_s,
         u"a number from 0"_s},
        {"\"a\":7", u"/a"_s, u"must be an object"_s},
        {"\"GPT\":{\"input\":1,\"output\":1}", u"/GPT"_s, u"lower case"_s},
        {"\"a*\":{\"input\":1,\"output\":1}", u"/a*"_s, u"whole name"_s},
    };
    for (const BadMember &bad : cases)
        expectProblem(fileWith({}, {}, {}, ",\n\"prices\":{" + bad.members + "}"),
                      u"/prices"_s + bad.pointer, bad.messagePart, 5);
}

TEST(RulesConfig, saysWhatIsWrongInAClientKey) {
    const QByteArray hash = "\"hash\":\"sha256:" + QByteArray(64, '0') + "\"";
    const BadMember cases[] = {
        {hash, u"/name"_s, u"A client key needs a name"_s},
        {"\"name\":\"a\"", u"/hash"_s, u"64 hexadecimal digits"_s},
        {"\"name\":\"a\",\"hash\":\"sha256:" + QByteArray(64, 'A') + "\"", u"/hash"_s,
         u"lower case"_s},
        {"\"name\":\"a\",\"hash\":\"sha256:" + QByteArray(63, 'a') + "\"", u"/hash"_s, u"64"_s},
        {"\"name\":\"a\",\"routes\":[]," + hash, u"/routes"_s, u"\"*\" for all"_s},
        {"\"name\":\"a\",\"models\":[\"\"]," + hash, u"/models/0"_s, u"1 to 256"_s},
        {"\"name\":\"a\",\"budget\":{}," + hash, u"/budget"_s, u"tokens"_s},
        {"\"name\":\"a\",\"guard\":{\"request\":[{}]}," + hash, u"/guard/request/0"_s,
         u"nothing"_s},
    };
    for (const BadMember &bad : cases)
        expectProblem(fileWith({}, {}, {}, ",\n\"clientKeys\":[{" + bad.members + "}]"),
                      u"/clientKeys/0"_s + bad.pointer, bad.messagePart, 5);
}

TEST(RulesConfig, wantsClientKeysToDiffer) {
    Config config = test::completeConfig();
    config.clientKeys += config.clientKeys[0];
    Problems problems = parseConfig(writeConfig(config)).problems;
    ASSERT_EQ(problems.size(), 2) << qPrintable(describe(problems));
    EXPECT_EQ(problems[0].pointer, u"/clientKeys/1/name"_s);
    EXPECT_EQ(problems[1].pointer, u"/clientKeys/1/hash"_s);
    EXPECT_TRUE(problems[1].message.contains(u"same key as “laptop-scripts”"_s));
    config.clientKeys[1].name = u"other"_s;
    config.clientKeys[1].hash.back() = u'b';
    EXPECT_EQ(describe(parseConfig(writeConfig(config)).problems), QString());
}

TEST(RulesConfig, acceptsRoutesWithOnePrefixThatMatchDifferently) {
    using Change = void (*)(RouteMatch &);
    const Change changes[] = {
        [](RouteMatch &match) { match.path = u"/responses"_s; },
        [](RouteMatch &match) { match.headers[0].value = u"red"_s; },
        [](RouteMatch &match) { match.headers.clear(); },
        [](RouteMatch &match) { match.models.append(u"x"_s); },
    };
    Config config = test::completeConfig();
    config.routes += config.routes[0];
    config.routes[1].name = u"second"_s;
    RouteMatch &match = config.routes[1].match;
    match.headers[0].name = u"x-tEAM"_s; // the same header
    std::swap(match.models[0], match.models[1]);
    const Problems problems = parseConfig(writeConfig(config)).problems;
    ASSERT_EQ(problems.size(), 1) << qPrintable(describe(problems));
    EXPECT_EQ(problems[0].pointer, u"/routes/1/match/pathPrefix"_s);
    for (const Change change : changes) {
        Config other = config;
        change(other.routes[1].match);
        EXPECT_EQ(describe(parseConfig(writeConfig(other)).problems), QString());
    }
}

TEST(RulesConfig, wantsAWeightInARoute) {
    Config config = test::completeConfig();
    config.routes[0].backends[0].weight = 0;
    const Problems problems = parseConfig(writeConfig(config)).problems;
    ASSERT_EQ(problems.size(), 1);
    EXPECT_EQ(problems[0].pointer, u"/routes/0/backends"_s);
}

/// Whatever values are set, in any combination, are read back as they were written.
TEST(RulesConfig, isReadBackAsWritten) {
    std::mt19937 random(20260131);
    const auto pick = [&random](int from, int to) {
        return std::uniform_int_distribution(from, to)(random);
    };
    const Rules rules = test::completeConfig().routes[0].rules;
    for (int round = 0; round < 300; ++round) {
        Config config = test::completeConfig();
        Route &route = config.routes[0];
        route.backends[0] = {route.backends[0].name, pick(1, 1000), pick(0, 100)};
        route.retry =
            pick(0, 1) ? std::optional(Retry{
                             pick(1, 10), {pick(400, 599)}, pick(0, 5000) * 1ms, pick(0, 100) * 1s})
                       : std::nullopt;
        route.cooldown = {pick(1, 5), pick(0, 40) * 1s};
        Rules made;
        if (pick(0, 1))
            made.defaults = rules.defaults;
        if (pick(0, 1))
            made.overrides = rules.overrides;
        if (pick(0, 1))
            made.prompt = rules.prompt;
        if (pick(0, 1))
            made.guard.request = rules.guard.request;
        made.guard.streaming = pick(0, 1);
        if (pick(0, 1))
            made.rateLimit = {{pick(1, 1'000'000'000), 0, RateLimit::Per(pick(0, 2)), pick(0, 3)}};
        if (pick(0, 1))
            made.budget = Budget{pick(0, 1) * 1'000'000'000'000'000, pick(1, 1 << 30) / 1e4,
                                 Budget::Per(pick(0, 1)), pick(0, 1000) / 1000.0};
        route.rules = made;
        config.clientKeys[0].rules = pick(0, 1) ? made : rules;
        config.prices[0] = {u"m"_s, pick(0, 1 << 30) / 1e6, pick(0, 1 << 30) / 1e9,
                            pick(0, 1) ? std::optional(pick(0, 9) / 7.0) : std::nullopt};
        config.gateway.clientKeys = GatewaySettings::ClientKeys(pick(0, 2));
        const QByteArray text = writeConfig(config);
        const ParsedConfig back = parseConfig(text);
        ASSERT_EQ(describe(back.problems), QString()) << text.constData();
        ASSERT_EQ(back.config, config) << text.constData();
    }
}

} // namespace
} // namespace quaygate
