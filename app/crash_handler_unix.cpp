#include "app/crash_handler.h"
#include "app/crash_reports.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSysInfo>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstring>
#include <ctime>
#include <string_view>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct FatalSignal {
    int number;
    std::string_view name;
};

constexpr std::array fatalSignals{
    FatalSignal{SIGSEGV, "SIGSEGV, memory that is not there"},
    FatalSignal{SIGBUS, "SIGBUS, memory that cannot be read"},
    FatalSignal{SIGFPE, "SIGFPE, a calculation without a result"},
    FatalSignal{SIGILL, "SIGILL, a forbidden instruction"},
    FatalSignal{SIGABRT, "SIGABRT, the program gave up"},
};

// All that the handler needs, made ready while memory can still be had and locks be taken.
std::array<char, PATH_MAX> reportPath{};
std::array<char, 1024> reportHead{};
std::array<char, 64 * 1024> handlerStack{}; // the thread's own may be what overflowed

/// Writes with nothing but what a signal handler may call (signal-safety(7)).
class Report {
public:
    explicit Report(const char *path)
        : m_file(::open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
    ~Report() {
        if (m_file >= 0)
            ::close(m_file);
    }
    Report(const Report &) = delete;
    Report &operator=(const Report &) = delete;

    Report &operator<<(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = ::write(m_file, text.data(), text.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return *this; // there is nobody to tell
            text.remove_prefix(std::size_t(written));
        }
        return *this;
    }

    Report &number(unsigned long long value, int base = 10) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base);
        return *this << std::string_view(digits.data(), std::size_t(end.ptr - digits.data()));
    }

private:
    int m_file;
};

/// The file's name alone: where it is installed may name its user.
std::string_view baseName(std::string_view path) {
    return path.substr(path.find_last_of('/') + 1);
}

/// An address that is not one of a function's may be what overwrote the stack: it is left out.
void writeFrame(Report &report, void *address) {
    Dl_info info{};
    if (::dladdr(address, &info) == 0 || !info.dli_fname) {
        report << "  ?\n";
        return;
    }
    const auto offset = [address](const void *base) {
        return static_cast<unsigned long long>(static_cast<const char *>(address) -
                                               static_cast<const char *>(base));
    };
    (report << "  " << baseName(info.dli_fname) << "+0x").number(offset(info.dli_fbase), 16);
    if (info.dli_sname)
        (report << " " << info.dli_sname << "+0x").number(offset(info.dli_saddr), 16);
    report << "\n";
}

void writeReport(int signal) {
    Report report(reportPath.data());
    report << reportHead.data();
    (report << "Crashed: ").number(static_cast<unsigned long long>(::time(nullptr)))
        << " s after 1970-01-01 UTC\nSignal: ";
    const auto known =
        std::find_if(fatalSignals.begin(), fatalSignals.end(),
                     [signal](const FatalSignal &each) { return each.number == signal; });
    if (known != fatalSignals.end())
        report << known->name;
#ifdef Q_OS_LINUX
    std::array<char, 17> thread{};
    ::prctl(PR_GET_NAME, thread.data());
    report << "\nThread: " << thread.data();
#endif
    report << "\nCalls, the innermost first (addr2line -Cfe FILE OFFSET names their lines):\n";
    std::array<void *, 64> frames{};
    const int count = ::backtrace(frames.data(), int(frames.size()));
    for (int i = 0; i < count; ++i)
        writeFrame(report, frames[std::size_t(i)]);
}

void onFatalSignal(int signal) {
    writeReport(signal);
    // The action of the system is back already (SA_RESETHAND); it comes as soon as this returns,
    // for a signal that another process sent as well.
    ::raise(signal);
}

bool keep(const QByteArray &text, char *to, std::size_t room) {
    if (std::size_t(text.size()) >= room)
        return false;
    std::memcpy(to, text.constData(), std::size_t(text.size()) + 1);
    return true;
}

QByteArray head() {
    return "Quaygate " + QCoreApplication::applicationVersion().toUtf8() +
           " crashed. This file holds no keys and no requests.\n\nQt: " + qVersion() +
           "\nSystem: " + QSysInfo::prettyProductName().toUtf8() + ", " +
           QSysInfo::currentCpuArchitecture().toUtf8() +
           "\nStarted: " + QByteArray::number(QDateTime::currentSecsSinceEpoch()) +
           " s after 1970-01-01 UTC\n";
}

Error systemError(const QString &message) {
    return {ErrorCode::Internal, message, QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace

Result<void> installCrashHandler(const QString &folder) {
    const QString path =
        QDir(folder).filePath(newCrashReportName(QCoreApplication::applicationPid()));
    if (!QDir().mkpath(folder) ||
        !keep(QFile::encodeName(path), reportPath.data(), reportPath.size()) ||
        !keep(head(), reportHead.data(), reportHead.size()))
        return Error{ErrorCode::Internal,
                     u"A crash would leave no report: %1 cannot be made."_s.arg(folder),
                     {}};
    // The first call loads a library, which a handler must not.
    std::array<void *, 1> frame{};
    ::backtrace(frame.data(), int(frame.size()));

    stack_t stack{};
    stack.ss_sp = handlerStack.data();
    stack.ss_size = handlerStack.size();
    if (::sigaltstack(&stack, nullptr) != 0)
        return systemError(u"A crash would leave no report: there is no stack for it."_s);
    struct sigaction action {};
    action.sa_handler = onFatalSignal;
    action.sa_flags = SA_ONSTACK | int(SA_RESETHAND);
    ::sigemptyset(&action.sa_mask);
    for (const FatalSignal &signal : fatalSignals) {
        if (::sigaction(signal.number, &action, nullptr) != 0)
            return systemError(u"A crash would leave no report: signals cannot be watched for."_s);
    }
    return {};
}

Result<void> forbidCoreDumps() {
#ifdef Q_OS_LINUX
    // A collector that the kernel pipes images to gets them whatever the limit is, but for this
    // one (do_coredump() in fs/coredump.c); for a file one byte is as good as none.
    constexpr rlim_t none = 1;
#else
    constexpr rlim_t none = 0;
#endif
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0)
        return systemError(u"It is not known whether a crash writes the memory to a file."_s);
    if (limit.rlim_max < none)
        return {}; // a limit of 0 that cannot be raised
    limit = {none, none};
    if (::setrlimit(RLIMIT_CORE, &limit) != 0)
        return systemError(u"A crash may write the memory, with keys, to a file."_s);
    return {};
}

} // namespace quaygate
