#pragma once

#include "gateway/http/connection_pool.h"
#include "gateway/http/curl_loop.h"
#include "gateway/http/http1_answer.h"
#include "gateway/http/upstream_engine.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace quaygate {

class Http1Call;

/// What the calls of one engine have in common.
struct Http1Calls {
    Http1Calls(std::shared_ptr<CurlLoop> itsLoop, Notebook &itsBook)
        : loop(std::move(itsLoop)), book(itsBook) {}
    virtual ~Http1Calls() = default;
    /// Its transfer is finished. It is on the stack and must not be destroyed yet.
    virtual void ended(Http1Call &call) = 0;

    std::shared_ptr<CurlLoop> loop;
    Notebook &book;
    ConnectionPool pool;
};

/// One transfer on its way over one connection, or over two if the first turns out to be dead. It
/// takes notes and calls nobody.
class Http1Call : public UpstreamConnection::User {
public:
    explicit Http1Call(Http1Calls &calls) : m_calls(calls) {}
    ~Http1Call() override { clear(); }
    Http1Call(const Http1Call &) = delete;
    Http1Call &operator=(const Http1Call &) = delete;

    void begin(UpstreamTransfer &transfer, const QByteArray &caFile);
    void goOn();
    /// After an upgrade.
    void write(QByteArrayView bytes);
    /// Forgets its transfer, and closes the connection if there still is one. It may begin anew.
    void clear();

    UpstreamTransfer &transfer() const { return *m_transfer; }
    UpstreamPhase phase() const;

    void connectionOpened() override;
    void connectionFailed(UpstreamCause cause, UpstreamPhase phase, const QString &reason) override;
    void connectionReady(bool readable, bool writable) override;

private:
    void open();
    void sendRequest();
    void sendMore();
    bool isSent() const { return m_sent == m_toSend; }
    bool sendsOn() const { return !isSent() && !m_sendingBroke && !m_isRefused; }
    void sendWritten();
    void watch();
    void read();
    bool take(QByteArrayView bytes);
    void stopSendingIfRefused();
    void lost(UpstreamCause cause, const QString &detail);
    void fail(UpstreamCause cause, UpstreamPhase phase, const QString &detail);
    void finish();

    Http1Calls &m_calls;
    UpstreamTransfer *m_transfer = nullptr;
    ConnectionSettings m_settings;
    std::unique_ptr<UpstreamConnection> m_connection;
    std::string m_text;    ///< the head with the secrets, and what of the body leaves with it
    qint64 m_headSize = 0; ///< of the text
    qint64 m_toSend = 0;   ///< head and body
    qint64 m_sent = 0;
    std::deque<QByteArray> m_written; ///< after an upgrade; what is offered must not move
    qsizetype m_writtenSent = 0;      ///< of the first of them
    std::optional<Http1Answer> m_answer;
    bool m_reused = false; ///< the connection has served before
    bool m_repeated = false;
    bool m_gotBytes = false;
    bool m_sendingBroke = false;
    bool m_isRefused = false; ///< before it was sent whole
    bool m_heldBack = false;
};

} // namespace quaygate
