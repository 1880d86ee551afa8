#include "gateway/config/validate.h"
#include "tests/ui/desk.h"
#include "ui/backends/backend_edits.h"
#include "ui/routes/route_edits.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(BackendEdits, NamesAreMadeUnique) {
    Config config = smallConfig();
    EXPECT_EQ(uniqueBackendName(config, u"other"_s), u"other"_s);
    EXPECT_EQ(uniqueBackendName(config, u"azure-openai"_s), u"azure-openai-2"_s);
    config.backends.append(azureBackend(u"azure-openai-2"_s));
    EXPECT_EQ(uniqueBackendName(config, u"azure-openai"_s), u"azure-openai-3"_s);
}

TEST(BackendEdits, RoutesFollowARenamedBackend) {
    const Config config = withBackend(smallConfig(), u"azure-openai"_s, azureBackend(u"east"_s));
    ASSERT_EQ(config.backends.size(), 1);
    EXPECT_EQ(config.routes.first().backends.first().name, u"east"_s);
}

TEST(BackendEdits, ANewBackendIsAppended) {
    const Config config = withBackend(smallConfig(), {}, azureBackend(u"east"_s));
    ASSERT_EQ(config.backends.size(), 2);
    EXPECT_EQ(config.backends.last().name, u"east"_s);
}

TEST(BackendEdits, ARemovedBackendTakesOnlyTheRoutesThatItAloneServed) {
    Config config = smallConfig();
    config.backends.append(azureBackend(u"east"_s));
    Route both = routeTo(u"azure-openai"_s, u"both"_s);
    both.backends.append({u"east"_s});
    config.routes.append(both);

    const Config after = withoutBackend(config, u"azure-openai"_s);
    ASSERT_EQ(after.routes.size(), 1);
    EXPECT_EQ(after.routes.first().name, u"both"_s);
    ASSERT_EQ(after.routes.first().backends.size(), 1);
    EXPECT_EQ(after.routes.first().backends.first().name, u"east"_s);
    EXPECT_EQ(withBackendRestored(after, config, u"azure-openai"_s), config);
}

TEST(BackendEdits, AliasesFollowTheNamesThatTheyLeadTo) {
    Config config = smallConfig();
    config.modelAliases = {{u"a"_s, u"azure-openai"_s}, {u"b"_s, u"GPT-4.1-mini"_s}};
    config.routes.first().modelAliases = {{u"c"_s, u"gpt-4.1-mini"_s}};
    Backend renamed = azureBackend(u"east"_s);
    renamed.deploymentName = u"gpt-5"_s;
    const Config after = withBackend(config, u"azure-openai"_s, renamed);
    EXPECT_EQ(after.modelAliases, (QList<ModelAlias>{{u"a"_s, u"east"_s}, {u"b"_s, u"gpt-5"_s}}));
    EXPECT_EQ(after.routes.first().modelAliases, (QList<ModelAlias>{{u"c"_s, u"gpt-5"_s}}));
    EXPECT_TRUE(validate(after).isEmpty()) << qPrintable(describe(validate(after)));
}

TEST(BackendEdits, AnAliasStaysWhereAnotherBackendHasThatDeployment) {
    Config config = smallConfig();
    config.backends.append(azureBackend(u"west"_s));
    config.modelAliases = {{u"b"_s, u"gpt-4.1-mini"_s}};
    config.routes.first().modelAliases = {{u"c"_s, u"gpt-4.1-mini"_s}};
    Backend renamed = azureBackend();
    renamed.deploymentName = u"gpt-5"_s;
    const Config after = withBackend(config, u"azure-openai"_s, renamed);
    EXPECT_EQ(after.modelAliases, config.modelAliases);
    // The other one is not of this route.
    EXPECT_EQ(after.routes.first().modelAliases, (QList<ModelAlias>{{u"c"_s, u"gpt-5"_s}}));
}

