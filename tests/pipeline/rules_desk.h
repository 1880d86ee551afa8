#pragma once

#include "gateway/rules/client_key.h"
#include "tests/pipeline/pipeline_desk.h"

namespace quaygate::test {

inline const QByteArray completion =
    R"({"choices":[{"message":{"content":"Ahoy"}}],"model":"gpt-4.1-mini-2025-04-14",)"
    R"("usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}})";
inline const QByteArray streamHead = "HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\n"
                                     "Connection: close\r\n\r\n";

inline QByteArray asking(const QByteArray &text) {
    return R"({"messages":[{"role":"user","content":")" + text + R"("}]})";
}

/// A route with one backend, client keys, and the records of what came through.
class RulesDesk : public PipelineDesk {
protected:
    RulesDesk() { route.backends.resize(1); }

    QByteArray lastSent() { return east.upstream.requests().last().body; }

    /// Of the last exchange, once it is over.
    TrafficRecord record() {
        EXPECT_TRUE(waitUntil([this] { return !records.empty(); }));
        const TrafficRecord record = records.back();
        records.clear();
        return record;
    }

    QByteArray newKey(const QString &name) {
        const NewClientKey made = makeClientKey();
        config.clientKeys.append({name, made.hash});
        return made.key.reveal().toByteArray();
    }
};

} // namespace quaygate::test
