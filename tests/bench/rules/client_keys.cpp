#include "gateway/rules/client_key.h"
#include "gateway/rules/client_key_ring.h"
#include "tests/bench/rules/part.h"
#include "tests/bench/rules/timing.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace quaygate::bench {

namespace {

constexpr int keyCount = 10'000;
constexpr int routeCount = 1'000;

/// What a request costs more because there are client keys.
constexpr double boundNs = 5'000;

HeaderList requestHeaders(QByteArrayView name, QByteArrayView value) {
    return {{"Host", "127.0.0.1:8080"},
            {"User-Agent", "OpenAI/Python 1.109.1"},
            {"Accept", "application/json"},
            {"Content-Type", "application/json"},
            {name, value},
            {"Content-Length", "1024"}};
}

} // namespace

QList<Row> measureClientKeys() {
    QList<ClientKey> keys;
    std::vector<HeaderList> requests;
    for (int i = 0; i < keyCount; ++i) {
        const NewClientKey made = makeClientKey();
        ClientKey key;
        key.name = u"key-%1"_s.arg(i);
        key.hash = made.hash;
        key.models = {u"gpt-4*"_s, u"gpt-5*"_s, u"o3"_s};
        key.routes.clear();
        for (int route = 0; route < (i == 0 ? routeCount : 3); ++route)
            key.routes.append(u"route-%1"_s.arg(route));
        keys.append(key);
        requests.push_back(
            requestHeaders("Authorization", "Bearer " + made.key.reveal().toByteArray()));
    }
    const ClientKeyRing ring(keys);
    const auto mode = GatewaySettings::ClientKeys::Required;

    const double lookup = nanosecondsOf([&](int i) {
        const auto found = ring.find(requests[std::size_t(i % keyCount)], mode);
        const KnownClientKey &key = **found;
        use(key.mayUse("route-2"));
        use(key.mayAsk("gpt-5-mini"));
    });
    const KnownClientKey &many = *ring.find(requests.front(), mode).value();
    const double routes = nanosecondsOf([&](int) { use(many.mayUse("route-999")); });
    const HeaderList wrong =
        requestHeaders("api-key", "qg-0123456789012345678901234567890123456789012");
    const double refused = nanosecondsOf([&](int) { use(ring.find(wrong, mode)); });
    return {{u"one of 10,000 client keys, its routes and models"_s, lookup, boundNs, u"ns"_s},
            {u"the last of a key's 1,000 routes"_s, routes, boundNs, u"ns"_s},
            {u"a wrong key among 10,000, with its refusal"_s, refused, boundNs, u"ns"_s}};
}

} // namespace quaygate::bench
