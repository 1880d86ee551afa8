#include "gateway/signin/token_service.h"

#include <QPointer>

#include <algorithm>
#include <limits>
#include <set>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A token of this age that is refused is refused for another reason than its age.
constexpr auto youngestRenewed = 30s;
/// While a renewal is under way or fails, those who keep a token ask this often.
constexpr auto askAgainWhileDue = 5s;

Auth authOf(const SecretReference &secret) {
    Auth auth;
    auth.kind = secret.kind == SecretReference::Kind::Environment ? Auth::Kind::Environment
                                                                  : Auth::Kind::Keychain;
    auth.name = secret.name;
    return auth;
}

bool isAboutASecret(ErrorCode code) {
    return code == ErrorCode::SecretNotFound || code == ErrorCode::SecretStoreLocked ||
           code == ErrorCode::SecretStoreMissing || code == ErrorCode::VariableNotSet;
}

} // namespace

struct TokenService::Entry {
    TokenIdentity identity;
    QByteArray key;
    std::optional<AccessToken> token;
    quint64 number = 0;
    WallTime fetched;
    WallTime renewal;  ///< when to fetch the next one
    WallTime notUntil; ///< after a failure: nobody is asked before, except by a renewal
    int failures = 0;
    Error lastError;
    quint64 run = 0; ///< of the fetch under way, its secret included; 0: none
    std::unique_ptr<TokenFetch> fetch;
    std::vector<Done> waiting;

    bool isFetching() const { return run != 0; }
    bool isUsable(WallTime now) const { return token && now < usableUntil(*token, fetched); }
};

TokenService::TokenService(SecretSource secrets, QProcessEnvironment environment, TokenClock clock,
                           QObject *parent)
    : QObject(parent)
    , m_secrets(std::move(secrets))
    , m_clock(std::move(clock))
    , m_fetcher(std::move(environment), m_clock.now) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TokenService::renewDue);
}

TokenService::~TokenService() = default;

void TokenService::setIdentities(const QList<TokenIdentity> &identities) {
    std::set<QByteArray> wanted;
    for (const TokenIdentity &identity : identities)
        wanted.insert(identity.key());
    std::vector<Done> abandoned;
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        if (wanted.contains(it->first)) {
            ++it;
            continue;
        }
        std::move(it->second->waiting.begin(), it->second->waiting.end(),
                  std::back_inserter(abandoned));
        it = m_entries.erase(it);
    }
    for (const TokenIdentity &identity : identities) {
        Entry &entry = entryOf(identity);
        if (!entry.token && !entry.isFetching() && entry.failures == 0)
            start(entry);
    }
    setTimer();
    for (const Done &done : abandoned)
        done(Error{ErrorCode::SignInFailed,
                   QStringLiteral("The backend was changed while its token was being fetched; "
                                  "send the request again."),
                   {}});
}

TokenService::Entry &TokenService::entryOf(const TokenIdentity &identity) {
    QByteArray key = identity.key();
    std::unique_ptr<Entry> &entry = m_entries[key];
    if (!entry) {
        entry = std::make_unique<Entry>();
        entry->identity = identity;
        entry->key = std::move(key);
    }
    return *entry;
}

TokenGrant TokenService::grantOf(const Entry &entry) const {
    const WallTime now = m_clock.now();
    const bool isDue = entry.isFetching() || now >= entry.renewal;
    const WallTime next = isDue ? WallTime(now + askAgainWhileDue) : entry.renewal;
    return {entry.token->token, entry.number,
            std::min(next, usableUntil(*entry.token, entry.fetched))};
}

void TokenService::obtain(const TokenIdentity &identity, std::optional<quint64> rejected,
                          Done done) {
    Entry &entry = entryOf(identity);
    const WallTime now = m_clock.now();
    const bool isRejected =
        rejected == entry.number && entry.token && now - entry.fetched >= youngestRenewed;
    if (entry.isUsable(now) && !isRejected) {
        if (now >= entry.renewal && !entry.isFetching())
            start(entry);
        return done(grantOf(entry));
    }
    if (entry.isFetching()) {
        entry.waiting.push_back(std::move(done));
        return;
    }
    if (now < entry.notUntil)
        return done(entry.lastError);
    entry.waiting.push_back(std::move(done));
    start(entry);
}

