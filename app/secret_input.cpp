#include "app/secret_input.h"

#include "app/terminal_echo.h"

#include <system_error>

#include <cerrno>
#include <cstdio>
#include <optional>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Bytes of standard input into `buffer`; 0 at its end, negative on failure with errno set.
qsizetype readSome(std::span<char> buffer) {
#ifdef Q_OS_WIN
    return _read(0, buffer.data(), unsigned(buffer.size()));
#else
    return ::read(STDIN_FILENO, buffer.data(), buffer.size());
#endif
}

Error cancelled() {
    return {ErrorCode::Cancelled, u"Interrupted; nothing was saved."_s, {}};
}

Error tooLong() {
    return {ErrorCode::BadRequest,
            u"That is longer than %1 bytes, too long for a key; nothing was saved."_s.arg(
                maxSecretSize),
            {}};
}

/// Reads straight from the descriptor: the buffers of stdio and QFile would keep copies. The array
/// has its full size from the start, so that it never moves and leaves a copy behind.
Result<void> readInto(QByteArray &bytes, bool oneLine, const TerminalEchoOff *echoOff) {
    qsizetype size = 0;
    while (!(oneLine && size > 0 && bytes.at(size - 1) == '\n')) {
        if (size == bytes.size())
            return tooLong();
        const qsizetype got = readSome(std::span(bytes.data() + size, size_t(bytes.size() - size)));
        if (echoOff && echoOff->interrupted())
            return cancelled();
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return Error{ErrorCode::FileUnreadable,
                         u"Standard input cannot be read; nothing was saved."_s,
                         QString::fromStdString(std::generic_category().message(errno))};
        if (got == 0)
            break;
        size += got;
    }
    bytes.truncate(size);
    return {};
}

void stripLineEnd(QByteArray &bytes) {
    if (bytes.endsWith('\n'))
        bytes.chop(1);
    if (bytes.endsWith('\r'))
        bytes.chop(1);
}

} // namespace

Result<Secret> readSecretInput(const QString &prompt) {
    QByteArray bytes(maxSecretSize + 3, '\0'); // a line end, and one more to see that there is more
    Result<void> read;
    if (standardInputIsTerminal()) {
        const TerminalEchoOff echoOff;
        std::fputs(qPrintable(prompt), stderr);
        std::fflush(stderr);
        read = readInto(bytes, true, &echoOff);
    } else {
        read = readInto(bytes, false, nullptr);
    }
    if (read.ok())
        stripLineEnd(bytes);
    if (read.ok() && bytes.size() > maxSecretSize)
        read = tooLong();
    if (!read.ok()) {
        wipe(bytes);
        return read.error();
    }
    if (bytes.isEmpty())
        return Error{
            ErrorCode::BadRequest, u"No key came on standard input; nothing was saved."_s, {}};
    return Secret(std::move(bytes));
}

} // namespace quaygate
