#pragma once

#include "gateway/azure/error_reading.h"
#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace quaygate {

/// What a test request found out.
struct ConnectionReport {
    bool works = false;
    /// One or two sentences: what happened and what to do.
    QString text;
    /// What a service or library said itself, in a line; may be empty.
    QString detail;
    /// The URL that was called.
    QString url;
    /// The HTTP status; 0 if no answer came.
    int status = 0;
    Outcome outcome = Outcome::Works;
    std::chrono::milliseconds elapsed{0};
};

/// Sends one real request for a token or a few to a backend, past the gateway, and explains the
/// outcome: a chat completion, or what its deployment answers instead.
/// Lives on the GUI thread and works on a thread of its own. A second `run` cancels the first.
class ConnectionTest : public QObject {
    Q_OBJECT

public:
    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// The backend need not be saved; `key` is its key or client secret, and may be empty for
    /// backends without one. A token is always a new one, so that what is wrong with the sign-in is
    /// seen.
    void run(const Backend &backend, const Secret &key);
    void cancel();
    bool isRunning() const;

signals:
    void finished(const quaygate::ConnectionReport &report);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
