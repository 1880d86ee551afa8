#pragma once

#include "gateway/http/upstream_transfer.h"

#include <QByteArray>
#include <QList>

#include <curl/curl.h>

#include <array>
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
};

/// A transfer while it is with libcurl.
struct Job {
    Job(UpstreamTransfer &itsTransfer, Notebook &itsBook, CURL *itsEasy)
        : transfer(itsTransfer), book(itsBook), easy(itsEasy) {}

    UpstreamTransfer &transfer;
    Notebook &book;
    CURL *easy;
    HeaderLines lines;
    int sendings = 0;           ///< how often the request went out
    long connectionsBefore = 0; ///< made for it until it last went out
    bool reused = false;        ///< it last went out on a connection that had served before
    bool repeated = false;
    bool heldBack = false;
    bool headTooLarge = false;
    std::array<char, CURL_ERROR_SIZE> reason{};
};

/// libcurl handles to be used again, because making one costs more than a small request. All that
/// differs between requests is set for every one of them, so nothing of the last one is left.
class EasyHandles {
public:
    EasyHandles() = default;
    ~EasyHandles();
    EasyHandles(const EasyHandles &) = delete;
    EasyHandles &operator=(const EasyHandles &) = delete;

    CURL *take();
    void giveBack(CURL *easy);

private:
    std::vector<CURL *> m_idle;
};

/// Tells the handle of the job everything about its request. `lines` are the header lines without
/// the secret one; `caFile` is empty for the certificate authorities built in.
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
