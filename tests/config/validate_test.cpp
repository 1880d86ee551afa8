#include "gateway/config/names.h"
#include "gateway/config/validate.h"
#include "tests/config/sample_config.h"

#include <gtest/gtest.h>

#include <functional>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Change {
    const char *name;
    std::function<void(Config &)> apply;
    QString pointer; ///< empty: the changed configuration is good
    QString messagePart;
};

Backend &backend(Config &config) {
    return config.backends[0];
}

Route &route(Config &config) {
    return config.routes[0];
}

void expectEach(const QList<Change> &changes) {
    for (const Change &change : changes) {
        SCOPED_TRACE(change.name);
        Config config = test::documentedConfig();
        change.apply(config);
        const Problems problems = validate(config);
        if (change.pointer.isEmpty()) {
            EXPECT_EQ(describe(problems), QString());
            continue;
        }
        ASSERT_EQ(problems.size(), 1) << qPrintable(describe(problems));
        EXPECT_EQ(problems[0].pointer, change.pointer);
        EXPECT_EQ(problems[0].line, 0);
        EXPECT_TRUE(problems[0].message.contains(change.messagePart))
            << qPrintable(problems[0].message);
    }
}

TEST(Validate, acceptsTheSamples) {
    EXPECT_EQ(describe(validate(Config())), QString());
    EXPECT_EQ(describe(validate(test::documentedConfig())), QString());
    EXPECT_EQ(describe(validate(test::fullConfig())), QString());
}

TEST(Validate, checksTheGateway) {
    const auto address = [](const char16_t *text) {
        return [text](Config &c) { c.gateway.address = QString::fromUtf16(text); };
    };
    const QString at = u"/gateway/address"_s;
    expectEach({
        {"localhost", address(u"localhost"), {}, {}},
        {"v6", address(u"::1"), {}, {}},
        {"all", address(u"0.0.0.0"), {}, {}},
        {"name", address(u"example.com"), at, u"IP address"_s},
        {"empty", address(u""), at, u"IP address"_s},
        {"short", address(u"127.1"), at, u"IP address"_s},
        {"with port", address(u"127.0.0.1:80"), at, u"IP address"_s},
        {"version", [](Config &c) { c.version = 2; }, u"/version"_s, u"must be 1"_s},
        {"all workers", [](Config &c) { c.gateway.workers = 64; }, {}, {}},
        {"workers", [](Config &c) { c.gateway.workers = 65; }, u"/gateway/workers"_s,
         u"\"workers\" must be a whole number from 0 to 64."_s},
        {"head", [](Config &c) { c.gateway.limits.headerBytes = 1023; },
         u"/gateway/limits/headerBytes"_s, u"from 1024 to 1048576"_s},
        {"requests", [](Config &c) { c.gateway.limits.inFlight = 0; },
         u"/gateway/limits/inFlight"_s, u"from 1 to 100000"_s},
        {"upstream", [](Config &c) { backend(c).maxConnections = -1; },
         u"/backends/0/maxConnections"_s, u"from 0 to 10000"_s},
    });
}

TEST(Validate, checksNames) {
    const auto named = [](const QString &name) {
        return [name](Config &c) {
            backend(c).name = name;
            route(c).backends[0].name = name;
        };
    };
    const QString at = u"/backends/0/name"_s;
    expectEach({
        {"64", named(QString(64, u'x')), {}, {}},
        {"words", named(u"Mein Büro, zwei"_s), {}, {}},
        {"65", named(QString(65, u'x')), at, u"64 characters"_s},
        {"control", named(u"a\tb"_s), at, u"control"_s},
        {"padded", named(u" a"_s), at, u"space"_s},
        {"route control", [](Config &c) { route(c).name = u"a\u0085b"_s; }, u"/routes/0/name"_s,
         u"control"_s},
        {"no route name", [](Config &c) { route(c).name.clear(); }, u"/routes/0/name"_s,
         u"A route needs a name"_s},
        {"two backends", [](Config &c) { c.backends.append(c.backends[0]); }, u"/backends/1/name"_s,
         u"another backend named “azure-openai”"_s},
        {"two routes",
         [](Config &c) {
             c.routes.append(c.routes[0]);
             c.routes[1].match.pathPrefix = u"/b"_s;
         },
         u"/routes/1/name"_s, u"another route named “azure-openai”"_s},
    });
}

