#include "app/crash_handler.h"
#include "app/crash_reports.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSysInfo>
#include <qt_windows.h>

#include <array>
#include <cwchar>
#include <werapi.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

// All that the filter needs, made ready while memory can still be had.
std::array<wchar_t, 1024> reportPath{};
std::array<char, 1024> reportHead{};

/// No function of ours is named here: the offset in its module is, which the symbols of the build
/// translate.
LONG WINAPI onException(EXCEPTION_POINTERS *exception) {
    const HANDLE file = CreateFileW(reportPath.data(), GENERIC_WRITE, 0, nullptr, CREATE_NEW,
                                    FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return EXCEPTION_CONTINUE_SEARCH;
    const auto write = [file](const char *text) {
        DWORD written = 0;
        WriteFile(file, text, DWORD(lstrlenA(text)), &written, nullptr);
    };
    std::array<char, 128> line{};
    write(reportHead.data());
    const EXCEPTION_RECORD *record = exception->ExceptionRecord;
    wsprintfA(line.data(), "Exception: 0x%08lx\nOffset in the program: ", record->ExceptionCode);
    write(line.data());
    const auto base = reinterpret_cast<ULONG_PTR>(GetModuleHandleW(nullptr));
    const auto address = reinterpret_cast<ULONG_PTR>(record->ExceptionAddress);
    // An address outside may be what overwrote the stack: it is left out.
    if (address >= base && address - base < 0x10000000) {
        wsprintfA(line.data(), "0x%08lx\n", ULONG(address - base));
        write(line.data());
    } else {
        write("?\n");
    }
    CloseHandle(file);
    return EXCEPTION_CONTINUE_SEARCH;
}

} // namespace

Result<void> installCrashHandler(const QString &folder) {
    const QString path = QDir::toNativeSeparators(
        QDir(folder).filePath(newCrashReportName(QCoreApplication::applicationPid())));
    const QByteArray head =
        "Quaygate " + QCoreApplication::applicationVersion().toUtf8() +
        " crashed. This file holds no keys and no requests.\r\n\r\nQt: " + qVersion() +
        "\r\nSystem: " + QSysInfo::prettyProductName().toUtf8() + "\r\n";
    if (!QDir().mkpath(folder) || path.size() >= qsizetype(reportPath.size()) ||
        head.size() >= qsizetype(reportHead.size()))
        return Error{ErrorCode::Internal,
                     u"A crash would leave no report: %1 cannot be made."_s.arg(folder),
                     {}};
    path.toWCharArray(reportPath.data());
    memcpy(reportHead.data(), head.constData(), std::size_t(head.size()) + 1);
    SetUnhandledExceptionFilter(onException);
    return {};
}

Result<void> forbidCoreDumps() {
    // The heap is where keys are.
    if (FAILED(WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP)))
        return Error{ErrorCode::Internal,
                     u"A crash may send the memory, with keys, to Windows Error Reporting."_s,
                     {}};
    return {};
}

} // namespace quaygate
