#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"
#include "tests/support/event_loop.h"

#include <memory>
#include <optional>
#include <string>

namespace quaygate::test {

/// A callback that keeps what it is given: `store.read(name, answer.callback())`, then
/// `answer.get()`. Copies of it share what came.
template<typename T>
class Answer {
public:
    auto callback() const {
        return [content = m_content](Result<T> result) {
            ++content->count;
            content->result.emplace(std::move(result));
        };
    }

    int count() const { return m_content->count; }
    bool came() const { return count() > 0; }

    /// Waits for it. No answer is an error of its own, so that a test fails instead of crashing.
    Result<T> get() const {
        if (!waitUntil([this] { return came(); }))
            return Error{ErrorCode::TimedOut, QStringLiteral("no callback came"), {}};
        return *m_content->result;
    }

private:
    struct Content {
        int count = 0;
        std::optional<Result<T>> result;
    };
    std::shared_ptr<Content> m_content = std::make_shared<Content>();
};

inline Secret secretOf(const char *text) {
    return Secret(QByteArray(text));
}

inline std::string messageOf(const auto &result) {
    return result.ok() ? std::string() : result.error().message.toStdString();
}

inline std::string textOf(const Result<Secret> &result) {
    if (!result.ok())
        return "error: " + messageOf(result);
    return {result->reveal().begin(), result->reveal().end()};
}

/// Runs what is queued for the event loop now.
inline void runQueued() {
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

} // namespace quaygate::test
