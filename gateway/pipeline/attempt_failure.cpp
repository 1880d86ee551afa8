#include "gateway/pipeline/attempt_failure.h"

#include "gateway/azure/retry_after.h"
#include "gateway/pipeline/error_answer.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace quaygate {

bool isBackends(const Error &error) {
    switch (error.code) {
    case ErrorCode::NameNotResolved:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectionFailed:
    case ErrorCode::TlsFailed:
    case ErrorCode::ProxyFailed:
    case ErrorCode::TimedOut:
    case ErrorCode::UpstreamClosed:
    case ErrorCode::UpstreamProtocol:
    case ErrorCode::SecretNotFound:
    case ErrorCode::SecretStoreLocked:
    case ErrorCode::SecretStoreMissing:
    case ErrorCode::VariableNotSet:
    case ErrorCode::SignInFailed:
        return true;
    default:
        return false;
    }
}

bool beganWell(const AttemptFailure &failure) {
    return failure.status != 0 && failure.status < 400;
}

QByteArray failureWord(const AttemptFailure &failure) {
    if (failure.status == 0)
        return errorWord(failure.error.code);
    return beganWell(failure) ? "stream_error"_ba : QByteArray::number(failure.status);
}

std::optional<std::chrono::milliseconds> pauseWanted(const AttemptFailure &failure) {
    if (failure.status == 0)
        return std::nullopt;
    const auto header = [&](QByteArrayView name) {
        // When a limit begins anew is told in answers of any kind; it matters where it was reached.
        const bool isReset = name.startsWith("x-rate") && failure.status != 429;
        return isReset ? QByteArray() : failure.headers.value(name).value_or(QByteArray());
    };
    return retryAfter(header, failure.body, QDateTime::currentDateTimeUtc());
}

} // namespace quaygate
