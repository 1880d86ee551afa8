#include "ui/backends/backend_saving.h"

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/backends/backend_edits.h"

namespace quaygate {

namespace {

void saveConfig(const Services &services, const BackendChange &change, SecretStore::Done done) {
    Config config = withBackend(*services.config.snapshot(), change.oldName, change.backend);
    if (change.newRoute)
        config.routes.append(*change.newRoute);
    services.config.save(config, [&gateway = services.gateway, hasKey = !change.key.isEmpty(),
                                  done = std::move(done)](Result<void> saved) {
        if (hasKey)
            gateway.forgetSecrets();
        done(std::move(saved));
    });
}

} // namespace

bool isKeychainTrouble(const Error &error) {
    return error.code == ErrorCode::SecretStoreMissing ||
           error.code == ErrorCode::SecretStoreLocked;
}

void saveBackend(const Services &services, const BackendChange &change, SecretStore::Done done) {
    const std::optional<QString> secret = keychainSecret(change.backend.auth);
    if (change.key.isEmpty() || !secret) {
        saveConfig(services, change, std::move(done));
        return;
    }
    if (change.place == KeyPlace::Session) {
        services.session.write(*secret, change.key,
                               [services, change, done = std::move(done)](Result<void> written) {
                                   if (written)
                                       saveConfig(services, change, done);
                                   else
                                       done(std::move(written));
                               });
        return;
    }
    services.keychain.write(
        *secret, change.key,
        [services, change, secret, done = std::move(done)](Result<void> written) {
            if (!written) {
                done(std::move(written));
                return;
            }
            // A key kept for this session would hide the one just stored; that there was none is no
            // error.
            services.session.remove(*secret, [services, change, done](Result<void>) {
                saveConfig(services, change, done);
            });
        });
}

} // namespace quaygate
