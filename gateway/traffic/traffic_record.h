#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace quaygate {

/// The tokens that one answer cost, as the upstream told; nothing: it did not.
struct TokenUsage {
    std::optional<qint64> input;        ///< `cached` included
    std::optional<qint64> output;       ///< `reasoning` included
    std::optional<qint64> cached;       ///< read from the upstream's cache
    std::optional<qint64> cacheWritten; ///< put into it; part of `input` as well
    std::optional<qint64> reasoning;

    bool isKnown() const { return input || output; }
    bool operator==(const TokenUsage &) const = default;
};

/// One try of one backend.
struct Attempt {
    QString backend;
    int status = 0;                        ///< 0: there was no answer
    QString error;                         ///< what went wrong on the way; empty: nothing
    std::chrono::microseconds duration{0}; ///< to the head of its answer or to its failure

    bool operator==(const Attempt &) const = default;
};

/// What one rule did about an exchange.
struct RuleVerdict {
    QString rule;    ///< "guard", "rateLimit", "budget", "clientKey", "host", "origin", …
    QString verdict; ///< "rejected", "masked", "warned", …
    QString detail;  ///< which of them; never what matched

    bool operator==(const RuleVerdict &) const = default;
};

/// What is remembered of one exchange. No credential, and no body unless the person wanted that.
struct TrafficRecord {
    using Clock = std::chrono::system_clock;

    /// Of a body that is remembered; what is longer is cut.
    static constexpr qsizetype longestBody = 64 * 1024;

    qint64 number = 0;      ///< of the store; 0: not stored
    Clock::time_point time; ///< when the request was complete
    QString clientKey;      ///< its name; empty: none
    QString tool;           ///< the user agent, shortened
    QByteArray method;
    QByteArray path;   ///< as asked for, without the query, shortened
    QString route;     ///< empty: none; the model chose the backend
    QString operation; ///< "chat", "responses", "messages", …; empty: passed on as it was
    QList<Attempt> attempts;
    QString modelAsked;
    QString modelSent; ///< the deployment
    QString modelReturned;
    int status = 0; ///< sent to the client; 0: none, it left before
    bool streamed = false;
    std::optional<std::chrono::microseconds> firstByte; ///< of the answer's body, since `time`
    std::optional<std::chrono::microseconds> firstToken;
    std::chrono::microseconds duration{0};
    qint64 bytesIn = 0;  ///< of the request's body
    qint64 bytesOut = 0; ///< of the answer's body, to the client
    TokenUsage usage;
    std::optional<double> cost; ///< US dollars; nothing: unknown
    QList<RuleVerdict> verdicts;
    QString error;             ///< why it failed, in one sentence
    QString errorCode;         ///< as in the answer
    bool cancelled = false;    ///< the client left
    QByteArray azureRequestId; ///< apim-request-id
    QByteArray modelRequestId; ///< x-request-id
    QByteArray requestBody;    ///< cut to a bound
    QByteArray responseBody;   ///< cut to a bound

    bool operator==(const TrafficRecord &) const = default;
};

} // namespace quaygate
