#include "gateway/pipeline/credentials.h"

namespace quaygate {

void Credentials::obtain(const Auth &auth, Done done) {
    if (auth.kind == Auth::Kind::None) {
        done(Secret());
        return;
    }
    const Key key{auth.kind, auth.name};
    if (const auto known = m_known.find(key); known != m_known.end()) {
        done(known->second);
        return;
    }
    auto &waiting = m_waiting[key];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1)
        return;
    m_source(auth, [this, alive = std::weak_ptr<char>(m_alive), key,
                    generation = m_generation](Result<Secret> result) {
        if (!alive.expired())
            arrived(key, generation, result);
    });
}

void Credentials::forget() {
    m_known.clear();
    ++m_generation;
}

void Credentials::arrived(const Key &key, int generation, const Result<Secret> &result) {
    if (result && generation == m_generation)
        m_known.insert_or_assign(key, *result);
    const auto waiting = std::exchange(m_waiting[key], {});
    m_waiting.erase(key);
    for (const Done &done : waiting)
        done(result);
}

} // namespace quaygate
