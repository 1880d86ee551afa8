#pragma once

#include "gateway/azure/token_identity.h"
#include "gateway/signin/secret_source.h"
#include "gateway/signin/token_fetcher.h"
#include "gateway/signin/token_times.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace quaygate {

/// A token that may be used.
struct TokenGrant {
    Secret token;
    /// Differs from that of every other token of this service; never 0.
    quint64 number = 0;
    /// Until then it may be used without asking the service again.
    WallTime askAgain;
};

/// The tokens of all backends, each fetched once for all who wait, renewed before it ends, and kept
/// in memory only. A token that is still good is used while its renewal fails. After a failure
/// nobody is asked for a moment, and who asks meanwhile gets the same error. Lives on the thread of
/// the secret stores.
class TokenService : public QObject {
public:
    using Done = std::function<void(const Result<TokenGrant> &)>;

    explicit TokenService(
        SecretSource secrets,
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment(),
        TokenClock clock = TokenClock::real(), QObject *parent = nullptr);
    ~TokenService() override;

    /// Before the first identity.
    void setNetwork(std::shared_ptr<const MachineNetwork> network) {
        m_fetcher.setNetwork(std::move(network));
    }

    /// The identities that backends have from now on: tokens of others are wiped, and those that
    /// are missing are fetched.
    void setIdentities(const QList<TokenIdentity> &identities);

    /// `rejected`: the number of a token that Azure says has expired. Another one is then got,
    /// unless it was fetched only just now: then the same is granted again. `done` may be called at
    /// once.
    void obtain(const TokenIdentity &identity, std::optional<quint64> rejected, Done done);

    /// A secret may have changed: forgets what failed, and renews what was got with a client
    /// secret; the old token is used until then.
    void secretsChanged();

    /// Renews what is due. Called by a timer of its own; for tests whose clock no timer follows.
    void renewDue();

private:
    struct Entry;
    using Entries = std::map<QByteArray, std::unique_ptr<Entry>>;

    Entry &entryOf(const TokenIdentity &identity);
    TokenGrant grantOf(const Entry &entry) const;
    void start(Entry &entry);
    void fetch(Entry &entry, const Result<Secret> &clientSecret);
    void ended(const QByteArray &key, quint64 run, FetchOutcome outcome);
    void keep(Entry &entry, const AccessToken &token);
    void noteFailure(Entry &entry, const FetchOutcome &outcome);
    void setTimer();

    SecretSource m_secrets;
    TokenClock m_clock;
    TokenFetcher m_fetcher;
    Entries m_entries;
    quint64 m_lastNumber = 0;
    quint64 m_lastRun = 0;
    QTimer m_timer;
};

} // namespace quaygate
