#pragma once

#include "gateway/secrets/indexed_secret_store.h"

#include <chrono>

namespace quaygate {

/// The OS keychain as a SecretStore: Secret Service or KWallet on Linux, Keychain on macOS,
/// Credential Manager on Windows. Only for the main thread, because QtKeychain runs the jobs of all
/// threads through one unguarded queue. There is no fallback: without a keychain every call fails
/// and says what is missing.
class KeychainSecretStore : public IndexedSecretStore {
    Q_OBJECT

public:
    /// The time in which the keychain must answer: a person may be typing a password.
    static constexpr std::chrono::milliseconds defaultTimeLimit = std::chrono::seconds(60);

    /// `service` is what the entries are filed under.
    explicit KeychainSecretStore(const QString &service = QStringLiteral("quaygate"),
                                 std::chrono::milliseconds timeLimit = defaultTimeLimit,
                                 QObject *parent = nullptr);
};

} // namespace quaygate
