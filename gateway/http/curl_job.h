#pragma once

#include "gateway/http/socket_poller.h"
#include "gateway/http/upstream_transfer.h"

#include <QByteArray>
#include <QList>

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// What the curl engine is made of: one request as libcurl has it. Private to the engine; the only
/// header that knows libcurl.
namespace quaygate {

/// Header lines as libcurl takes them. It copies them, and one holds the key, so the copies are
/// wiped.
class HeaderLines {
public:
    HeaderLines() = default;
    ~HeaderLines();
    HeaderLines(const HeaderLines &) = delete;
    HeaderLines &operator=(const HeaderLines &) = delete;

    void append(const QByteArray &line);
    void appendSecret(const QByteArray &name, const Secret &secret);
    curl_slist *get() const { return m_list; }

private:
    curl_slist *m_list = nullptr;
};

/// What libcurl's callbacks write to. They take notes and do nothing else.
struct Notebook {
    UpstreamTransfer::Clock::time_point now = UpstreamTransfer::Clock::now();
    std::vector<UpstreamTransfer *> changed;

    void note(UpstreamTransfer &transfer) {
        if (!std::exchange(transfer.noted, true))
            changed.push_back(&transfer);
    }
    void forget(UpstreamTransfer &transfer) {
        if (std::exchange(transfer.noted, false))
            std::erase(changed, &transfer);
    }
};

/// What a libcurl handle keeps from one request to the next, and is told only where it differs.
struct HandleSettings {
    QByteArray url;
    QByteArray method;
    bool sendsBody = false;
    bool watchesUpload = false;
    bool http2 = false;
    bool tls13 = false;
    long connectMs = 0;
    QByteArray caFile;
    QByteArray proxy;
    bool proxyByEnvironment = false;
};

/// A libcurl handle and the transfer that it is used for at the moment.
struct Job {
    /// `book` and `poller` outlive the job and every connection that it makes.
    Job(Notebook &itsBook, SocketPoller &poller);
    ~Job();
    Job(const Job &) = delete;
    Job &operator=(const Job &) = delete;

    CURL *easy;
    CURLU *url;
    Notebook &book;
    std::optional<HandleSettings> settings; ///< what the handle was told

    UpstreamTransfer *transfer = nullptr;
    std::unique_ptr<HeaderLines> lines;
    int sendings = 0;           ///< how often the request went out
    long connectionsBefore = 0; ///< made for it until it last went out
    bool reused = false;        ///< it last went out on a connection that had served before
    bool repeated = false;
    bool heldBack = false;
    bool headTooLarge = false;
    std::array<char, CURL_ERROR_SIZE> reason{};
};

/// Jobs to be used again, because making a handle costs more than a small request.
class JobPool {
public:
    JobPool(Notebook &book, SocketPoller &poller) : m_book(book), m_poller(poller) {}

    std::unique_ptr<Job> take(UpstreamTransfer &transfer);
    /// Nothing of its transfer is left in it.
    void giveBack(std::unique_ptr<Job> job);

private:
    Notebook &m_book;
    SocketPoller &m_poller;
    std::vector<std::unique_ptr<Job>> m_idle;
};

/// Tells the handle of the job everything about its transfer's request. `lines` are the header
/// lines without the secret one; `caFile` is empty for the certificate authorities built in.
void configure(Job &job, const QList<QByteArray> &lines, const QByteArray &caFile);

/// How far it has come.
UpstreamPhase phaseOf(const Job &job);

/// What a job that ended with `code` and without a whole answer failed of.
UpstreamFailure failureOf(const Job &job, CURLcode code);

/// Whether a failure looks like that of a pooled connection that had been dead before the request
/// went out.
bool isOfDeadConnection(CURLcode code);

/// The file with the system's certificate authorities; empty if libcurl uses no file.
QString systemCaFilePath();

} // namespace quaygate