TEST(Validate, checksApiVersionsAndDeployments) {
    const auto version = [](const char16_t *text) {
        return [text](Config &c) { backend(c).apiVersion = QString::fromUtf16(text); };
    };
    const QString at = u"/backends/0/apiVersion"_s;
    expectEach({
        {"none", version(u""), {}, {}},
        {"v1", version(u"v1"), {}, {}},
        {"preview", version(u"preview"), {}, {}},
        {"date", version(u"2024-10-21"), {}, {}},
        {"dated preview", version(u"2025-01-01-preview"), {}, {}},
        {"V1", version(u"V1"), at, u"must be v1"_s},
        {"latest", version(u"latest"), at, u"must be v1"_s},
        {"no such day", version(u"2025-02-30"), at, u"must be v1"_s},
        {"order", version(u"21-10-2024"), at, u"must be v1"_s},
        {"Preview", version(u"2025-01-01-Preview"), at, u"must be v1"_s},
        {"space", version(u"2025-01-01 "), at, u"must be v1"_s},
        {"newline", version(u"2025-01-01\n"), at, u"must be v1"_s},
        {"query", version(u"v1?x=1"), at, u"must be v1"_s},
        {"dated without deployment", [](Config &c) { backend(c).deploymentName.clear(); },
         u"/backends/0/deploymentName"_s, u"part of the address"_s},
        {"v1 without deployment",
         [](Config &c) {
             backend(c).deploymentName.clear();
             backend(c).apiVersion = u"v1"_s;
         },
         {},
         {}},
        {"control", [](Config &c) { backend(c).deploymentName = u"a\nb"_s; },
         u"/backends/0/deploymentName"_s, u"control"_s},
    });
}

TEST(Validate, checksEndpointsAndAuth) {
    const auto with = [](const char16_t *endpoint, Auth::Kind kind, const QString &name) {
        return [=](Config &c) {
            backend(c).endpoint = QString::fromUtf16(endpoint);
            backend(c).auth = {kind, name, {}};
        };
    };
    using enum Auth::Kind;
    const QString endpointAt = u"/backends/0/endpoint"_s;
    const QString nameAt = u"/backends/0/auth/name"_s;
    const QString kindAt = u"/backends/0/auth/kind"_s;
    expectEach({
        {"url", with(u"https://h:8443/apim", Keychain, u"k"_s), {}, {}},
        {"local", with(u"http://127.0.0.1:9", Keychain, u"k"_s), {}, {}},
        {"local none", with(u"http://localhost:9", None, {}), {}, {}},
        {"v6 none", with(u"http://[::1]:9", None, {}), {}, {}},
        {"tls local none", with(u"https://localhost", None, {}), {}, {}},
        {"simulator", with(u"simulator:", None, {}), {}, {}},
        {"env", with(u"h", Environment, u"_AZURE_key1"_s), {}, {}},
        {"empty", with(u"", Keychain, u"k"_s), endpointAt, u"empty"_s},
        {"http", with(u"http://example.com", Keychain, u"k"_s), endpointAt, u"unencrypted"_s},
        {"user", with(u"https://u@h", Keychain, u"k"_s), endpointAt, u"user name"_s},
        {"query", with(u"https://h?a=b", Keychain, u"k"_s), endpointAt, u"query"_s},
        {"none afar", with(u"h", None, {}), kindAt, u"on this machine"_s},
        {"no secret", with(u"h", Keychain, {}), nameAt, u"keychain needs a name"_s},
        {"no variable", with(u"h", Environment, {}), nameAt, u"needs a name"_s},
        {"digit", with(u"h", Environment, u"1A"_s), nameAt, u"letters, digits"_s},
        {"equals", with(u"h", Environment, u"A=B"_s), nameAt, u"letters, digits"_s},
        {"dollar", with(u"h", Environment, u"$A"_s), nameAt, u"letters, digits"_s},
    });
}

