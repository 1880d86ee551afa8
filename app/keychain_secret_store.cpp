#include "app/keychain_secret_store.h"

#include "app/keychain_state.h"
#include "app/keychain_words.h"
#include "gateway/secrets/answer_later.h"

#include <QPointer>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// What became of a job.
struct Outcome {
    QKeychain::Error error = QKeychain::NoError;
    QString message;
    Secret secret; ///< of a read
    bool timedOut = false;
};

/// Runs one QtKeychain job and deletes itself after it. It has no owner: the backends hold a bare
/// pointer to a job that they work on, so a job must live until it has finished, however long after
/// the time limit and whoever has lost interest.
class RunningJob : public QObject {
public:
    using Finished = std::function<void(Outcome)>;

    /// `written` shares its bytes with the job, and is wiped once the job is gone.
    RunningJob(std::unique_ptr<QKeychain::Job> job, QByteArray written = {})
        : m_job(std::move(job)), m_written(std::move(written)) {
        m_job->setAutoDelete(false);
        m_job->setInsecureFallback(false);
    }

    void start(std::chrono::milliseconds timeLimit, Finished finished) {
        m_finished = std::move(finished);
        // Queued, so that the job is not deleted from within its own signal.
        connect(
            m_job.get(), &QKeychain::Job::finished, this, [this] { onFinished(); },
            Qt::QueuedConnection);
        QTimer::singleShot(timeLimit, this, [this] { onTimeLimit(); });
        m_job->start();
    }

    /// Nobody waits for the answer any more.
    void abandon() { m_finished = nullptr; }

private:
    void onFinished() {
        Outcome outcome{m_job->error(), m_job->errorString(), {}, false};
        QByteArray bytes;
        if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(m_job.get()))
            bytes = read->binaryData();
        // The job's copies share their bytes with ours; without it ours are the last and can be
        // wiped.
        m_job.reset();
        wipe(m_written);
        outcome.secret = Secret(std::move(bytes));
        deleteLater();
        answer(std::move(outcome));
    }

    void onTimeLimit() {
        Outcome outcome;
        outcome.timedOut = true;
        answer(std::move(outcome));
    }

    void answer(Outcome outcome) {
        if (const Finished finished = std::exchange(m_finished, nullptr))
            finished(std::move(outcome));
    }

    std::unique_ptr<QKeychain::Job> m_job;
    QByteArray m_written;
    Finished m_finished;
};

Error toError(const Outcome &outcome, KeychainState state) {
    switch (outcome.error) {
    case QKeychain::EntryNotFound:
        // To whoever reads, the entries of a locked keyring do not exist.
        if (state == KeychainState::Locked)
            return keychain_words::locked(outcome.message);
        return {ErrorCode::SecretNotFound, u"The keychain has no such entry."_s, outcome.message};
    case QKeychain::AccessDeniedByUser:
        return keychain_words::denied(outcome.message);
    case QKeychain::AccessDenied:
        return keychain_words::locked(outcome.message);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return keychain_words::missing(outcome.message);
    default:
        break;
    }
    switch (state) {
    case KeychainState::NoService:
        return keychain_words::missing(outcome.message);
    case KeychainState::NoCollection:
        return keychain_words::noCollection(outcome.message);
    case KeychainState::Locked:
        return keychain_words::locked(outcome.message);
    default:
        return keychain_words::failed(outcome.message);
    }
}

/// The entries of one service in the OS keychain.
class KeychainEntries : public QObject, public SecretEntries {
public:
    KeychainEntries(QString service, std::chrono::milliseconds timeLimit)
        : m_service(std::move(service)), m_timeLimit(timeLimit) {}

    ~KeychainEntries() override {
        if (m_running)
            m_running->abandon();
    }

    void read(const QString &account, SecretStore::ReadDone done) override {
        run(make<QKeychain::ReadPasswordJob>(account), {}, std::move(done));
    }

    void write(const QString &account, const Secret &secret, SecretStore::Done done) override {
        auto job = make<QKeychain::WritePasswordJob>(account);
        QByteArray bytes = secret.reveal().toByteArray();
        job->setBinaryData(bytes);
        run(std::move(job), std::move(bytes), withoutSecret(std::move(done)));
    }

    void remove(const QString &account, SecretStore::Done done) override {
#if defined(Q_OS_MACOS) || defined(Q_OS_WIN)
        run(make<QKeychain::DeletePasswordJob>(account), {}, withoutSecret(std::move(done)));
#else
        // The Secret Service says "done" to deleting what does not exist or is locked; reading
        // tells.
        read(account, [this, account, done = std::move(done)](Result<Secret> existing) {
            if (!existing.ok())
                return done(existing.error());
            run(make<QKeychain::DeletePasswordJob>(account), {}, withoutSecret(done));
        });
#endif
    }

private:
    template<typename Job>
    std::unique_ptr<Job> make(const QString &account) const {
        auto job = std::make_unique<Job>(m_service);
#ifdef Q_OS_WIN
        // Credential Manager has one flat name for everything, and QtKeychain leaves the service
        // out of it.
        job->setKey(m_service + u'/' + account);
#else
        job->setKey(account);
#endif
        return job;
    }

    static SecretStore::ReadDone withoutSecret(SecretStore::Done done) {
        return [done = std::move(done)](Result<Secret> result) {
            done(result.ok() ? Result<void>() : Result<void>(result.error()));
        };
    }

    void run(std::unique_ptr<QKeychain::Job> job, QByteArray written, SecretStore::ReadDone done) {
        // QtKeychain does one job after the other, so behind one that hangs the next would hang
        // too.
        if (m_running) {
            wipeAfter(std::move(job), std::move(written));
            return answerLater(this, std::move(done),
                               Result<Secret>(keychain_words::stillWaiting()));
        }
        m_running = new RunningJob(std::move(job), std::move(written));
        m_running->start(m_timeLimit, [this, done = std::move(done)](Outcome outcome) {
            onOutcome(std::move(outcome), done);
        });
    }

    static void wipeAfter(std::unique_ptr<QKeychain::Job> job, QByteArray written) {
        job.reset();
        wipe(written);
    }

    void onOutcome(Outcome outcome, const SecretStore::ReadDone &done) {
        if (outcome.timedOut)
            return done(keychain_words::noAnswer()); // and m_running stays until it does answer
        m_running = nullptr;
        if (outcome.error == QKeychain::NoError)
            return done(std::move(outcome.secret));
        findKeychainState(this,
                          [outcome, done](KeychainState state) { done(toError(outcome, state)); });
    }

    QString m_service;
    std::chrono::milliseconds m_timeLimit;
    QPointer<RunningJob> m_running;
};

} // namespace

KeychainSecretStore::KeychainSecretStore(const QString &service,
                                         std::chrono::milliseconds timeLimit, QObject *parent)
    : IndexedSecretStore(std::make_unique<KeychainEntries>(service, timeLimit), parent) {
}

} // namespace quaygate
