#pragma once

#include "gateway/secrets/answer_later.h"
#include "gateway/secrets/secret_entries.h"

#include <QObject>

#include <map>
#include <optional>

namespace quaygate::test {

/// A keychain in memory that writes down what it is asked, and fails or stays silent when told to.
class FakeEntries : public QObject, public SecretEntries {
public:
    /// What happened, such as "read a"; lives longer than the entries.
    struct Log {
        std::map<QString, QByteArray> content;
        QStringList calls;
        std::map<QString, Error> failures; ///< by call
        bool silent = false;
    };

    explicit FakeEntries(std::shared_ptr<Log> log) : m_log(std::move(log)) {}

    void read(const QString &account, SecretStore::ReadDone done) override {
        const auto error = called(QStringLiteral("read ") + account);
        if (m_log->silent)
            return;
        const auto found = m_log->content.find(account);
        if (error)
            answerLater(this, std::move(done), Result<Secret>(*error));
        else if (found == m_log->content.end())
            answerLater(this, std::move(done), Result<Secret>(notFound()));
        else
            answerLater(this, std::move(done), Result<Secret>(Secret(QByteArray(found->second))));
    }

    void write(const QString &account, const Secret &secret, SecretStore::Done done) override {
        const auto error = called(QStringLiteral("write ") + account);
        if (m_log->silent)
            return;
        if (!error)
            m_log->content[account] = secret.reveal().toByteArray();
        answerLater(this, std::move(done), error ? Result<void>(*error) : Result<void>());
    }

    void remove(const QString &account, SecretStore::Done done) override {
        const auto error = called(QStringLiteral("remove ") + account);
        if (m_log->silent)
            return;
        const bool removed = !error && m_log->content.erase(account) > 0;
        answerLater(this, std::move(done),
                    removed ? Result<void>() : Result<void>(error.value_or(notFound())));
    }

private:
    static Error notFound() {
        return {ErrorCode::SecretNotFound, QStringLiteral("no such entry"), {}};
    }

    std::optional<Error> called(const QString &call) {
        m_log->calls.append(call);
        const auto failure = m_log->failures.find(call);
        return failure == m_log->failures.end() ? std::nullopt : std::optional(failure->second);
    }

    std::shared_ptr<Log> m_log;
};

} // namespace quaygate::test
