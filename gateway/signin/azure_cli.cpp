#include "gateway/signin/azure_cli.h"

#include "gateway/azure/explain_sign_in.h"
#include "gateway/azure/token_call.h"

#include <QDir>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype maxOutput = 64 * 1024;
constexpr qsizetype maxErrors = 16 * 1024;

#ifdef Q_OS_WIN
constexpr QLatin1StringView program{"az.cmd"};
#else
constexpr QLatin1StringView program{"az"};
#endif

/// A program that is started from the desktop of macOS has a PATH without these.
QStringList usualFolders() {
#ifdef Q_OS_MACOS
    return {u"/opt/homebrew/bin"_s, u"/usr/local/bin"_s};
#else
    return {};
#endif
}

QProcessEnvironment quiet(QProcessEnvironment environment) {
    environment.insert(u"AZURE_CORE_NO_COLOR"_s, u"true"_s);
    environment.insert(u"AZURE_CORE_ONLY_SHOW_ERRORS"_s, u"true"_s);
    return environment;
}

} // namespace

QString findAzureCli(const QProcessEnvironment &environment) {
    QStringList folders;
    for (const QString &folder : environment.value(u"PATH"_s).split(QDir::listSeparator())) {
        if (QDir::isAbsolutePath(folder)) // a program of the working directory is nobody's az
            folders.append(folder);
    }
    folders += usualFolders();
    // Without folders it would look in the PATH of this program.
    return folders.isEmpty() ? QString() : QStandardPaths::findExecutable(program, folders);
}

AzureCliFetch::AzureCliFetch(TokenIdentity identity, const QProcessEnvironment &environment,
                             std::chrono::milliseconds patience, Done done)
    : m_identity(std::move(identity)), m_done(std::move(done)) {
    const QString path = findAzureCli(environment);
    if (path.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [this] { give(azureCliMissing()); }, Qt::QueuedConnection);
        return;
    }
    m_output.reserve(maxOutput); // a growing array would leave pieces of the token behind
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &AzureCliFetch::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &AzureCliFetch::readErrors);
    // In turns of their own: what is called in the end may destroy this, which no process outlives.
    connect(&m_process, &QProcess::finished, this, &AzureCliFetch::ended, Qt::QueuedConnection);
    connect(
        &m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                give(azureCliBroken(m_process.errorString()));
        },
        Qt::QueuedConnection);
    m_patience.setSingleShot(true);
    connect(
        &m_patience, &QTimer::timeout, this,
        [this, patience] {
            kill();
            give(azureCliHangs(int(std::chrono::ceil<std::chrono::seconds>(patience).count())));
        },
        Qt::QueuedConnection);
    m_process.setProcessEnvironment(quiet(environment));
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    // `az` is a script around the program: both must end together.
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
#endif
    m_patience.start(patience);
    m_process.start(path, azureCliArguments(m_identity), QIODevice::ReadOnly);
}

AzureCliFetch::~AzureCliFetch() {
    m_process.disconnect(this);
    kill();
    m_process.waitForFinished(); // it was killed
    wipe(m_output);
}

void AzureCliFetch::readOutput() {
    QByteArray bytes = m_process.readAllStandardOutput();
    const qsizetype room = maxOutput - m_output.size();
    m_output.append(QByteArrayView(bytes).first(std::min(room, bytes.size())));
    const bool tooMuch = bytes.size() > room;
    wipe(bytes);
    if (!tooMuch || std::exchange(m_isTooMuch, true))
        return;
    kill(); // and `ended` will find no token in what there is
}

void AzureCliFetch::readErrors() {
    const QByteArray bytes = m_process.readAllStandardError();
    m_errors.append(
        QByteArrayView(bytes).first(std::min(maxErrors - m_errors.size(), bytes.size())));
}

void AzureCliFetch::ended(int exitCode, QProcess::ExitStatus status) {
    readOutput();
    readErrors();
    if (m_isTooMuch)
        return give(readAzureCliAnswer({}));
    if (status == QProcess::CrashExit)
        return give(azureCliBroken(m_process.errorString()));
    if (exitCode != 0)
        return give(explainAzureCliError(m_identity, exitCode, m_errors));
    give(readAzureCliAnswer(m_output));
}

void AzureCliFetch::give(Result<AccessToken> token) {
    m_patience.stop();
    m_process.disconnect(this);
    // Nothing after this touches the object: the call may destroy it.
    const Done done = std::exchange(m_done, nullptr);
    if (done)
        done({std::move(token)});
}

void AzureCliFetch::kill() {
    if (m_process.state() == QProcess::NotRunning)
        return;
#ifdef Q_OS_UNIX
    if (m_process.processId() > 0)
        ::kill(pid_t(-m_process.processId()), SIGKILL);
#endif
    m_process.kill();
}

} // namespace quaygate
