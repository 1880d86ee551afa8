#pragma once

#include "gateway/config/unknown_member.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

/// The rules that a route, a client key or a backend can carry, as plain values of the
/// configuration. What each does: docs/rules.md.
namespace quaygate {

/// A member of a request's body, its value as JSON to the byte.
struct BodyField {
    QString name;
    QByteArray json;

    bool operator==(const BodyField &) const = default;
};

/// A message that a rule adds to a conversation.
struct PromptMessage {
    QString role; ///< "system", "developer", "user" or "assistant"
    QString content;
    QList<UnknownMember> unknown = {};

    bool operator==(const PromptMessage &) const = default;
};

struct PromptRule {
    QList<PromptMessage> prepend;
    QList<PromptMessage> append;
    QList<UnknownMember> unknown = {};

    bool isEmpty() const { return prepend.isEmpty() && append.isEmpty(); }
    bool operator==(const PromptRule &) const = default;
};

/// What a guard looks for without being given a pattern.
enum class GuardBuiltin {
    Ssn,        ///< US social security number
    CreditCard, ///< with a valid check digit
    Phone,
    Email,
    CaSin, ///< Canadian social insurance number, with a valid check digit
};

struct GuardRule {
    enum class Action {
        Reject, ///< the request, or the answer, is refused
        Mask,   ///< what matches is replaced
    };

    Action action = Action::Reject;
    QStringList patterns; ///< regular expressions of RE2
    QList<GuardBuiltin> builtins;
    int status = 403; ///< Reject: of the answer; 400 to 599
    QString message;  ///< Reject: empty: one of ours
    QList<UnknownMember> unknown = {};

    bool operator==(const GuardRule &) const = default;
};

/// Applied one after the other, in the order given.
struct Guard {
    QList<GuardRule> request;
    QList<GuardRule> response;
    bool streaming = true; ///< whether `response` holds for streams too
    QList<UnknownMember> unknown = {};

    bool isEmpty() const { return request.isEmpty() && response.isEmpty(); }
    bool operator==(const Guard &) const = default;
};

/// How much in how long. Exactly one of `requests` and `tokens` is more than 0.
struct RateLimit {
    enum class Per { Second, Minute, Hour };

    int requests = 0;
    int tokens = 0;
    Per per = Per::Minute;
    int burst = 0; ///< at once; 0: as much as the limit
    QList<UnknownMember> unknown = {};

    bool operator==(const RateLimit &) const = default;
};

/// What may be spent. Of `tokens` and `money` (US dollars) at least one is more than 0.
struct Budget {
    enum class Per { Day, Month }; ///< of the calendar, in local time

    qint64 tokens = 0;
    double money = 0;
    Per per = Per::Month;
    double warnAt = 0.8; ///< the share from which on there is a warning; 0 to 1
    QList<UnknownMember> unknown = {};

    bool operator==(const Budget &) const = default;
};

/// What a route and a client key have in common.
struct Rules {
    QList<BodyField> defaults;  ///< set where the body has no such member
    QList<BodyField> overrides; ///< set whatever the body says
    PromptRule prompt;
    Guard guard;
    QList<RateLimit> rateLimit;
    std::optional<Budget> budget;

    bool operator==(const Rules &) const = default;
};

/// Which answers of a backend are not passed on as long as there is another way.
struct Retry {
    int attempts = 3; ///< in all, the first one included; 1 to 10
    QList<int> statuses{408, 429, 500, 502, 503, 504};
    std::chrono::milliseconds backoff{500};    ///< before the second try; doubled for each more
    std::chrono::milliseconds maxWait{20'000}; ///< in all, Retry-After included
    QList<UnknownMember> unknown = {};

    bool operator==(const Retry &) const = default;
};

/// When a backend is set aside.
struct Cooldown {
    int failures = 3; ///< one after the other
    std::chrono::milliseconds duration{30'000};
    QList<UnknownMember> unknown = {};

    bool operator==(const Cooldown &) const = default;
};

/// Of a request of a route; 0: no limit beside those of the backend.
struct RouteTimeouts {
    std::chrono::milliseconds firstByte{0}; ///< of each attempt
    std::chrono::milliseconds total{0};     ///< of all attempts together, to the end of the answer
    QList<UnknownMember> unknown = {};

    bool operator==(const RouteTimeouts &) const = default;
};

/// A key that Quaygate gives to a local tool; only its hash is kept.
struct ClientKey {
    QString name;
    QString hash;                            ///< "sha256:" and 64 hexadecimal digits
    QStringList routes{QStringLiteral("*")}; ///< names, one `*` in each; "*": all
    QStringList models{QStringLiteral("*")}; ///< as clients name them
    Rules rules = {};
    QList<UnknownMember> unknown = {};

    bool operator==(const ClientKey &) const = default;
};

/// What a model costs, in US dollars a million tokens.
struct ModelPrice {
    QString model; ///< as answers name it, without a date; in lower case
    double input = 0;
    double output = 0;
    std::optional<double> cachedInput = {}; ///< nothing: as `input`
    QList<UnknownMember> unknown = {};

    bool operator==(const ModelPrice &) const = default;
};

/// What is remembered of exchanges.
struct TrafficSettings {
    int days = 30;       ///< 1 to 3650
    int megabytes = 256; ///< of the file; 1 to 100,000
    /// Until then bodies are remembered too, as "2026-01-31T12:00:00Z"; empty: they are not.
    QString bodiesUntil = {};
    QList<UnknownMember> unknown = {};

    bool operator==(const TrafficSettings &) const = default;
};

struct Cors {
    QStringList allowedOrigins; ///< as browsers send them ("https://app.example"), or "*"
    QList<UnknownMember> unknown = {};

    bool operator==(const Cors &) const = default;
};

} // namespace quaygate
