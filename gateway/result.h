#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace quaygate {

/// What went wrong, in the terms in which someone acts on it. Foreign errors (curl, QtKeychain, the
/// file system) are mapped to one of these where they enter.
enum class ErrorCode {
    // The request of a client.
    BadRequest,
    BodyNotJson,
    BodyTooLarge,
    HeadersTooLarge,
    TargetTooLong,
    RequestTimeout,
    UnsupportedContentType,
    ForbiddenHost,
    ForbiddenOrigin,
    NoRoute,
    MethodNotAllowed,
    UnknownOperation,
    ModelNotFound,
    Overloaded,
    // What a rule refused.
    ClientKeyMissing,
    ClientKeyWrong,
    RouteNotAllowed, ///< to the client key
    ModelNotAllowed, ///< to the client key
    RateLimited,
    BudgetExceeded,
    GuardRejected,
    // Secrets.
    SecretNotFound,
    SecretStoreLocked,
    SecretStoreMissing,
    VariableNotSet,
    // Signing in.
    SignInFailed,
    CredentialMissing, ///< the client sent none, and the backend passes the client's on
    // The way to Azure.
    NameNotResolved,
    ConnectionRefused,
    ConnectionFailed,
    TlsFailed,
    ProxyFailed,
    TimedOut,
    UpstreamClosed,
    UpstreamProtocol,
    // This machine.
    AddressInUse,
    AddressNotAvailable,
    InvalidAddress,
    ConfigInvalid,
    FileUnreadable,
    FileUnwritable,
    FileChanged,
    Cancelled,
    Internal,
};

/// An error as a value: `message` says in one sentence what happened and what to do, ready to be
/// shown to a person; `detail` holds what a library said, and may be empty. Neither holds a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString detail;

    bool operator==(const Error &) const = default;
};

/// A value or the reason why there is none. No exception crosses a function of ours.
template<typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T &value() const & { return std::get<0>(m_content); }
    T &value() & { return std::get<0>(m_content); }
    T &&value() && { return std::get<0>(std::move(m_content)); }
    const Error &error() const & { return std::get<1>(m_content); }

    const T &operator*() const & { return value(); }
    const T &operator*() const && = delete; // the value would end with this
    const T *operator->() const { return &value(); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or the reason why not.
template<>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace quaygate