void TokenService::secretsChanged() {
    for (auto &[key, entry] : m_entries) {
        entry->failures = 0;
        entry->notUntil = {};
        if (entry->identity.kind == Auth::Kind::EntraClientSecret && entry->token &&
            !entry->isFetching())
            start(*entry);
    }
}

void TokenService::renewDue() {
    const WallTime now = m_clock.now();
    for (auto &[key, entry] : m_entries) {
        if (entry->isUsable(now) && now >= entry->renewal && !entry->isFetching())
            start(*entry);
    }
    setTimer();
}

void TokenService::start(Entry &entry) {
    entry.run = ++m_lastRun;
    if (entry.identity.kind != Auth::Kind::EntraClientSecret)
        return fetch(entry, Secret());
    m_secrets(authOf(entry.identity.secret),
              [guard = QPointer(this), key = entry.key, run = entry.run](Result<Secret> secret) {
                  if (!guard)
                      return;
                  const auto found = guard->m_entries.find(key);
                  if (found != guard->m_entries.end() && found->second->run == run)
                      guard->fetch(*found->second, secret);
              });
}

void TokenService::fetch(Entry &entry, const Result<Secret> &clientSecret) {
    if (!clientSecret)
        return ended(entry.key, entry.run, {clientSecret.error()});
    entry.fetch = m_fetcher.fetch(entry.identity, *clientSecret,
                                  [this, key = entry.key, run = entry.run](FetchOutcome outcome) {
                                      ended(key, run, std::move(outcome));
                                  });
}

void TokenService::ended(const QByteArray &key, quint64 run, FetchOutcome outcome) {
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || found->second->run != run)
        return;
    Entry &entry = *found->second;
    const auto fetch = std::move(entry.fetch); // it is calling: it goes when this returns
    entry.run = 0;
    if (outcome.token)
        keep(entry, *outcome.token);
    else
        noteFailure(entry, outcome);
    setTimer();
    const Result<TokenGrant> answer = outcome.token ? Result<TokenGrant>(grantOf(entry))
                                                    : Result<TokenGrant>(outcome.token.error());
    const auto waiting = std::exchange(entry.waiting, {});
    for (const Done &done : waiting)
        done(answer);
}

void TokenService::keep(Entry &entry, const AccessToken &token) {
    entry.token = token;
    entry.number = ++m_lastNumber;
    entry.fetched = m_clock.now();
    entry.renewal = renewalTime(token, entry.fetched, m_clock.random());
    entry.failures = 0;
    entry.notUntil = {};
}

void TokenService::noteFailure(Entry &entry, const FetchOutcome &outcome) {
    const WallTime now = m_clock.now();
    ++entry.failures;
    entry.lastError = outcome.token.error();
    entry.renewal =
        std::max(entry.renewal,
                 WallTime(now + pauseOfRenewal(entry.failures, outcome.wait, m_clock.random())));
    // Where no secret was found, no service was asked, and the person may mend it any moment.
    entry.notUntil = isAboutASecret(entry.lastError.code)
                         ? now
                         : now + pauseAfterFailure(entry.failures, outcome.wait, m_clock.random());
}

void TokenService::setTimer() {
    const WallTime now = m_clock.now();
    std::optional<WallTime> next;
    for (const auto &[key, entry] : m_entries) {
        // What nobody has used till its end is not renewed: the next request fetches it.
        if (entry->isUsable(now) && !entry->isFetching())
            next = next ? std::min(*next, entry->renewal) : entry->renewal;
    }
    if (!next)
        return m_timer.stop();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - now);
    m_timer.start(std::clamp<std::chrono::milliseconds>(
        left, 0ms, std::chrono::milliseconds(std::numeric_limits<int>::max())));
}

} // namespace quaygate
