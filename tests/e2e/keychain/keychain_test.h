#pragma once

#include "app/keychain_secret_store.h"
#include "tests/secrets/answer.h"

#include <QProcess>

#include <gtest/gtest.h>

namespace quaygate::test {

/// A test of the real keychain. Refuses to run anywhere but inside with_keyring.sh, so that it
/// never touches the keyring of whoever runs it.
class KeychainTest : public ::testing::Test {
protected:
    explicit KeychainTest(const QList<QByteArray> &keyrings)
        : m_inPlace(keyrings.contains(qgetenv("QUAYGATE_KEYRING"))) {}

    void SetUp() override {
        ASSERT_TRUE(m_inPlace)
            << "run this through tests/support/with_keyring.sh, see CMakeLists.txt";
    }

    template<typename Store>
    static Result<Secret> read(Store &store, const QString &name) {
        Answer<Secret> answer;
        store.read(name, answer.callback());
        return answer.get();
    }
    static Result<void> write(SecretStore &store, const QString &name, const char *value) {
        Answer<void> answer;
        store.write(name, secretOf(value), answer.callback());
        return answer.get();
    }
    static Result<void> remove(SecretStore &store, const QString &name) {
        Answer<void> answer;
        store.remove(name, answer.callback());
        return answer.get();
    }
    static Result<QStringList> names(SecretStore &store) {
        Answer<QStringList> answer;
        store.names(answer.callback());
        return answer.get();
    }

    struct Ran {
        int exitCode = -1;
        QByteArray output;
        QByteArray complaint;
    };

    /// Runs `secret_cli ARGUMENTS` with that on its standard input.
    static Ran runCli(const QStringList &arguments, const QByteArray &input = {}) {
        QProcess process;
        process.start(QStringLiteral(SECRET_CLI), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(20'000) || process.exitStatus() != QProcess::NormalExit)
            return {-1, {}, "did not end: " + process.errorString().toUtf8()};
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

private:
    bool m_inPlace;
};

} // namespace quaygate::test
