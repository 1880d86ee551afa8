#include "gateway/pipeline/routing_table.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

Config exampleConfig() {
    Config config;
    Backend east;
    east.name = u"east"_s;
    Backend west;
    west.name = u"west"_s;
    config.backends = {east, west};
    config.routes = {{u"short"_s, {u"/azure"_s, {}}, {{u"east"_s, {}}}, {}},
                     {u"long"_s, {u"/azure/team a"_s, {}}, {{u"west"_s, {}}}, {}},
                     {u"open"_s, {u"/azure-openai"_s, {}}, {{u"east"_s, {}}}, {}}};
    return config;
}

struct Case {
    const char *target;
    const char *route; ///< null: an error
    std::optional<Operation> operation = Operation::ChatCompletions;
    ErrorCode error = ErrorCode::NoRoute;
    const char *method = "POST";
};

class Routes : public ::testing::TestWithParam<Case> {};

TEST_P(Routes, Find) {
    const RoutingTable table(std::make_shared<Config>(exampleConfig()));
    const auto routed = table.find(GetParam().method, GetParam().target);
    ASSERT_EQ(routed.ok(), GetParam().route != nullptr) << GetParam().target;
    if (routed) {
        EXPECT_EQ(routed->route->name, QLatin1StringView(GetParam().route)) << GetParam().target;
        EXPECT_EQ(routed->operation, GetParam().operation) << GetParam().target;
        EXPECT_EQ(routed->backend->name, routed->route->backends.first().name);
    } else {
        EXPECT_EQ(routed.error().code, GetParam().error) << GetParam().target;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Routes,
    ::testing::Values(
        Case{"/azure-openai", "open"}, Case{"/azure-openai/", "open"},
        Case{"/azure-openai?x=y", "open"}, Case{"/azure-openai/chat/completions", "open"},
        Case{"/azure-openai//chat/completions/", "open"},
        Case{"/azure-openai/v1/chat/completions", "open"},
        Case{"/azure-openai/openai/v1/chat/completions?api-version=preview", "open"},
        Case{"/azure-openai/openai/deployments/any/chat/completions?api-version=2024-10-21",
             "open"},
        Case{"/azure-openai/openai/deployments/deployments/chat/completions", "open"},
        Case{"/azure-openai/embeddings", "open", Operation::Embeddings},
        Case{"/azure-openai/v1/embeddings", "open", Operation::Embeddings},
        Case{"/azure-openai/openai/v1/embeddings", "open", Operation::Embeddings},
        Case{"/azure-openai/openai/deployments/x%20y/embeddings", "open", Operation::Embeddings},
        Case{"/azure", "short"}, Case{"/azure/chat/completions", "short"},
        Case{"/azure/team%20a/chat/completions", "long"}, Case{"/azure/team%20a", "long"},
        Case{"/azure/team/chat/completions", "short", {}}, Case{"/azure-open", nullptr},
        Case{"/azure-openais", nullptr}, Case{"/", nullptr}, Case{"*", nullptr},
        Case{"/AZURE", nullptr}, Case{"/other/azure", nullptr},
        Case{"/azure-openai/images/generations", "open", Operation::ImageGenerations},
        Case{"/azure-openai/v1/responses", "open", Operation::Responses},
        Case{"/azure-openai/openai/responses?api-version=2025-04-01-preview", "open",
             Operation::Responses},
        Case{"/azure-openai/openai/deployments/w/audio/transcriptions?api-version=2024-06-01",
             "open", Operation::Transcriptions},
        Case{"/azure-openai/openai/deployments/chat/completions", "open", Operation::Completions},
        Case{"/azure-openai/images", "open", {}},
        Case{"/azure-openai/chat/completions/x", "open", {}},
        Case{"/azure-openai/v1/responses/resp_1", "open", {}, ErrorCode::NoRoute, "GET"},
        Case{"/azure-openai/v1/responses/resp_1", "open", {}, ErrorCode::NoRoute, "DELETE"},
        Case{"/azure-openai/../azure", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/v1/files/%2e%2E/x", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/v1", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/openai/deployments/d", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai", nullptr, {}, ErrorCode::MethodNotAllowed, "GET"},
        Case{
            "/azure-openai/chat/completions", nullptr, {}, ErrorCode::MethodNotAllowed, "DELETE"}));

TEST(RoutingTable, NoRouteListsThePrefixes) {
    const RoutingTable table(std::make_shared<Config>(exampleConfig()));
    const auto routed = table.find("POST", "/nowhere");
    EXPECT_TRUE(routed.error().message.contains(u"/azure-openai"_s));
    EXPECT_TRUE(routed.error().message.contains(u"/azure/team a"_s));
    const RoutingTable empty(std::make_shared<Config>());
    EXPECT_TRUE(empty.find("POST", "/").error().message.contains(u"No route is configured"_s));
}

TEST(RoutingTable, ARouteAtTheRootTakesWhatNoOtherDoes) {
    Config config = exampleConfig();
    config.routes.append({u"root"_s, {u"/"_s, {}}, {{u"west"_s, {}}}, {}});
    const RoutingTable table(std::make_shared<Config>(config));
    EXPECT_EQ(table.find("POST", "/v1/chat/completions")->route->name, u"root"_s);
    EXPECT_EQ(table.find("POST", "/azure/v1/chat/completions")->route->name, u"short"_s);
}

TEST(RoutingTable, HoldsTheUpstreamUrlOfEachOperation) {
    Config config = exampleConfig();
    config.backends[0].endpoint = u"contoso.openai.azure.com"_s;
    config.backends[0].deploymentName = u"chat"_s;
    config.backends[0].apiVersion = u"2024-10-21"_s;
    const RoutingTable table(std::make_shared<Config>(config));
    const auto chat = table.find("POST", "/azure-openai");
    EXPECT_EQ(chat->url.value(),
              upstreamUrl(config.backends[0], Operation::ChatCompletions).value());
    const auto embeddings = table.find("POST", "/azure-openai/embeddings");
    EXPECT_EQ(embeddings->url.value(),
              upstreamUrl(config.backends[0], Operation::Embeddings).value());
}

TEST(RoutingTable, PassesTheRestOfThePathOnAsItIs) {
    Config config = exampleConfig();
    for (Backend &backend : config.backends) {
        backend.endpoint = u"r.openai.azure.com"_s;
        backend.deploymentName = u"d"_s;
    }
    const RoutingTable table(std::make_shared<Config>(config));
    const QByteArray root = "https://r.openai.azure.com/openai/v1/";
    const auto url = [&table](QByteArrayView target) {
        return table.find("GET", target)->url.value();
    };
    EXPECT_EQ(url("/azure-openai/v1/responses/resp_1?include=a"),
              root + "responses/resp_1?include=a");
    EXPECT_EQ(url("/azure-openai/openai/v1/files/a%2Fb%20c/content"),
              root + "files/a%2Fb%20c/content");
    EXPECT_EQ(url("/azure-openai/openai/files?api-version=2024-10-21&limit=3"),
              root + "files?limit=3");
    EXPECT_EQ(url("//azure//team%20a/v1//batches/b/"), root + "batches/b/");
    EXPECT_EQ(url("/azure-openai/files"), root + "files");
}

TEST(RoutingTable, AnEscapedSlashOrPercentIsNoSeparator) {
    Config config = exampleConfig();
    config.routes[0].match.pathPrefix = u"/a"_s;
    config.routes[1].match.pathPrefix = u"/a/b"_s;
    const RoutingTable table(std::make_shared<Config>(config));
    EXPECT_EQ(table.find("POST", "/a/b")->route->name, u"long"_s);
    EXPECT_FALSE(table.find("POST", "/a%2Fb"));
    EXPECT_EQ(table.find("POST", "/a/b%252Fchat")->route->name, u"short"_s);
    EXPECT_EQ(table.find("POST", "/%61/%62/chat/completions")->route->name, u"long"_s);
}

} // namespace
} // namespace quaygate
