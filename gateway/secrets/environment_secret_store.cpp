#include "gateway/secrets/environment_secret_store.h"

#include "gateway/secrets/answer_later.h"

#include <QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Result<Secret> readVariable(const QString &name) {
    // No variable has such a name, and the C library takes what precedes the NUL for the name.
    const bool possible = !name.isEmpty() && !name.contains(u'=') && !name.contains(QChar(0));
    if (possible) {
        Secret secret(qgetenv(name.toLocal8Bit().constData()));
        if (!secret.isEmpty())
            return secret;
    }
    return Error{
        ErrorCode::VariableNotSet,
        u"The environment variable \"%1\" is not set or is empty; set it where Quaygate is "
        "started, then start Quaygate again."_s.arg(name),
        {}};
}

Error readOnly(const QString &name) {
    return {
        ErrorCode::Internal,
        u"Quaygate does not change environment variables; set or unset \"%1\" where Quaygate is "
        "started."_s.arg(name),
        {}};
}

} // namespace

void EnvironmentSecretStore::read(const QString &name, ReadDone done) {
    answerLater(this, std::move(done), readVariable(name));
}

void EnvironmentSecretStore::write(const QString &name, const Secret &, Done done) {
    answerLater(this, std::move(done), Result<void>(readOnly(name)));
}

void EnvironmentSecretStore::remove(const QString &name, Done done) {
    answerLater(this, std::move(done), Result<void>(readOnly(name)));
}

void EnvironmentSecretStore::names(NamesDone done) {
    QStringList names = QProcessEnvironment::systemEnvironment().keys();
    names.sort();
    answerLater(this, std::move(done), Result<QStringList>(names));
}

} // namespace quaygate
