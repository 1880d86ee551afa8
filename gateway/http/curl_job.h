#pragma once

#include "gateway/http/curl_loop.h"
#include "gateway/http/upstream_engine.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// What the curl engine is made of: one request as libcurl has it. Private to the engine.
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

/// What a libcurl handle keeps from one request to the next, and is told only where it differs.
struct HandleSettings {
    QByteArray url;
    QByteArray method;
    bool sendsBody = false;
    bool watchesUpload = false;
    bool http2 = false;
    std::chrono::milliseconds connectLimit{0};
    ConnectionSettings connection;
};

/// A libcurl handle and the transfer that it is used for at the moment. Its callbacks take notes
/// and do nothing else.
class Job : public CurlHandle {
public:
    using Completed = std::function<void(Job &job, CURLcode code)>;

    /// `book` and `loop` outlive the job and every connection that it makes.
    Job(Notebook &itsBook, CurlLoop &itsLoop, const Completed &onCompleted);
    ~Job() override;

    void completed(CURLcode code) override { m_onCompleted(*this, code); }

    CURLU *url;
    Notebook &book;
    CurlLoop &loop;
    std::optional<HandleSettings> settings; ///< what the handle was told

    UpstreamTransfer *transfer = nullptr;
    std::unique_ptr<HeaderLines> lines;
    int sendings = 0;           ///< how often the request went out
    long connectionsBefore = 0; ///< made for it until it last went out
    bool reused = false;        ///< it last went out on a connection that had served before
    bool repeated = false;
    bool heldBack = false;
    bool headTooLarge = false;

private:
    const Completed &m_onCompleted;
};

/// Jobs to be used again, because making a handle costs more than a small request.
class JobPool {
public:
    JobPool(Notebook &book, CurlLoop &loop, Job::Completed onCompleted)
        : m_book(book), m_loop(loop), m_onCompleted(std::move(onCompleted)) {}

    std::unique_ptr<Job> take(UpstreamTransfer &transfer);
    /// Nothing of its transfer is left in it.
    void giveBack(std::unique_ptr<Job> job);

private:
    Notebook &m_book;
    CurlLoop &m_loop;
    Job::Completed m_onCompleted;
    std::vector<std::unique_ptr<Job>> m_idle;
};

/// Tells the handle of the job everything about its transfer's request. `caFile` is empty for the
/// certificate authorities built in.
void configure(Job &job, const QByteArray &caFile);

/// How far it has come.
UpstreamPhase phaseOf(const Job &job);

/// What a job that ended with `code` and without a whole answer failed of.
UpstreamFailure failureOf(const Job &job, CURLcode code);

/// Whether a failure looks like that of a pooled connection that had been dead before the request
/// went out.
bool isOfDeadConnection(CURLcode code);

} // namespace quaygate