TEST(Validate, checksRoutes) {
    const auto prefix = [](const char16_t *text) {
        return [text](Config &c) { route(c).match.pathPrefix = QString::fromUtf16(text); };
    };
    const QString at = u"/routes/0/match/pathPrefix"_s;
    expectEach({
        {"all", prefix(u"/"), {}, {}},
        {"deep", prefix(u"/a/b.c/~d:e@f"), {}, {}},
        {"escape", prefix(u"/a%20b"), {}, {}},
        {"empty", prefix(u""), at, u"needs a path prefix"_s},
        {"no slash", prefix(u"azure"), at, u"start with"_s},
        {"url", prefix(u"http://h/a"), at, u"start with"_s},
        {"end", prefix(u"/a/"), at, u"end with"_s},
        {"double", prefix(u"/a//b"), at, u"“//”"_s},
        {"only double", prefix(u"//"), at, u"end with"_s},
        {"query", prefix(u"/a?b"), at, u"“?” or “#”"_s},
        {"fragment", prefix(u"/a#b"), at, u"“?” or “#”"_s},
        {"space", prefix(u"/a b"), at, u"percent-encoded"_s},
        {"umlaut", prefix(u"/ü"), at, u"percent-encoded"_s},
        {"backslash", prefix(u"/a\\b"), at, u"percent-encoded"_s},
        {"newline", prefix(u"/a\n"), at, u"percent-encoded"_s},
        {"percent", prefix(u"/a%2"), at, u"hexadecimal"_s},
        {"percent zz", prefix(u"/a%zz"), at, u"hexadecimal"_s},
        {"hidden slash", prefix(u"/a%2fb"), at, u"ordinary"_s},
        {"hidden nul", prefix(u"/a%00"), at, u"ordinary"_s},
        {"dots", prefix(u"/a/../b"), at, u"“..”"_s},
        {"hidden dots", prefix(u"/a/%2E."), at, u"“..”"_s},
        {"long", [](Config &c) { route(c).match.pathPrefix = u'/' + QString(256, u'a'); }, at,
         u"256"_s},
        {"same prefix",
         [](Config &c) {
             c.routes.append(c.routes[0]);
             c.routes[1].name = u"b"_s;
             c.routes[1].match.pathPrefix = u"/%61zure-openai"_s;
         },
         u"/routes/1/match/pathPrefix"_s, u"“azure-openai” has the same path prefix"_s},
        {"no backends", [](Config &c) { route(c).backends.clear(); }, u"/routes/0/backends"_s,
         u"at least one"_s},
        {"missing backend", [](Config &c) { route(c).backends[0].name = u"x"_s; },
         u"/routes/0/backends/0/name"_s, u"no backend named “x”"_s},
        {"nameless backend", [](Config &c) { route(c).backends[0].name.clear(); },
         u"/routes/0/backends/0/name"_s, u"missing"_s},
        {"backend twice", [](Config &c) { route(c).backends += route(c).backends; },
         u"/routes/0/backends/1/name"_s, u"stands twice"_s},
    });
}

TEST(Validate, checksOneBackendOrRouteForAForm) {
    const Problems problems = validate(Backend());
    ASSERT_EQ(problems.size(), 3) << qPrintable(describe(problems));
    EXPECT_EQ(problems[0].pointer, u"/name"_s);
    EXPECT_EQ(problems[1].pointer, u"/endpoint"_s);
    EXPECT_EQ(problems[2].pointer, u"/auth/name"_s);
    EXPECT_EQ(validate(Route()).size(), 3);
}