TEST(BackendEdits, ARemovedBackendTakesItsAliasesAndUndoBringsThemBack) {
    Config config = smallConfig();
    config.backends.append(azureBackend(u"east"_s));
    config.backends.last().deploymentName = u"gpt-5"_s;
    config.modelAliases = {
        {u"a"_s, u"azure-openai"_s}, {u"b"_s, u"gpt-5"_s}, {u"c"_s, u"gpt-4.1-mini"_s}};
    config.routes.first().backends.append({u"east"_s});
    config.routes.first().modelAliases = {{u"d"_s, u"gpt-4.1-mini"_s}, {u"e"_s, u"east"_s}};
    const Config after = withoutBackend(config, u"azure-openai"_s);
    EXPECT_EQ(after.modelAliases, (QList<ModelAlias>{{u"b"_s, u"gpt-5"_s}}));
    EXPECT_EQ(after.routes.first().modelAliases, (QList<ModelAlias>{{u"e"_s, u"east"_s}}));
    EXPECT_EQ(aliasesLost(config, after), (QStringList{u"a"_s, u"c"_s, u"d"_s}));
    EXPECT_TRUE(validate(after).isEmpty()) << qPrintable(describe(validate(after)));
    EXPECT_EQ(withBackendRestored(after, config, u"azure-openai"_s), config);
}

TEST(BackendEdits, UndoKeepsWhatWasChangedSince) {
    const Config before = smallConfig();
    Config since = withoutBackend(before, u"azure-openai"_s);
    since.gateway.port = 9000;
    const Config restored = withBackendRestored(since, before, u"azure-openai"_s);
    EXPECT_EQ(restored.gateway.port, 9000);
    EXPECT_EQ(restored.backends, before.backends);
    EXPECT_EQ(restored.routes, before.routes);
}

TEST(BackendEdits, UndoDoesNotReplaceABackendThatTookTheName) {
    const Config before = smallConfig();
    Config since = withoutBackend(before, u"azure-openai"_s);
    Backend other = azureBackend();
    other.deploymentName = u"other"_s;
    since.backends = {other};
    EXPECT_EQ(withBackendRestored(since, before, u"azure-openai"_s), since);
}

TEST(BackendEdits, ProblemsAreThoseOfTheOneBackend) {
    Config config = smallConfig();
    config.backends.append(Backend{}); // wrong, but not what is edited
    Backend edited = azureBackend();
    EXPECT_TRUE(backendProblems(config, u"azure-openai"_s, edited).isEmpty());
    edited.endpoint.clear();
    const Problems problems = backendProblems(config, u"azure-openai"_s, edited);
    ASSERT_EQ(problems.size(), 1);
    EXPECT_EQ(problems.first().pointer, u"/endpoint"_s);
}

TEST(BackendEdits, ATakenNameIsAProblem) {
    const Problems problems = backendProblems(smallConfig(), {}, azureBackend());
    ASSERT_FALSE(problems.isEmpty());
    EXPECT_EQ(problems.first().pointer, u"/name"_s);
}

TEST(RouteEdits, TheFirstRouteIsAzureOpenai) {
    const Route first = newRoute({}, u"b"_s);
    EXPECT_EQ(first.match.pathPrefix, u"/azure-openai"_s);
    EXPECT_EQ(first.backends.first().name, u"b"_s);
    EXPECT_EQ(newRoute(smallConfig(), u"b"_s).match.pathPrefix, u"/azure-openai-2"_s);
}

TEST(RouteEdits, ReplaceRemoveAndRestore) {
    Config config = smallConfig();
    config.routes.append(routeTo(u"azure-openai"_s, u"second"_s));
    const Config renamed =
        withRoute(config, u"azure-openai"_s, routeTo(u"azure-openai"_s, u"first"_s));
    EXPECT_EQ(renamed.routes.first().name, u"first"_s);
    EXPECT_EQ(renamed.routes.size(), 2);
    const Config without = withoutRoute(config, u"azure-openai"_s);
    EXPECT_EQ(without.routes.size(), 1);
    EXPECT_EQ(withRouteRestored(without, config, u"azure-openai"_s), config);
}

TEST(RouteEdits, ATakenPrefixIsAProblemOfTheRoute) {
    const Route same = routeTo(u"azure-openai"_s, u"other"_s);
    Route other = same;
    other.match.pathPrefix = u"/azure-openai"_s;
    EXPECT_TRUE(routeProblems(smallConfig(), {}, same).isEmpty());
    const Problems problems = routeProblems(smallConfig(), {}, other);
    ASSERT_FALSE(problems.isEmpty());
    EXPECT_EQ(problems.first().pointer, u"/match/pathPrefix"_s);
}

} // namespace quaygate::test
