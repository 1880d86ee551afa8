#include "tests/ui/desk.h"

#include "gateway/config/config_json.h"
#include "tests/support/event_loop.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace quaygate::test {

template<typename Callback>
void FakeKeychain::refuse(Callback done) {
    QMetaObject::invokeMethod(
        &m_context,
        [done] {
            done(
                Error{ErrorCode::SecretStoreMissing,
                      u"There is no keychain on this computer; install gnome-keyring or KWallet."_s,
                      u"org.freedesktop.secrets was not provided by any .service files"_s});
        },
        Qt::QueuedConnection);
}

void FakeKeychain::read(const QString &name, ReadDone done) {
    missing ? refuse(std::move(done)) : m_store.read(name, std::move(done));
}

void FakeKeychain::write(const QString &name, const Secret &secret, Done done) {
    missing ? refuse(std::move(done)) : m_store.write(name, secret, std::move(done));
}

void FakeKeychain::remove(const QString &name, Done done) {
    missing ? refuse(std::move(done)) : m_store.remove(name, std::move(done));
}

void FakeKeychain::names(NamesDone done) {
    missing ? refuse(std::move(done)) : m_store.names(std::move(done));
}

namespace {

SecretSource sourceOf(SecretLookup &secrets) {
    return [&secrets](const Auth &auth, SecretStore::ReadDone done) {
        if (auth.kind == Auth::Kind::Keychain)
            secrets.readKeychain(auth.name, std::move(done));
        else if (auth.kind == Auth::Kind::Environment)
            secrets.readEnvironment(auth.name, std::move(done));
        else
            done(Secret());
    };
}

} // namespace

void FakeLoginStart::read(std::function<void(const Result<bool> &)> done) {
    QMetaObject::invokeMethod(
        &m_context, [this, done = std::move(done)] { done(isOn); }, Qt::QueuedConnection);
}

void FakeLoginStart::set(bool on, std::function<void(const Result<void> &)> done) {
    const Result<void> changed =
        refuses ? Result<void>(Error{ErrorCode::FileUnwritable, u"The folder is read-only."_s, {}})
                : Result<void>();
    isOn = refuses ? isOn : on;
    QMetaObject::invokeMethod(
        &m_context, [done = std::move(done), changed] { done(changed); }, Qt::QueuedConnection);
}

Desk::Desk(const Config &start) : Desk(start == Config{} ? QByteArray() : writeConfig(start)) {
}

Desk::Desk(const QByteArray &text)
    : file(folder.filePath(u"config.json"_s)), config(file), gateway(sourceOf(secrets)) {
    QObject::connect(&config, &ConfigStore::changed, &gateway, [this](const Snapshot &snapshot) {
        gateway.forgetSecrets();
        gateway.apply(snapshot);
    });
    begin(text);
}

void Desk::begin(const QByteArray &text) {
    if (!text.isEmpty())
        rewriteFile(text);
    bool loaded = false;
    QObject::connect(&config, &ConfigStore::loaded, &config, [&loaded] { loaded = true; });
    config.load();
    waitUntil([&] { return loaded; });
    QObject::disconnect(&config, &ConfigStore::loaded, &config, nullptr);
}

QByteArray Desk::fileText() const {
    QFile stream(file);
    return stream.open(QIODevice::ReadOnly) ? stream.readAll() : QByteArray();
}

void Desk::rewriteFile(const QByteArray &text) {
    QFile stream(file);
    if (stream.open(QIODevice::WriteOnly | QIODevice::Truncate))
        stream.write(text);
}

QByteArray Desk::stored(SecretStore &store, const QString &name) {
    QByteArray key;
    bool done = false;
    store.read(name, [&](const Result<Secret> &secret) {
        done = true;
        if (secret)
            key = secret->reveal().toByteArray();
    });
    waitUntil([&] { return done; });
    return key;
}

Backend azureBackend(const QString &name) {
    Backend backend;
    backend.name = name;
    backend.endpoint = u"my-endpoint.cognitiveservices.azure.com"_s;
    backend.deploymentName = u"gpt-4.1-mini"_s;
    backend.apiVersion = u"2025-01-01-preview"_s;
    backend.auth = {Auth::Kind::Keychain, name, {}};
    return backend;
}

Route routeTo(const QString &backend, const QString &name) {
    Route route;
    route.name = name;
    route.match.pathPrefix = u'/' + name;
    route.backends = {RouteBackend{backend}};
    return route;
}

Config smallConfig() {
    Config config;
    config.gateway.port = 0;
    config.backends = {azureBackend()};
    config.routes = {routeTo(u"azure-openai"_s)};
    return config;
}

} // namespace quaygate::test
