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
    config.routes = {{u"short"_s, {u"/azure"_s, {}}, {{u"east"_s}}, {}},
                     {u"long"_s, {u"/azure/team a"_s, {}}, {{u"west"_s}}, {}},
                     {u"open"_s, {u"/azure-openai"_s, {}}, {{u"east"_s}}, {}}};
    return config;
}

struct Case {
    const char *target;
    const char *route; ///< null: an error
    std::optional<Operation> operation = Operation::ChatCompletions;
    ErrorCode error = ErrorCode::NoRoute;
    const char *method = "POST";
};

HttpRequest asked(const QByteArray &method, const QByteArray &target,
                  const QByteArray &body = "{}"_ba) {
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers = {{"Content-Type", "application/json"}};
    return request;
}

/// A table, and how the first of the backends found is asked.
class Table {
public:
    struct Found : Routed {
        const Backend *backend = nullptr;
        Result<QByteArray> url{QByteArray()};
    };

    explicit Table(const Config &config) : m_table(std::make_shared<Config>(config), m_board) {}

    Result<Found> find(const HttpRequest &request) const {
        const Result<Routed> routed = m_table.find(request);
        if (!routed)
            return routed.error();
        Found found{*routed};
        if (routed->candidates.empty())
            return found;
        const Way way = m_table.way(*routed, routed->firstBackend(), request);
        found.backend = way.backend;
        found.operation = way.operation;
        found.url = way.url;
        return found;
    }

private:
    HealthBoard m_board;
    RoutingTable m_table;
};

class Routes : public ::testing::TestWithParam<Case> {};

TEST_P(Routes, Find) {
    const Table table((exampleConfig()));
    const auto routed = table.find(asked(GetParam().method, GetParam().target));
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
    const Table table((exampleConfig()));
    const auto routed = table.find(asked("POST", "/nowhere"));
    EXPECT_TRUE(routed.error().message.contains(u"/azure-openai"_s));
    EXPECT_TRUE(routed.error().message.contains(u"/azure/team a"_s));
    const Table empty((Config()));
    EXPECT_TRUE(
        empty.find(asked("POST", "/")).error().message.contains(u"No route is configured"_s));
}

TEST(RoutingTable, ARouteAtTheRootTakesWhatNoOtherDoes) {
    Config config = exampleConfig();
    config.routes.append({u"root"_s, {u"/"_s, {}}, {{u"west"_s}}, {}});
    const Table table((config));
    EXPECT_EQ(table.find(asked("POST", "/v1/chat/completions"))->route->name, u"root"_s);
    EXPECT_EQ(table.find(asked("POST", "/azure/v1/chat/completions"))->route->name, u"short"_s);
}

TEST(RoutingTable, HoldsTheUpstreamUrlOfEachOperation) {
    Config config = exampleConfig();
    config.backends[0].endpoint = u"contoso.openai.azure.com"_s;
    config.backends[0].deploymentName = u"chat"_s;
    config.backends[0].apiVersion = u"2024-10-21"_s;
    const Table table((config));
    const auto chat = table.find(asked("POST", "/azure-openai"));
    EXPECT_EQ(chat->url.value(),
              upstreamUrl(config.backends[0], Operation::ChatCompletions).value());
    const auto embeddings = table.find(asked("POST", "/azure-openai/embeddings"));
    EXPECT_EQ(embeddings->url.value(),
              upstreamUrl(config.backends[0], Operation::Embeddings).value());
}

