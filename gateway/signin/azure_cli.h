#pragma once

#include "gateway/signin/token_fetcher.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace quaygate {

/// Where `az` is on that PATH, and where installers put it that do not change the PATH of the
/// desktop; empty if nowhere.
QString findAzureCli(const QProcessEnvironment &environment);

/// One run of `az account get-access-token`: without a shell, without input, with bounded output
/// and time. Destroying it kills the program and all that it started.
class AzureCliFetch : public QObject, public TokenFetch {
public:
    AzureCliFetch(TokenIdentity identity, const QProcessEnvironment &environment,
                  std::chrono::milliseconds patience, Done done);
    ~AzureCliFetch() override;

private:
    void readOutput();
    void readErrors();
    void ended(int exitCode, QProcess::ExitStatus status);
    void give(Result<AccessToken> token);
    void kill();

    TokenIdentity m_identity;
    Done m_done;
    QProcess m_process;
    QTimer m_patience;
    QByteArray m_output;
    QByteArray m_errors;
    bool m_isTooMuch = false;
};

} // namespace quaygate