TEST(Validate, neverRepeatsWhatMightBeAKey) {
    const QString key = u"canary-9f8e7d6c5b4a"_s + QString(70, u'Q');
    Backend all;
    all.name = key;
    all.endpoint = u"https://"_s + key;
    all.deploymentName = key + u'\n';
    all.apiVersion = key;
    all.auth = {Auth::Kind::Environment, key, {}};
    Problems problems = validate(all);
    EXPECT_EQ(problems.size(), 5);
    all.auth.kind = Auth::Kind::Keychain;
    for (const QString &endpoint : {u"https://h:"_s + key, u"https://"_s + key + u"@h"_s,
                                    u"https://h?api-key="_s + key, u"https://["_s + key + u']'}) {
        all.endpoint = endpoint;
        problems += validate(all);
    }
    EXPECT_EQ(problems.size(), 25);
    EXPECT_FALSE(describe(problems).contains("canary"_L1)) << qPrintable(describe(problems));
}

TEST(UniqueName, isTheBaseOrTheNextNumber) {
    EXPECT_EQ(uniqueName(u"a"_s, {}), u"a"_s);
    EXPECT_EQ(uniqueName(u"a"_s, {u"b"_s}), u"a"_s);
    EXPECT_EQ(uniqueName(u"a"_s, {u"a"_s, u"a-2"_s, u"a-4"_s}), u"a-3"_s);
    const QString tooLong(80, u'x');
    EXPECT_EQ(uniqueName(tooLong, {}), QString(64, u'x'));
    EXPECT_EQ(uniqueName(tooLong, {QString(64, u'x')}), QString(62, u'x') + u"-2"_s);
}

TEST(Validate, checksAliases) {
    const auto alias = [](const QString &name, const QString &target) {
        return [name, target](Config &c) { c.modelAliases = {{name, target}}; };
    };
    const auto ofRoute = [](const QString &name, const QString &target) {
        return [name, target](Config &c) { route(c).modelAliases = {{name, target}}; };
    };
    const auto elsewhere = [](Config &c) {
        c.backends.append(c.backends[0]);
        c.backends[1].name = u"other"_s;
        c.backends[1].deploymentName = u"o4-mini"_s;
        route(c).modelAliases = {{u"think"_s, u"o4-mini"_s}};
    };
    const QString long257(257, u'x');
    expectEach({
        {"backend", alias(u"fast"_s, u"azure-openai"_s), {}, {}},
        {"deployment, whatever its case", alias(u"fast"_s, u"GPT-4.1-mini"_s), {}, {}},
        {"star", alias(u"claude-*"_s, u"azure-openai"_s), {}, {}},
        {"of a route", ofRoute(u"*"_s, u"azure-openai"_s), {}, {}},
        {"stars", alias(u"*-*"_s, u"azure-openai"_s), u"/modelAliases/*-*"_s, u"one *"_s},
        {"no name", alias(QString(), u"azure-openai"_s), u"/modelAliases/"_s, u"1 to 256"_s},
        {"long", alias(long257, u"azure-openai"_s), u"/modelAliases/"_s + long257, u"1 to 256"_s},
        {"no target", alias(u"a/b"_s, QString()), u"/modelAliases/a~1b"_s, u"“a/b” stands for"_s},
        {"target unknown", alias(u"fast"_s, u"gpt-5"_s), u"/modelAliases/fast"_s,
         u"No backend of the configuration is named “gpt-5”"_s},
        {"target of another route", elsewhere, u"/routes/0/modelAliases/think"_s,
         u"No backend of this route"_s},
        {"stands twice",
         [](Config &c) {
             route(c).modelAliases = {{u"a"_s, u"azure-openai"_s}, {u"a"_s, u"azure-openai"_s}};
         },
         u"/routes/0/modelAliases/a"_s, u"stands twice"_s},
    });
}

} // namespace
} // namespace quaygate
