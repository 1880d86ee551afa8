#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace quaygate {

/// The secrets that one worker has been given, asked for on first use and kept until forgotten.
/// Failures are not kept: the next request asks again, for the person may have mended the keychain
/// meanwhile. Lives on the worker's thread.
class Credentials {
public:
    using Done = std::function<void(const Result<Secret> &)>;
    /// Asks for a secret elsewhere; the answer comes on the worker's thread, or never if the worker
    /// ends.
    using Source = std::function<void(const Auth &, std::function<void(Result<Secret>)>)>;

    explicit Credentials(Source source) : m_source(std::move(source)) {}

    /// `done` is called at once if the secret is known or none is needed, else when it has come;
    /// requests that wait for the same secret wait for one answer.
    void obtain(const Auth &auth, Done done);

    void forget();

private:
    using Key = std::pair<Auth::Kind, QString>;

    void arrived(const Key &key, int generation, const Result<Secret> &result);

    Source m_source;
    std::map<Key, Secret> m_known;
    std::map<Key, std::vector<Done>> m_waiting;
    int m_generation = 0; ///< an answer asked for before `forget` is not kept
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace quaygate
