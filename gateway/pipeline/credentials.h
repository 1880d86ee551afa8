#pragma once

#include "gateway/azure/token_answer.h"
#include "gateway/config/config.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace quaygate {

/// What signs a request.
struct Credential {
    QByteArray header;  ///< empty: nothing is sent
    Secret value;       ///< of that header, whole
    quint64 number = 0; ///< of a token, which another may replace; 0: a key
};

/// The keys and tokens that one worker has been given, asked for on first use and kept until
/// forgotten; tokens at most until the source wants to be asked again. Failures are not kept: the
/// next request asks again, for the person may have mended the keychain meanwhile. Lives on the
/// worker's thread.
class Credentials {
public:
    using Done = std::function<void(const Result<Credential> &)>;

    /// What the source gives: a key, or a token with its number.
    struct Grant {
        Secret secret;
        quint64 number = 0;
        WallTime askAgain = WallTime::max();
    };
    using Granted = std::function<void(Result<Grant>)>;
    /// Asks for a key or token elsewhere; `rejected` is the number of a token that is to be
    /// replaced. The answer comes on the worker's thread, or never if the worker ends.
    using Source =
        std::function<void(const Backend &, std::optional<quint64> rejected, Granted granted)>;

    explicit Credentials(
        Source source,
        std::function<WallTime()> now = [] { return std::chrono::system_clock::now(); });

    /// The credential if it is known or none is needed, so that most requests need no `obtain`;
    /// null: ask for it. Valid until the next call.
    const Credential *known(const Backend &backend) const;
    /// `done` is called at once if the credential is known or none is needed, else when it has
    /// come; requests that wait for the same one wait for one answer.
    void obtain(const Backend &backend, Done done);

    /// After Azure refused the token of that number: another one if there is one, else the same.
    void replace(const Backend &backend, quint64 rejected, Done done);

    void forget();
    /// A backend may have gone or point elsewhere: keys are kept, for they have names of their own.
    void forgetTokens();

private:
    using Key = std::pair<Auth::Kind, QStringList>;
    struct Known {
        Credential credential;
        WallTime askAgain;
    };

    static Key keyOf(const Backend &backend);
    void ask(const Key &key, const Backend &backend, std::optional<quint64> rejected, Done done);
    void arrived(const Key &key, const Auth &auth, int generation, const Result<Grant> &grant);

    Source m_source;
    std::function<WallTime()> m_now;
    std::map<Key, Known> m_known;
    std::map<Key, std::vector<Done>> m_waiting;
    int m_generation = 0; ///< an answer asked for before `forget` is not kept
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace quaygate
