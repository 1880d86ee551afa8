#include "gateway/secrets/indexed_secret_store.h"

#include "gateway/secrets/answer_later.h"
#include "gateway/secrets/secret_index.h"
#include "gateway/secrets/secret_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Result<void> checkName(const QString &name) {
    if (name == secret_index::account())
        return Error{ErrorCode::ConfigInvalid,
                     u"The name \"%1\" is Quaygate's own; choose another."_s.arg(name),
                     {}};
    return checkSecretName(name);
}

/// The keychain knows accounts; the person knows the name of a key and where to enter it.
Error inWords(const QString &name, const Error &error) {
    if (error.code != ErrorCode::SecretNotFound)
        return error;
    return {
        ErrorCode::SecretNotFound,
        u"No key named \"%1\" is in the keychain; add it in Backends or with: quaygate secret set "
        "\"%1\""_s.arg(name),
        error.detail};
}

/// The names to change the list from. A damaged list names nothing any more, so it is as good as
/// none.
Result<QStringList> knownNames(const Result<Secret> &entry) {
    if (entry.ok()) {
        Result<QStringList> names = secret_index::parse(*entry);
        return names.ok() ? std::move(names) : QStringList();
    }
    if (entry.error().code == ErrorCode::SecretNotFound)
        return QStringList();
    return entry.error();
}

Error listNotUpdated(const QString &what, const Error &error) {
    return {error.code, what + error.message, error.detail};
}

} // namespace

IndexedSecretStore::IndexedSecretStore(std::unique_ptr<SecretEntries> entries, QObject *parent)
    : QObject(parent), m_entries(std::move(entries)) {
}

IndexedSecretStore::~IndexedSecretStore() = default;

void IndexedSecretStore::read(const QString &name, ReadDone done) {
    if (const auto valid = checkName(name); !valid.ok())
        return answerLater(this, std::move(done), Result<Secret>(valid.error()));

    Operation *before = lastOperationOn(name);
    if (const auto cached = m_cache.find(name); !before && cached != m_cache.end())
        return answerLater(this, std::move(done), Result<Secret>(cached->second));
    if (before && before->kind == Kind::Read)
        return before->readers.push_back(std::move(done));

    Operation operation{Kind::Read, name, {}, {}, {}, {}};
    operation.readers.push_back(std::move(done));
    enqueue(std::move(operation));
}

void IndexedSecretStore::write(const QString &name, const Secret &secret, Done done) {
    if (const auto valid = checkName(name); !valid.ok())
        return answerLater(this, std::move(done), valid);
    if (const auto valid = checkNotEmpty(secret); !valid.ok())
        return answerLater(this, std::move(done), valid);
    enqueue({Kind::Write, name, secret, {}, std::move(done), {}});
}

void IndexedSecretStore::remove(const QString &name, Done done) {
    if (const auto valid = checkName(name); !valid.ok())
        return answerLater(this, std::move(done), valid);
    enqueue({Kind::Remove, name, {}, {}, std::move(done), {}});
}

void IndexedSecretStore::names(NamesDone done) {
    enqueue({Kind::Names, {}, {}, {}, {}, std::move(done)});
}

void IndexedSecretStore::forget() {
    m_cache.clear();
    ++m_forgets;
}

IndexedSecretStore::Operation *IndexedSecretStore::lastOperationOn(const QString &name) {
    const auto found = std::find_if(m_operations.rbegin(), m_operations.rend(), [&](const auto &o) {
        return o.kind != Kind::Names && o.name == name;
    });
    return found == m_operations.rend() ? nullptr : &*found;
}

void IndexedSecretStore::enqueue(Operation operation) {
    m_operations.push_back(std::move(operation));
    if (m_operations.size() == 1)
        startNext();
}

void IndexedSecretStore::startNext() {
    switch (m_operations.front().kind) {
    case Kind::Read:
        return startRead();
    case Kind::Write:
        return startWrite();
    case Kind::Remove:
        return startRemove();
    case Kind::Names:
        return startNames();
    }
}

void IndexedSecretStore::finished() {
    m_operations.pop_front();
    if (!m_operations.empty())
        startNext();
}

void IndexedSecretStore::startRead() {
    m_entries->read(m_operations.front().name, [this, forgets = m_forgets](Result<Secret> result) {
        Operation &operation = m_operations.front();
        if (!result.ok())
            result = inWords(operation.name, result.error());
        else if (forgets == m_forgets)
            m_cache.insert_or_assign(operation.name, *result);
        for (ReadDone &done : operation.readers)
            answerLater(this, std::move(done), result);
        finished();
    });
}

void IndexedSecretStore::startWrite() {
    const Operation &operation = m_operations.front();
    m_cache.erase(operation.name);
    m_entries->write(operation.name, operation.secret, [this](Result<void> result) {
        if (!result.ok())
            return finishChange(result);
        const Operation &written = m_operations.front();
        m_cache.insert_or_assign(written.name, written.secret);
        addToIndex(written.name);
    });
}

void IndexedSecretStore::startRemove() {
    const QString name = m_operations.front().name;
    m_cache.erase(name);
    m_entries->remove(name, [this, name](Result<void> result) {
        // A secret deleted elsewhere is still to go from the list.
        if (result.ok() || result.error().code == ErrorCode::SecretNotFound)
            removeFromIndex(name, result);
        else
            finishChange(result);
    });
}

void IndexedSecretStore::finishChange(Result<void> result) {
    answerLater(this, std::move(m_operations.front().done), std::move(result));
    finished();
}

void IndexedSecretStore::startNames() {
    m_entries->read(secret_index::account(), [this](Result<Secret> entry) {
        Result<QStringList> names = entry.ok() ? secret_index::parse(*entry) : knownNames(entry);
        answerLater(this, std::move(m_operations.front().namesDone), std::move(names));
        finished();
    });
}

void IndexedSecretStore::addToIndex(const QString &name) {
    m_entries->read(secret_index::account(), [this, name](Result<Secret> entry) {
        const QString saved = u"The key \"%1\" is saved, but not listed: "_s.arg(name);
        const Result<QStringList> names = knownNames(entry);
        if (!names.ok())
            return finishChange(listNotUpdated(saved, names.error()));
        if (names->contains(name))
            return finishChange({});
        writeIndex(*names + QStringList(name), saved);
    });
}

void IndexedSecretStore::removeFromIndex(const QString &name, Result<void> removed) {
    m_entries->read(secret_index::account(), [this, name, removed](Result<Secret> entry) {
        const QString gone = u"The key \"%1\" is removed, but still listed: "_s.arg(name);
        const Result<QStringList> names = knownNames(entry);
        if (!names.ok())
            return finishChange(listNotUpdated(gone, names.error()));
        if (!names->contains(name))
            return finishChange(removed.ok() ? removed : inWords(name, removed.error()));
        QStringList rest = *names;
        rest.removeAll(name);
        writeIndex(rest, gone);
    });
}

void IndexedSecretStore::writeIndex(const QStringList &names, const QString &doneSoFar) {
    m_entries->write(secret_index::account(), secret_index::format(names),
                     [this, doneSoFar](Result<void> result) {
                         finishChange(result.ok() ? result
                                                  : listNotUpdated(doneSoFar, result.error()));
                     });
}

} // namespace quaygate
