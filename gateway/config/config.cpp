#include "gateway/config/config.h"

#include <algorithm>

namespace quaygate {

namespace {

template<typename T>
const T *findByName(const QList<T> &list, const QString &name) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const T &item) { return item.name == name; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

const Backend *Config::findBackend(const QString &name) const {
    return findByName(backends, name);
}

const Route *Config::findRoute(const QString &name) const {
    return findByName(routes, name);
}

bool isSimulator(const Backend &backend) {
    return backend.endpoint == simulatorEndpoint;
}

} // namespace quaygate
