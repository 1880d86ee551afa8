#include "gateway/http/upstream_failure.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The proxy as a message may show it: without the user name and password that its URL may hold.
QString proxyInWords(const QString &proxy) {
    if (proxy.isEmpty())
        return u"that the system names"_s;
    return QUrl(proxy).toDisplayString(QUrl::RemoveUserInfo | QUrl::RemovePath);
}

QString timedOutMessage(const FailureContext &context, const QString &host) {
    const QString limit = inWords(context.limit);
    if (context.totalLimit)
        return u"The answer of %1 was not complete within %2; raise the backend's total time limit."_s
            .arg(host, limit);
    switch (context.phase) {
    case UpstreamPhase::Resolving:
        return u"The name %1 was not resolved within %2; check the network and its DNS server."_s
            .arg(host, limit);
    case UpstreamPhase::Connecting:
        return u"%1 did not accept a connection within %2; check the network, a firewall or the proxy."_s
            .arg(host, limit);
    case UpstreamPhase::Handshake:
        return u"The TLS handshake with %1 took longer than %2; a firewall or proxy may hold it back."_s
            .arg(host, limit);
    case UpstreamPhase::Sending:
        return u"%1 took none of the request's bytes for %2; try again, or send a smaller request."_s
            .arg(host, limit);
    case UpstreamPhase::Waiting:
        return u"%1 sent no byte of an answer within %2; try again, or raise the backend's "
               u"first-byte "
               "limit."_s.arg(host, limit);
    case UpstreamPhase::Receiving:
        return u"%1 stopped in the middle of its answer for %2; try again, or raise the backend's "
               u"idle "
               "limit."_s.arg(host, limit);
    }
    return {};
}

QString closedMessage(const FailureContext &context, const QString &host) {
    switch (context.phase) {
    case UpstreamPhase::Sending:
        return u"%1 closed the connection while the request was being sent; try again."_s.arg(host);
    case UpstreamPhase::Receiving:
        return u"%1 closed the connection before the head of its answer was complete; try again."_s
            .arg(host);
    default:
        return u"%1 closed the connection without an answer; try again."_s.arg(host);
    }
}

QString unknownAuthorityMessage(const FailureContext &context, const QString &host) {
    if (context.hasCaFile)
        return u"The certificate of %1 is signed by an authority that neither this computer nor "
               u"the "
               "backend's CA file knows; check that the CA file is the right one."_s.arg(host);
    return u"The certificate of %1 is signed by an authority that this computer does not know; if "
           u"your "
           "company inspects TLS, name its CA file in the backend's settings."_s.arg(host);
}

} // namespace

QString inWords(std::chrono::milliseconds time) {
    const qint64 ms = time.count();
    if (ms >= 60'000 && ms % 60'000 == 0)
        return u"%1 min"_s.arg(ms / 60'000);
    if (ms >= 1000 && ms % 1000 == 0)
        return u"%1 s"_s.arg(ms / 1000);
    return u"%1 ms"_s.arg(ms);
}

Error upstreamError(UpstreamCause cause, const FailureContext &context) {
    const QString host = QString::fromUtf8(context.target.host);
    const QString authority = QString::fromUtf8(context.target.authority());
    const QString proxy = proxyInWords(context.proxy);
    const auto error = [&context](ErrorCode code, const QString &message) {
        return Error{code, message, context.detail};
    };
    switch (cause) {
    case UpstreamCause::NameNotResolved:
        return error(
            ErrorCode::NameNotResolved,
            u"The name %1 cannot be resolved; check the endpoint's spelling and the network."_s.arg(
                host));
    case UpstreamCause::ProxyNotResolved:
        return error(
            ErrorCode::ProxyFailed,
            u"The name of the proxy %1 cannot be resolved; check the proxy's address."_s.arg(
                proxy));
    case UpstreamCause::ProxyUnreachable:
        return error(
            ErrorCode::ProxyFailed,
            u"The proxy %1 cannot be reached; check its address and whether it runs."_s.arg(proxy));
    case UpstreamCause::ProxyRefused:
        return error(
            ErrorCode::ProxyFailed,
            u"The proxy %1 did not let a connection to %2 through; ask who runs the proxy, or "
            "check its user name and password."_s.arg(proxy, authority));
    case UpstreamCause::Refused:
        return error(
            ErrorCode::ConnectionRefused,
            u"Nothing answers at %1; check the endpoint's address and port."_s.arg(authority));
    case UpstreamCause::Unreachable:
        return error(
            ErrorCode::ConnectionFailed,
            u"%1 cannot be reached; check the network, a firewall or the proxy."_s.arg(authority));
    case UpstreamCause::CertificateExpired:
        return error(
            ErrorCode::TlsFailed,
            u"The certificate of %1 has expired; check this computer's clock, or ask who runs "
            "that server to renew it."_s.arg(host));
    case UpstreamCause::CertificateNotYetValid:
        return error(
            ErrorCode::TlsFailed,
            u"The certificate of %1 is not valid yet; check this computer's clock."_s.arg(host));
    case UpstreamCause::CertificateWrongName:
        return error(
            ErrorCode::TlsFailed,
            u"The server that answers for %1 shows the certificate of another name; check the "
            "endpoint's spelling."_s.arg(host));
    case UpstreamCause::CertificateUnknownAuthority:
        return error(ErrorCode::TlsFailed, unknownAuthorityMessage(context, host));
    case UpstreamCause::CertificateRejected:
        return error(ErrorCode::TlsFailed,
                     u"The certificate of %1 was not accepted; the detail says why."_s.arg(host));
    case UpstreamCause::TlsFailed:
        return error(
            ErrorCode::TlsFailed,
            u"No TLS connection could be made with %1; check that it serves https with TLS 1.2 "
            "or newer and that no firewall cuts it."_s.arg(authority));
    case UpstreamCause::TimedOut:
        return error(ErrorCode::TimedOut, timedOutMessage(context, host));
    case UpstreamCause::Queued:
        return error(
            ErrorCode::Overloaded,
            u"All %1 connections to %2 were busy for %3; try again, or raise the backend's "
            "maxConnections."_s.arg(QString::number(context.maxConnections), host,
                                    inWords(context.limit)));
    case UpstreamCause::Closed:
        return error(ErrorCode::UpstreamClosed, closedMessage(context, host));
    case UpstreamCause::Cut:
        return error(ErrorCode::UpstreamClosed,
                     u"%1 cut its answer off in the middle; try again."_s.arg(host));
    case UpstreamCause::NotHttp:
        return error(
            ErrorCode::UpstreamProtocol,
            u"What answers at %1 does not speak HTTP; check the endpoint's address and port."_s.arg(
                authority));
    case UpstreamCause::HeadTooLarge:
        return error(
            ErrorCode::UpstreamProtocol,
            u"The headers of the answer of %1 are too long; check that the endpoint is an Azure "
            "OpenAI resource."_s.arg(host));
    case UpstreamCause::BadFraming:
        return error(
            ErrorCode::UpstreamProtocol,
            u"The answer of %1 breaks the rules of HTTP; something between may have damaged it, "
            "so try again."_s.arg(host));
    case UpstreamCause::StreamReset:
        return error(ErrorCode::UpstreamClosed,
                     u"%1 broke the request off on its side; try again."_s.arg(host));
    case UpstreamCause::OutOfMemory:
        return error(ErrorCode::Internal,
                     u"There is not enough memory left; close other programs."_s);
    case UpstreamCause::Other:
        break;
    }
    return error(ErrorCode::ConnectionFailed,
                 u"The request to %1 failed; the detail says why."_s.arg(host));
}

} // namespace quaygate
