#include "app/termination_signal.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <QSocketNotifier>

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#endif

#include <atomic>

using namespace Qt::StringLiterals;

namespace quaygate {

#ifdef Q_OS_WIN

namespace {

// Windows calls the handler on a thread of its own, so the object is reached through the event
// loop.
std::atomic<TerminationSignal *> listener{nullptr};

BOOL WINAPI onConsoleEvent(DWORD) {
    TerminationSignal *const target = listener.load();
    if (!target)
        return FALSE;
    QMetaObject::invokeMethod(target, &TerminationSignal::received, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

class TerminationSignal::Private {
public:
    explicit Private(TerminationSignal *owner) {
        listener.store(owner);
        if (!SetConsoleCtrlHandler(onConsoleEvent, TRUE))
            problem = Error{ErrorCode::Internal, u"Ctrl+C cannot be watched for."_s,
                            QString::number(GetLastError())};
    }

    ~Private() {
        SetConsoleCtrlHandler(onConsoleEvent, FALSE);
        listener.store(nullptr);
    }

    std::optional<Error> problem;
};

#else

namespace {

constexpr std::array watchedSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler may do next to nothing; it writes a byte here and the event loop reads it.
std::atomic<int> writeEnd{-1};
static_assert(std::atomic<int>::is_always_lock_free, "the signal handler reads it");

void onSignal(int) {
    const int savedErrno = errno;
    const char byte = 1;
    // A full pipe means that a signal is already waiting to be read: nothing is lost.
    [[maybe_unused]] const ssize_t written = ::write(writeEnd.load(), &byte, 1);
    errno = savedErrno;
}

bool makeQuiet(int descriptor) {
    return ::fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 &&
           ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

} // namespace

class TerminationSignal::Private {
public:
    explicit Private(TerminationSignal *owner) {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends.data()) != 0 || !makeQuiet(m_ends[0]) ||
            !makeQuiet(m_ends[1])) {
            fail();
            return;
        }
        m_notifier = std::make_unique<QSocketNotifier>(m_ends[0], QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, owner, [this, owner] {
            char bytes[16];
            if (::read(m_ends[0], bytes, sizeof bytes) > 0)
                emit owner->received();
        });
        writeEnd.store(m_ends[1]);
        for (std::size_t i = 0; i < watchedSignals.size(); ++i)
            install(watchedSignals[i], m_before[i]);
    }

    ~Private() {
        for (std::size_t i = 0; i < watchedSignals.size(); ++i) {
            if (m_installed[i])
                ::sigaction(watchedSignals[i], &m_before[i], nullptr);
        }
        writeEnd.store(-1);
        m_notifier.reset();
        for (const int end : m_ends) {
            if (end >= 0)
                ::close(end);
        }
    }

    std::optional<Error> problem;

private:
    void install(int number, struct sigaction &before) {
        if (::sigaction(number, nullptr, &before) != 0)
            return fail();
        if (before.sa_handler == SIG_IGN)
            return;
        struct sigaction action {};
        action.sa_handler = onSignal;
        action.sa_flags = SA_RESTART;
        ::sigemptyset(&action.sa_mask);
        if (::sigaction(number, &action, nullptr) != 0)
            return fail();
        m_installed[static_cast<std::size_t>(&before - m_before.data())] = true;
    }

    void fail() {
        problem = Error{ErrorCode::Internal,
                        u"Signals cannot be watched for; end the program with SIGKILL."_s,
                        QString::fromLocal8Bit(std::strerror(errno))};
    }

    std::array<int, 2> m_ends{-1, -1};
    std::array<struct sigaction, watchedSignals.size()> m_before{};
    std::array<bool, watchedSignals.size()> m_installed{};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

#endif

TerminationSignal::TerminationSignal(QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this)) {
}

TerminationSignal::~TerminationSignal() = default;

Result<void> TerminationSignal::state() const {
    if (d->problem)
        return *d->problem;
    return {};
}

} // namespace quaygate
