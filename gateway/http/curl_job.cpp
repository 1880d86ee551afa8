#include "gateway/http/curl_job.h"

#include "gateway/http/upstream_failure.h"
#include "gateway/http/upstream_head.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Stage = UpstreamTransfer::Stage;

constexpr size_t maxIdleJobs = 64;
/// A smaller body leaves with one call, so that nobody need watch it leave.
constexpr qsizetype watchedBodyBytes = 16 * 1024;
/// A TLS record, which is what comes at once; every open stream has such a buffer.
constexpr long receiveBufferBytes = 16 * 1024;

size_t onHeaderLine(char *bytes, size_t size, size_t count, void *user) noexcept {
    Job &job = *static_cast<Job *>(user);
    const auto length = qsizetype(size * count);
    job.transfer->received(job.loop.now());
    job.book.note(*job.transfer);
    if (job.transfer->head.line({bytes, length}) == ResponseHead::Outcome::TooLarge) {
        job.headTooLarge = true;
        return 0;
    }
    return size_t(length);
}

size_t onBodyBytes(char *bytes, size_t size, size_t count, void *user) noexcept {
    Job &job = *static_cast<Job *>(user);
    const auto length = qsizetype(size * count);
    if (job.transfer->isFull()) {
        job.heldBack = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    job.transfer->received(job.loop.now());
    job.transfer->body.append(bytes, length);
    job.book.note(*job.transfer);
    return size_t(length);
}

int onProgress(void *user, curl_off_t, curl_off_t, curl_off_t, curl_off_t uploaded) noexcept {
    Job &job = *static_cast<Job *>(user);
    const Stage before = job.transfer->stage;
    job.transfer->uploaded(uploaded, job.loop.now());
    if (job.transfer->stage != before)
        job.book.note(*job.transfer);
    return 0;
}

/// A connection is there and the request is about to go out. libcurl comes here again when the
/// pooled connection it took was dead and it tries another one: that may be a fresh one, but not a
/// pooled one.
int onConnected(void *user, char *, char *, int, int) noexcept {
    Job &job = *static_cast<Job *>(user);
    long connections = 0;
    curl_easy_getinfo(job.easy, CURLINFO_NUM_CONNECTS, &connections);
    job.reused = connections == std::exchange(job.connectionsBefore, connections);
    ++job.sendings;
    if (job.sendings > 1 && (job.reused || job.repeated))
        return CURL_PREREQFUNC_ABORT;
    job.repeated = job.sendings > 1;
    job.transfer->sending(job.loop.now(), job.settings->watchesUpload);
    job.book.note(*job.transfer);
    return CURL_PREREQFUNC_OK;
}

void setForGood(CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, receiveBufferBytes);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeaderLine);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBodyBytes);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, onConnected);
}

HandleSettings settingsFor(const UpstreamTransfer &transfer, const QByteArray &caFile) {
    const UpstreamRequest &request = transfer.request;
    HandleSettings settings;
    settings.url = request.url;
    settings.method = request.method;
    settings.sendsBody = sendsBody(request);
    settings.watchesUpload = request.body.size() > watchedBodyBytes;
    settings.http2 = request.http2;
    settings.connectLimit = request.timeouts.connect;
    settings.connection = {transfer.target, caFile, request.proxy, request.minTls};
    return settings;
}

/// Read once here; given as text, libcurl would read it, and write it out again, for every request.
void setUrl(Job &job, const QByteArray &url) {
    const CURLUcode code = curl_url_set(job.url, CURLUPART_URL, url.constData(), CURLU_PATH_AS_IS);
    // What libcurl cannot read it refuses itself, with its reason, when it is given as text.
    const bool read = code == CURLUE_OK;
    curl_easy_setopt(job.easy, CURLOPT_URL, read ? nullptr : url.constData());
    curl_easy_setopt(job.easy, CURLOPT_CURLU, read ? job.url : nullptr);
}

void setMethod(CURL *easy, const HandleSettings &settings) {
    if (settings.method == "HEAD")
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (settings.sendsBody)
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
    else
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    const bool isDefault =
        settings.method == "HEAD" || settings.method == (settings.sendsBody ? "POST" : "GET");
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST,
                     isDefault ? nullptr : settings.method.constData());
}

/// Each of these copies a text or starts some work in libcurl, so what is the same is left as it
/// is.
void tell(Job &job, HandleSettings wanted) {
    CURL *easy = job.easy;
    const std::optional<HandleSettings> known = std::exchange(job.settings, {});
    const auto differs = [&](auto member) { return !known || (*known).*member != wanted.*member; };
    using S = HandleSettings;
    if (differs(&S::url))
        setUrl(job, wanted.url);
    if (differs(&S::method) || differs(&S::sendsBody))
        setMethod(easy, wanted);
    if (differs(&S::watchesUpload))
        curl_easy_setopt(easy, CURLOPT_NOPROGRESS, wanted.watchesUpload ? 0L : 1L);
    if (differs(&S::connectLimit))
        setConnectTimeout(easy, wanted.connectLimit);
    if (differs(&S::connection) || differs(&S::http2))
        setConnection(easy, wanted.connection, wanted.http2);
    job.settings = std::move(wanted);
}

/// An error after the request began to go out.
UpstreamCause answerCause(CURL *easy, const UpstreamTransfer &transfer, const QString &reason) {
    if (transfer.stage == Stage::Connecting && isRefusedByProxy(easy))
        return UpstreamCause::ProxyRefused;
    if (reason.contains("chunk"_L1))
        return UpstreamCause::BadFraming;
    if (reason.contains("header"_L1) && reason.contains("large"_L1))
        return UpstreamCause::HeadTooLarge;
    return transfer.head.isComplete() ? UpstreamCause::Cut : UpstreamCause::Closed;
}

