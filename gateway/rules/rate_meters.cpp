#include "gateway/rules/rate_meters.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString wordOf(RateOwner owner) {
    switch (owner) {
    case RateOwner::ClientKey:
        return u"client key"_s;
    case RateOwner::Route:
        return u"route"_s;
    case RateOwner::Backend:
        break;
    }
    return u"backend"_s;
}

QString wordOf(RateLimit::Per per) {
    switch (per) {
    case RateLimit::Per::Second:
        return u"a second"_s;
    case RateLimit::Per::Minute:
        return u"a minute"_s;
    case RateLimit::Per::Hour:
        break;
    }
    return u"an hour"_s;
}

QString counted(int number, const QString &word) {
    return QString::number(number) + u' ' + word + (number == 1 ? QString() : u"s"_s);
}

} // namespace

MeteredLimit::MeteredLimit(RateOwner itsOwner, const QString &itsName, const RateLimit &itsLimit)
    : owner(itsOwner), name(itsName), limit(itsLimit), meter(itsLimit) {
}

QString MeteredLimit::inWords() const {
    const QString what = countsTokens() ? u"use "_s + counted(limit.tokens, u"token"_s)
                                        : u"make "_s + counted(limit.requests, u"request"_s);
    return u"the %1 \"%2\" may %3 %4"_s.arg(wordOf(owner), name, what, wordOf(limit.per));
}

const MeteredLimits &MeteredConfig::of(RateOwner owner, const QString &name) const {
    static const MeteredLimits none;
    const auto found = m_limits.constFind({int(owner), name});
    return found == m_limits.cend() ? none : *found;
}

std::shared_ptr<const MeteredConfig> RateMeters::of(const Snapshot &snapshot) {
    const std::lock_guard lock(m_mutex);
    if (m_config && m_snapshot == snapshot)
        return m_config;
    auto config = std::make_shared<MeteredConfig>();
    for (const ClientKey &key : snapshot->clientKeys)
        add(*config, RateOwner::ClientKey, key.name, key.rules.rateLimit);
    for (const Route &route : snapshot->routes)
        add(*config, RateOwner::Route, route.name, route.rules.rateLimit);
    for (const Backend &backend : snapshot->backends)
        add(*config, RateOwner::Backend, backend.name, backend.rateLimit);
    m_snapshot = snapshot;
    m_config = std::move(config);
    std::erase_if(m_known, [](const auto &entry) { return entry.second.expired(); });
    return m_config;
}

std::size_t RateMeters::size() const {
    const std::lock_guard lock(m_mutex);
    return m_known.size();
}

void RateMeters::add(MeteredConfig &config, RateOwner owner, const QString &name,
                     const QList<RateLimit> &limits) {
    std::map<Key, int> same;
    for (const RateLimit &limit : limits) {
        if (limit.requests <= 0 && limit.tokens <= 0)
            continue;
        Key key{owner, name, limit.requests, limit.tokens, limit.per, limit.burst, 0};
        std::get<6>(key) = same[key]++;
        auto &known = m_known[key];
        auto metered = known.lock();
        if (!metered)
            known = metered = std::make_shared<MeteredLimit>(owner, name, limit);
        config.m_limits[{int(owner), name}].push_back(std::move(metered));
    }
}

} // namespace quaygate
