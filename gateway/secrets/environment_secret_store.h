#pragma once

#include "gateway/secrets/secret_store.h"

#include <QObject>

namespace quaygate {

/// The process's environment as a store: read only. An absent or empty variable is VariableNotSet.
class EnvironmentSecretStore : public QObject, public SecretStore {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const Secret &secret, Done done) override;
    void remove(const QString &name, Done done) override;
    void names(NamesDone done) override;
};

} // namespace quaygate
