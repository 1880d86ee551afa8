#include "tests/signin/token_desk.h"

using namespace Qt::StringLiterals;

namespace quaygate::test {

QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &headers) {
    return "HTTP/1.1 " + QByteArray::number(status) + " x\r\nContent-Type: application/json\r\n" +
           headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray tokenAnswer(const QByteArray &token, int seconds) {
    return httpAnswer(200, R"({"token_type":"Bearer","expires_in":)" + QByteArray::number(seconds) +
                               R"(,"access_token":")" + token + "\"}");
}

TokenDesk::TokenDesk() {
    entra.onRequest = [this](UpstreamPeer &peer, const RawRequest &) {
        ++fetches;
        if (hold)
            m_held = &peer;
        else
            send(peer, fetches);
    };
    const auto secrets = [this](const Auth &auth, SecretStore::ReadDone done) {
        ++secretReads;
        secretsAsked.append(auth);
        done(secret);
    };
    service = std::make_unique<TokenService>(
        secrets, QProcessEnvironment(),
        TokenClock{[this] { return now; }, [this] { return random; }});
}

TokenIdentity TokenDesk::identity(const QString &tenant) const {
    TokenIdentity identity;
    identity.kind = Auth::Kind::EntraClientSecret;
    identity.authority = QString::fromUtf8(entra.url("")); // without a slash
    identity.tenant = tenant;
    identity.clientId = u"11111111-2222-3333-4444-555555555555"_s;
    identity.secret = {SecretReference::Kind::Environment, u"APP_SECRET"_s, {}};
    identity.scope = u"https://cognitiveservices.azure.com/.default"_s;
    return identity;
}

void TokenDesk::obtain(const TokenIdentity &identity, std::optional<quint64> rejected) {
    service->obtain(identity, rejected, [this](const Result<TokenGrant> &grant) {
        if (grant)
            got.append(
                {true, grant->token.reveal().toByteArray(), grant->number, grant->askAgain, {}});
        else
            got.append({false, {}, 0, {}, grant.error()});
    });
}

TokenDesk::Got TokenDesk::obtained(std::optional<quint64> rejected) {
    const qsizetype before = got.size();
    obtain(rejected);
    return waitForGot(before + 1) ? got.last() : Got();
}

bool TokenDesk::waitForFetches(int count) {
    return waitUntil([&] { return fetches >= count; }) && fetches == count;
}

bool TokenDesk::waitForGot(qsizetype count) {
    return waitUntil([&] { return got.size() >= count; }) && got.size() == count;
}

void TokenDesk::answerHeld() {
    hold = false;
    send(*m_held, fetches);
}

void TokenDesk::send(UpstreamPeer &peer, int fetch) {
    peer.send(answer ? answer(fetch) : tokenAnswer("token-" + QByteArray::number(fetch)));
}

bool isClean(const Error &error) {
    const QString text = error.message + error.detail;
    return !text.contains(u"canary"_s, Qt::CaseInsensitive);
}

} // namespace quaygate::test
