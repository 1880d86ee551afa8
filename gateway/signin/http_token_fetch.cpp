#include "gateway/signin/http_token_fetch.h"

#include "gateway/azure/explain_sign_in.h"
#include "gateway/azure/retry_after.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A token has a few KiB.
constexpr qsizetype maxAnswer = 256 * 1024;

/// The metadata service is on the machine: no answer within moments means that it is not there.
UpstreamTimeouts patience(TokenPlace place) {
    if (place == TokenPlace::Metadata)
        return {.connect = 2s, .firstByte = 15s, .idle = 15s, .total = 20s};
    return {.connect = 10s, .firstByte = 30s, .idle = 15s, .total = 60s};
}

UpstreamRequest requestOf(const TokenCall &call, const TokenIdentity &identity, TokenPlace place) {
    UpstreamRequest request;
    request.method = call.method;
    request.url = call.url;
    for (const auto &[name, value] : call.headers)
        request.headers.append(name, value);
    request.secretHeader = call.secretHeader;
    request.secret = call.secret;
    // No copy, which nobody would wipe; the callbacks keep the bytes as long as the call.
    const QByteArrayView body = call.body.reveal();
    request.body = QByteArray::fromRawData(body.data(), body.size());
    request.timeouts = patience(place);
    request.proxy = identity.proxy;
    request.caFile = identity.caFile;
    return request;
}

bool isBeforeTheRequest(UpstreamPhase phase) {
    return phase == UpstreamPhase::Resolving || phase == UpstreamPhase::Connecting ||
           phase == UpstreamPhase::Handshake;
}

} // namespace

HttpTokenFetch::HttpTokenFetch(UpstreamClient &client, TokenIdentity identity, TokenPlace place,
                               TokenCall call, Secret credential, std::function<WallTime()> now,
                               Done done)
    : m_identity(std::move(identity))
    , m_place(place)
    , m_credential(std::move(credential))
    , m_now(std::move(now))
    , m_done(std::move(done)) {
    m_answer.reserve(8 * 1024); // a growing array would leave pieces of the token behind
    UpstreamEvents events;
    events.onHead = [this](int status, const HeaderList &headers) {
        m_status = status;
        m_headers = headers;
    };
    events.onBody = [this](QByteArrayView bytes) {
        m_answer.append(bytes.first(std::min(bytes.size(), maxAnswer - m_answer.size())));
    };
    events.onEnd = [this, body = call.body](const std::optional<UpstreamFailure> &failure) {
        ended(failure);
    };
    m_call = client.send(requestOf(call, m_identity, m_place), std::move(events));
}

HttpTokenFetch::~HttpTokenFetch() {
    wipe(m_answer);
}

void HttpTokenFetch::ended(const std::optional<UpstreamFailure> &failure) {
    FetchOutcome result = outcome(failure);
    // Nothing after this touches the object: the call may destroy it.
    const Done done = m_done;
    done(std::move(result));
}

FetchOutcome HttpTokenFetch::outcome(const std::optional<UpstreamFailure> &failure) const {
    if (failure)
        return {unreached(*failure)};
    if (m_status == 200) {
        auto token = readTokenAnswer(m_answer, m_now());
        const bool page = m_answer.trimmed().startsWith('<');
        return {page ? Result<AccessToken>(explained()) : std::move(token)};
    }
    return {explained(), wait()};
}

Error HttpTokenFetch::explained() const {
    Error error = m_place == TokenPlace::Entra
                      ? explainEntraError(m_identity, m_status, m_answer)
                      : explainManagedIdentityError(m_identity, m_status, m_answer);
    // What a server says may be what it was sent.
    if (!m_credential.isEmpty() && error.detail.toUtf8().contains(m_credential.reveal()))
        error.detail.clear();
    return error;
}

Error HttpTokenFetch::unreached(const UpstreamFailure &failure) const {
    if (m_place == TokenPlace::Metadata && isBeforeTheRequest(failure.phase))
        return explainNoMetadataService(m_identity, failure.error);
    const QString whose =
        m_place == TokenPlace::Entra ? u"Entra ID"_s : u"the machine's token service"_s;
    Error error = failure.error;
    error.message = u"Signing in failed on the way to %1. "_s.arg(whose) + error.message;
    return error;
}

std::optional<std::chrono::milliseconds> HttpTokenFetch::wait() const {
    const auto header = [this](QByteArrayView name) {
        return m_headers.value(name).value_or(QByteArray());
    };
    return retryAfter(header, {}, QDateTime::currentDateTimeUtc());
}

} // namespace quaygate
