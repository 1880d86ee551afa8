#pragma once

#include "gateway/secrets/secret_store.h"

#include <QObject>

#include <map>

namespace quaygate {

/// Secrets in memory only, gone with the program: for machines without a keychain, chosen by name.
class SessionSecretStore : public QObject, public SecretStore {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const Secret &secret, Done done) override;
    void remove(const QString &name, Done done) override;
    void names(NamesDone done) override;

private:
    std::map<QString, Secret> m_secrets;
};

} // namespace quaygate
