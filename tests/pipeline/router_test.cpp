#include "gateway/pipeline/router.h"

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
    Operation operation = Operation::ChatCompletions;
    ErrorCode error = ErrorCode::NoRoute;
    const char *method = "POST";
};

class Routes : public ::testing::TestWithParam<Case> {};

TEST_P(Routes, Find) {
    const Config config = exampleConfig();
    const auto routed = route(config, GetParam().method, GetParam().target);
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
        Case{"/azure/team/chat/completions", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-open", nullptr}, Case{"/azure-openais", nullptr}, Case{"/", nullptr},
        Case{"*", nullptr}, Case{"/AZURE", nullptr}, Case{"/other/azure", nullptr},
        Case{"/azure-openai/images", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/../azure", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/chat/completions/x", nullptr, {}, ErrorCode::UnknownOperation},
        Case{"/azure-openai/openai/deployments/chat/completions",
             nullptr,
             {},
             ErrorCode::UnknownOperation},
        Case{"/azure-openai", nullptr, {}, ErrorCode::MethodNotAllowed, "GET"},
        Case{
            "/azure-openai/chat/completions", nullptr, {}, ErrorCode::MethodNotAllowed, "DELETE"}));

TEST(Router, NoRouteListsThePrefixes) {
    const auto routed = route(exampleConfig(), "POST", "/nowhere");
    EXPECT_TRUE(routed.error().message.contains(u"/azure-openai"_s));
    EXPECT_TRUE(routed.error().message.contains(u"/azure/team a"_s));
    EXPECT_TRUE(route(Config(), "POST", "/").error().message.contains(u"No route is configured"_s));
}

TEST(Router, ARouteAtTheRootTakesWhatNoOtherDoes) {
    Config config = exampleConfig();
    config.routes.append({u"root"_s, {u"/"_s, {}}, {{u"west"_s, {}}}, {}});
    EXPECT_EQ(route(config, "POST", "/v1/chat/completions")->route->name, u"root"_s);
    EXPECT_EQ(route(config, "POST", "/azure/v1/chat/completions")->route->name, u"short"_s);
}

} // namespace
} // namespace quaygate