UpstreamCause causeOf(CURLcode code, const Job &job, const QString &reason) {
    const UpstreamTransfer &transfer = *job.transfer;
    if (const auto cause = openingCause(job.easy, code, job.settings->connection, reason))
        return *cause;
    switch (code) {
    case CURLE_OK: // but the head is not whole
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_ABORTED_BY_CALLBACK: // a second pooled connection was dead too
        return answerCause(job.easy, transfer, reason);
    case CURLE_UNSUPPORTED_PROTOCOL: // "Received HTTP/0.9 when not allowed"
        return UpstreamCause::NotHttp;
    case CURLE_WEIRD_SERVER_REPLY:
        return transfer.head.status() ? UpstreamCause::BadFraming : UpstreamCause::NotHttp;
    case CURLE_BAD_CONTENT_ENCODING:
        return UpstreamCause::BadFraming;
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return UpstreamCause::StreamReset;
    case CURLE_WRITE_ERROR:
        return job.headTooLarge ? UpstreamCause::HeadTooLarge : UpstreamCause::Other;
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
        return UpstreamCause::HeadTooLarge;
#endif
    case CURLE_OUT_OF_MEMORY:
        // Also said of a header line over libcurl's own limit, which is what it is at this point.
        return transfer.stage != Stage::Connecting && !transfer.head.isComplete()
                   ? UpstreamCause::HeadTooLarge
                   : UpstreamCause::OutOfMemory;
    default:
        return UpstreamCause::Other;
    }
}

} // namespace

HeaderLines::~HeaderLines() {
    for (curl_slist *item = m_list; item; item = item->next) {
        for (volatile char *c = item->data; *c; ++c)
            *c = 0;
    }
    curl_slist_free_all(m_list);
}

void HeaderLines::append(const QByteArray &line) {
    curl_slist *grown = curl_slist_append(m_list, line.constData());
    Q_CHECK_PTR(grown);
    m_list = grown;
}

void HeaderLines::appendSecret(const QByteArray &name, const Secret &secret) {
    QByteArray line;
    line.reserve(name.size() + 2 + secret.size());
    line.append(name).append(": ").append(secret.reveal());
    append(line);
    wipe(line);
}

Job::Job(Notebook &itsBook, CurlLoop &itsLoop, const Completed &onCompleted)
    : CurlHandle(itsLoop.poller())
    , url(curl_url())
    , book(itsBook)
    , loop(itsLoop)
    , m_onCompleted(onCompleted) {
    Q_CHECK_PTR(url);
    setForGood(easy);
    for (const CURLoption option :
         {CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_XFERINFODATA, CURLOPT_PREREQDATA})
        curl_easy_setopt(easy, option, this);
}

Job::~Job() {
    curl_url_cleanup(url);
}

std::unique_ptr<Job> JobPool::take(UpstreamTransfer &transfer) {
    std::unique_ptr<Job> job;
    if (m_idle.empty()) {
        job = std::make_unique<Job>(m_book, m_loop, m_onCompleted);
    } else {
        job = std::move(m_idle.back());
        m_idle.pop_back();
    }
    job->transfer = &transfer;
    return job;
}

void JobPool::giveBack(std::unique_ptr<Job> job) {
    if (m_idle.size() >= maxIdleJobs)
        return;
    CURL *easy = job->easy;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, nullptr);
    if (job->settings->sendsBody) // for it also says that the method is POST
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, nullptr);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 0L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 0L);
    job->transfer = nullptr;
    job->lines.reset();
    job->sendings = 0;
    job->connectionsBefore = 0;
    job->reused = job->repeated = job->heldBack = job->headTooLarge = false;
    job->forgetReason();
    m_idle.push_back(std::move(job));
}

void configure(Job &job, const QByteArray &caFile) {
    CURL *easy = job.easy;
    const UpstreamRequest &request = job.transfer->request;
    job.lines = std::make_unique<HeaderLines>();
    for (const QByteArray &line : requestHeaderLines(request))
        job.lines->append(line);
    if (!request.secretHeader.isEmpty())
        job.lines->appendSecret(request.secretHeader, request.secret);
    for (const auto &[name, secret] : request.moreSecrets)
        job.lines->appendSecret(name, secret);

    tell(job, settingsFor(*job.transfer, caFile));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, job.lines->get());
    if (job.settings->sendsBody) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.constData());
    }
}

/// Whether a failure looks like that of a pooled connection that had been dead before the request
/// went out.
bool isOfDeadConnection(CURLcode code) {
    switch (code) {
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_ABORTED_BY_CALLBACK:
        return true;
    default:
        return false;
    }
}

UpstreamPhase phaseOf(const Job &job) {
    if (const auto phase = job.transfer->phaseWhenConnected())
        return *phase;
    return openingPhase(job.easy, job.transfer->target, job.connectionsBefore);
}

UpstreamFailure failureOf(const Job &job, CURLcode code) {
    const UpstreamTransfer &transfer = *job.transfer;
    const QString reason = job.reason(code);
    FailureContext context = transfer.failureContext(phaseOf(job));
    context.detail = code == CURLE_OK ? QString() : reason;
    context.limit = transfer.request.timeouts.connect;
    const UpstreamCause cause = causeOf(code, job, reason);
    if (code == CURLE_COULDNT_CONNECT || cause == UpstreamCause::ProxyRefused)
        context.phase = UpstreamPhase::Connecting;
    return {
        upstreamError(cause, context), context.phase,
        std::chrono::duration_cast<std::chrono::milliseconds>(job.loop.now() - transfer.started)};
}

} // namespace quaygate
