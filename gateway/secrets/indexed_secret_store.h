#pragma once

#include "gateway/secrets/secret_entries.h"

#include <QObject>

#include <deque>
#include <map>
#include <vector>

namespace quaygate {

/// A SecretStore on top of a keychain that cannot list and may ask the person at every access:
///
/// - A secret is read once a run, when it is first needed; later reads are answered from memory,
/// until the
///   secret is written or removed here or `forget` is called.
/// - The names are kept in an entry of their own (secret_index.h). It serves `names` alone: a
/// secret
///   is found without it, so a lost list loses no secret.
/// - What was asked for is done in order, one thing at a time, because a change of the list is a
/// read and a
///   write. Reads of one name that wait together are one read, so that a refusal asks the person
///   once.
class IndexedSecretStore : public QObject, public SecretStore {
    Q_OBJECT

public:
    explicit IndexedSecretStore(std::unique_ptr<SecretEntries> entries, QObject *parent = nullptr);
    ~IndexedSecretStore() override;

    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const Secret &secret, Done done) override;
    void remove(const QString &name, Done done) override;
    void names(NamesDone done) override;

    /// Drops what was read so far, so that secrets changed elsewhere are seen.
    void forget();

private:
    enum class Kind { Read, Write, Remove, Names };

    struct Operation {
        Kind kind;
        QString name;
        Secret secret;
        std::vector<ReadDone> readers; ///< of a Read
        Done done;                     ///< of a Write or Remove
        NamesDone namesDone;           ///< of a Names
    };

    Operation *lastOperationOn(const QString &name);
    void enqueue(Operation operation);
    void startNext();
    void finished();

    void startRead();
    void startWrite();
    void startRemove();
    void startNames();
    void finishChange(Result<void> result);

    void addToIndex(const QString &name);
    void removeFromIndex(const QString &name, Result<void> removed);
    void writeIndex(const QStringList &names, const QString &doneSoFar);

    std::deque<Operation> m_operations; ///< the first one is under way
    std::map<QString, Secret> m_cache;
    int m_forgets = 0; ///< a read that was under way when `forget` was called is not remembered
    // Last, so that it goes first: its callbacks use the rest.
    std::unique_ptr<SecretEntries> m_entries;
};

} // namespace quaygate
