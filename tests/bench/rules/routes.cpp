#include "gateway/pipeline/routing_table.h"
#include "tests/bench/rules/part.h"
#include "tests/bench/rules/timing.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace quaygate::bench {

namespace {

constexpr int routeCount = 1'000;

/// What a request costs more because there are many routes.
constexpr double boundNs = 5'000;

RoutingTable tableOf(int routes, HealthBoard &board) {
    auto config = std::make_shared<Config>();
    for (int i = 0; i < routes; ++i) {
        Backend backend;
        backend.name = u"backend-%1"_s.arg(i);
        backend.endpoint = u"contoso-%1.openai.azure.com"_s.arg(i);
        backend.deploymentName = u"gpt-4.1"_s;
        config->backends.append(backend);
        Route route;
        route.name = u"route-%1"_s.arg(i);
        route.match.pathPrefix = u"/team-%1/azure"_s.arg(i);
        route.backends = {{backend.name}};
        config->routes.append(route);
    }
    return RoutingTable(config, board);
}

HttpRequest asked(int route) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/team-" + QByteArray::number(route) + "/azure/v1/chat/completions";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"model":"gpt-4.1","messages":[]})";
    return request;
}

double nanosecondsToFind(int routes) {
    HealthBoard board;
    const RoutingTable table = tableOf(routes, board);
    std::vector<HttpRequest> requests;
    for (int i = 0; i < routes; ++i)
        requests.push_back(asked(i));
    return nanosecondsOf([&](int i) {
        const HttpRequest &request = requests[std::size_t(i % routes)];
        const auto routed = table.find(request);
        use(table.way(*routed, routed->firstBackend(), request));
    });
}

} // namespace

QList<Row> measureRoutes() {
    const double one = nanosecondsToFind(1);
    const double many = nanosecondsToFind(routeCount);
    return {{u"1,000 routes, more than one route"_s, many - one, boundNs, u"ns"_s}};
}

} // namespace quaygate::bench
