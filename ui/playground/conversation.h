#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// What is said in the playground, as plain values, and the request that it becomes.
namespace quaygate {

/// As the service counts it.
struct AnswerTokens {
    qint64 in = 0;
    qint64 out = 0;

    bool operator==(const AnswerTokens &) const = default;
};

/// What became of one question. `text` keeps whatever arrived, also when the rest never came.
struct Answer {
    enum class End {
        Pending,
        Complete,
        Stopped, ///< by the person
        Cut,     ///< something arrived, the end did not
        Failed,  ///< nothing arrived
    };

    End end = End::Pending;
    QString text;
    int status = 0;  ///< of HTTP; 0 if no answer came at all
    QString problem; ///< what went wrong and what to do, or what is to be known; may be empty
    QString detail;  ///< what the service said itself; may be empty
    QString finishReason;
    QString model;
    std::optional<AnswerTokens> usage;
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;
};

/// A question and its answer; `routeName` is the route that the question took.
struct Turn {
    QString question;
    QString routeName;
    Answer answer;
};

struct ChatMessage {
    enum class Role { System, User, Assistant };

    Role role = Role::User;
    QString text;

    bool operator==(const ChatMessage &) const = default;
};

/// What is sent only if the person asked for it: reasoning models refuse most of it.
struct ChatParameters {
    std::optional<double> temperature;
    std::optional<int> maxTokens;
    /// Older models and API versions know `max_tokens`, newer ones `max_completion_tokens`.
    bool olderTokenName = false;

    bool operator==(const ChatParameters &) const = default;
};

/// One conversation, bounded: the oldest turns fall out.
struct Conversation {
    static constexpr int maxTurns = 200;
    static constexpr qsizetype maxCharacters = 4'000'000;
    /// Azure's limit of one message.
    static constexpr qsizetype maxQuestion = 1'048'576;

    QString systemPrompt;
    QList<Turn> turns;

    /// Drops the oldest turns over the limits, never the last one; returns how many.
    int trim();

    /// What the service is told to get the answer of the last turn. Turns that failed without an
    /// answer are left out, so that a question that was refused does not spoil the ones after it.
    QList<ChatMessage> messages() const;
};

/// The body of a streaming chat completion. `askForUsage` is false for the API versions that refuse
/// `stream_options`.
QByteArray chatRequestBody(const QList<ChatMessage> &messages, const ChatParameters &parameters,
                           bool askForUsage);

} // namespace quaygate