TEST(RoutingTable, PassesTheRestOfThePathOnAsItIs) {
    Config config = exampleConfig();
    for (Backend &backend : config.backends) {
        backend.endpoint = u"r.openai.azure.com"_s;
        backend.deploymentName = u"d"_s;
    }
    const Table table((config));
    const QByteArray root = "https://r.openai.azure.com/openai/v1/";
    const auto url = [&table](const QByteArray &target) {
        return table.find(asked("GET", target))->url.value();
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
    const Table table((config));
    EXPECT_EQ(table.find(asked("POST", "/a/b"))->route->name, u"long"_s);
    EXPECT_FALSE(table.find(asked("POST", "/a%2Fb")));
    EXPECT_EQ(table.find(asked("POST", "/a/b%252Fchat"))->route->name, u"short"_s);
    EXPECT_EQ(table.find(asked("POST", "/%61/%62/chat/completions"))->route->name, u"long"_s);
}

struct ModelCase {
    const char *target;
    const char *body;
    const char *backend; ///< null: an error
    ErrorCode error = ErrorCode::ModelNotFound;
    const char *method = "POST";
};

/// east has the deployment gpt-4.1, west o4-mini and GPT-4.1; "two" is a route of both.
Config configWithModels() {
    Config config = exampleConfig();
    config.backends[0].deploymentName = u"gpt-4.1"_s;
    config.backends[1].deploymentName = u"o4-mini"_s;
    Backend again = config.backends[1];
    again.name = u"again"_s;
    again.deploymentName = u"GPT-4.1"_s;
    config.backends.append(again);
    for (Backend &backend : config.backends)
        backend.endpoint = u"r.openai.azure.com"_s;
    config.routes.append({u"two"_s, {u"/two"_s, {}}, {{u"east"_s}, {u"west"_s}}, {}});
    config.routes.last().modelAliases = {{u"think"_s, u"west"_s}, {u"fast"_s, u"west"_s}};
    config.modelAliases = {{u"fast"_s, u"east"_s},          {u"claude-*"_s, u"east"_s},
                           {u"claude-opus-*"_s, u"west"_s}, {u"*-deep"_s, u"O4-MINI"_s},
                           {u"west"_s, u"again"_s},         {u"ü"_s, u"west"_s}};
    return config;
}

class RoutesByModel : public ::testing::TestWithParam<ModelCase> {};

TEST_P(RoutesByModel, Find) {
    const ModelCase &row = GetParam();
    SCOPED_TRACE((QByteArray(row.target) + ' ' + row.body).toStdString());
    const Table table((configWithModels()));
    HttpRequest request = asked(row.method, row.target, row.body);
    if (request.body.startsWith("--"))
        request.headers = {{"Content-Type", "multipart/form-data; boundary=b"}};
    const auto routed = table.find(request);
    ASSERT_EQ(routed.ok(), row.backend != nullptr);
    if (routed)
        EXPECT_EQ(routed->backend->name, QLatin1StringView(row.backend));
    else
        EXPECT_EQ(routed.error().code, row.error);
}

INSTANTIATE_TEST_SUITE_P(
    Root, RoutesByModel,
    ::testing::Values(
        ModelCase{"/v1/chat/completions", R"({"model":"east"})", "east"},
        ModelCase{"/v1/chat/completions", R"({"model":"o4-mini"})", "west"},
        ModelCase{"/openai/v1/chat/completions", R"({"model":"O4-Mini"})", "west"},
        ModelCase{"/openai/deployments/o4-mini/chat/completions?api-version=1", "{}", "west"},
        ModelCase{"/openai/deployments/o4-mini/embeddings", R"({"model":"east"})", "west"},
        ModelCase{"/v1/responses", R"({"model":"gpt-4.1"})", "east"},
        ModelCase{"/v1/responses", R"({"model":"fast"})", "east"},
        ModelCase{"/v1/responses", R"({"model":"west"})", "again"}, // the alias counts first
        ModelCase{"/v1/responses", R"({"model":"\u00fc"})", "west"},
        ModelCase{"/v1/messages", R"({"model":"claude-sonnet-4"})", "east"},
        ModelCase{"/v1/messages", R"({"model":"claude-opus-4"})", "west"},
        ModelCase{"/v1/messages/count_tokens", R"({"model":"claude-opus-4-deep"})", "west"},
        ModelCase{"/v1/messages", R"({"model":"x-deep"})", "west"},
        ModelCase{"/v1/messages", R"({"model":"claude"})", nullptr},
        ModelCase{"/v1/chat/completions", R"({"model":"EAST"})", nullptr},
        ModelCase{"/v1/chat/completions", R"({"model":""})", nullptr, ErrorCode::BadRequest},
        ModelCase{"/v1/chat/completions", R"({"model":7})", nullptr, ErrorCode::BadRequest},
        ModelCase{"/v1/chat/completions", "{", nullptr, ErrorCode::BodyNotJson},
        ModelCase{"/v1/audio/transcriptions",
                  "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\no4-mini\r\n--b--",
                  "west"},
        ModelCase{"/v1/audio/transcriptions", "--b--", nullptr, ErrorCode::BadRequest},
        ModelCase{"/v1/files", "", "east", ErrorCode::NoRoute, "GET"},
        ModelCase{"/v1/responses/resp_1/cancel", "{}", "east"},
        ModelCase{"/v1/videos", R"({"model":"o4-mini"})", "west"},
        ModelCase{"/v1", "{}", nullptr, ErrorCode::UnknownOperation},
        ModelCase{"/chat/completions", R"({"model":"east"})", nullptr, ErrorCode::NoRoute}));

INSTANTIATE_TEST_SUITE_P(
    Route, RoutesByModel,
    ::testing::Values(ModelCase{"/two", R"({"model":"o4-mini"})", "west"},
                      ModelCase{"/two", R"({"model":"think"})", "west"},
                      ModelCase{"/two", R"({"model":"fast"})", "west"}, // the route's counts first
                      ModelCase{"/two", R"({"model":"claude-opus-1"})", "west"},
                      ModelCase{"/two", R"({"model":"nobody"})", "east"},
                      ModelCase{"/two", "{}", "east"},
                      ModelCase{"/two/openai/deployments/o4-mini/chat/completions", "{}", "west"},
                      ModelCase{"/two/openai/deployments/other/chat/completions", "{}", "east"},
                      ModelCase{"/two", "[", nullptr, ErrorCode::BodyNotJson},
                      ModelCase{"/azure", "[", "east"})); // one backend: nothing is read

TEST(RoutingTable, AnUnknownModelIsToldWhatThereIs) {
    const Table table((configWithModels()));
    const auto routed = table.find(asked("POST", "/v1/responses", R"({"model":"gpt-9"})"));
    const QString message = routed.error().message;
    for (const char *part : {"\"gpt-9\"", "fast", "east", "gpt-4.1", "o4-mini"})
        EXPECT_TRUE(message.contains(QLatin1StringView(part))) << qPrintable(message);
    EXPECT_FALSE(message.contains(u'*'));
}

TEST(RoutingTable, WhatNamesNoModelGoesToTheFirstOfTheV1Family) {
    Config config = configWithModels();
    config.backends[0].apiVersion = u"2024-10-21"_s;
    config.backends[1].provider = Provider::Anthropic;
    const Table table((config));
    EXPECT_EQ(table.find(asked("GET", "/v1/files", {}))->backend->name, u"again"_s);
    EXPECT_EQ(table.find(asked("GET", "/two/v1/files", {}))->backend->name, u"east"_s);
}

TEST(RoutingTable, OneBackendNeedsNoModel) {
    Config config = exampleConfig();
    config.backends.removeLast();
    config.routes.clear();
    const Table table((config));
    EXPECT_EQ(table.find(asked("POST", "/v1/responses"))->backend->name, u"east"_s);
    EXPECT_EQ(table.find(asked("POST", "/v1/responses", R"({"model":"x"})")).error().code,
              ErrorCode::ModelNotFound);
}

TEST(RoutingTable, ClaudeAnswersMessagesOnly) {
    Config config = configWithModels();
    config.backends[0].provider = Provider::Anthropic;
    config.backends[0].endpoint = u"https://r.services.ai.azure.com"_s;
    const Table table((config));
    const auto messages = table.find(asked("POST", "/azure/v1/messages"));
    EXPECT_EQ(messages->url.value(), "https://r.services.ai.azure.com/anthropic/v1/messages");
    EXPECT_FALSE(messages->operation);
    EXPECT_EQ(table.find(asked("POST", "/azure/messages/count_tokens"))->url.value(),
              "https://r.services.ai.azure.com/anthropic/v1/messages/count_tokens");
    EXPECT_EQ(table.find(asked("POST", "/azure")).error().code, ErrorCode::UnknownOperation);
    EXPECT_EQ(table.find(asked("GET", "/azure/v1/files")).error().code,
              ErrorCode::UnknownOperation);
}

TEST(RoutingTable, ModelsAreThoseThatAClientMayUse) {
    const Table table((configWithModels()));
    const auto listed = [&table](const QByteArray &target) {
        const auto routed = table.find(asked("GET", target, {}));
        EXPECT_EQ(routed->door, Door::Models);
        QList<QByteArray> names = routed->models->listed();
        std::sort(names.begin(), names.end());
        return names.join(' ');
    };
    EXPECT_EQ(listed("/v1/models"), "GPT-4.1 again east fast gpt-4.1 o4-mini west \xC3\xBC");
    EXPECT_EQ(listed("/openai/models?api-version=2024-10-21"), listed("/v1/models"));
    EXPECT_EQ(listed("/two/v1/models"), "east fast gpt-4.1 o4-mini think west \xC3\xBC");
    EXPECT_EQ(listed("/azure/models"), "east fast gpt-4.1");
    EXPECT_EQ(table.find(asked("GET", "/v1/models/a%20%C3%BC", {}))->item, "a \xC3\xBC");
    EXPECT_EQ(table.find(asked("DELETE", "/v1/models/ft-1", {}))->door, Door::OpenAi);
}

TEST(RoutingTable, AWebSocketIsFoundByItsQuery) {
    Config config = configWithModels();
    config.backends[1].apiVersion = u"2024-10-01-preview"_s;
    const Table table((config));
    const auto found = [&table](const QByteArray &target, const QByteArray &upgrade = "WebSocket") {
        HttpRequest request = asked("GET", target, {});
        request.headers = {{"Connection", "keep-alive, Upgrade"},
                           {"Upgrade", upgrade},
                           {"Sec-WebSocket-Key", "x"}};
        return table.find(request);
    };
    auto routed = found("/v1/realtime?model=gpt-4.1");
    ASSERT_TRUE(routed);
    EXPECT_EQ(routed->door, Door::WebSocket);
    EXPECT_EQ(routed->url.value(), "https://r.openai.azure.com/openai/v1/realtime?model=gpt-4.1");
    routed = found("/openai/realtime?api-version=2025-04-01-preview&deployment=o4-mini&api-key=k");
    EXPECT_EQ(routed->url.value(), "https://r.openai.azure.com/openai/realtime?api-version="
                                   "2024-10-01-preview&deployment=o4-mini");
    EXPECT_EQ(found("/azure/v1/realtime?model=any")->backend->name, u"east"_s);
    EXPECT_EQ(found("/v1/responses?model=east")->door, Door::WebSocket);
    EXPECT_EQ(found("/v1/realtime?model=nobody").error().code, ErrorCode::ModelNotFound);
    EXPECT_EQ(found("/v1/realtime").error().code, ErrorCode::BadRequest);
    EXPECT_EQ(found("/v1/realtime?model=east", "h2c")->door, Door::OpenAi);
}

} // namespace
} // namespace quaygate
