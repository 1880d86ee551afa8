#include "gateway/secrets/session_secret_store.h"

#include "gateway/secrets/answer_later.h"
#include "gateway/secrets/secret_name.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Error notFound(const QString &name) {
    return {ErrorCode::SecretNotFound,
            u"No key named \"%1\" is kept for this session; enter it in Backends."_s.arg(name),
            {}};
}

} // namespace

void SessionSecretStore::read(const QString &name, ReadDone done) {
    const auto found = m_secrets.find(name);
    Result<Secret> result =
        found != m_secrets.end() ? Result<Secret>(found->second) : Result<Secret>(notFound(name));
    answerLater(this, std::move(done), std::move(result));
}

void SessionSecretStore::write(const QString &name, const Secret &secret, Done done) {
    Result<void> valid = checkSecretName(name);
    if (valid.ok())
        valid = checkNotEmpty(secret);
    if (valid.ok())
        m_secrets.insert_or_assign(name, secret);
    answerLater(this, std::move(done), valid);
}

void SessionSecretStore::remove(const QString &name, Done done) {
    const bool removed = m_secrets.erase(name) > 0;
    answerLater(this, std::move(done), removed ? Result<void>() : Result<void>(notFound(name)));
}

void SessionSecretStore::names(NamesDone done) {
    QStringList names;
    for (const auto &[name, secret] : m_secrets)
        names.append(name);
    answerLater(this, std::move(done), Result<QStringList>(names));
}

} // namespace quaygate
