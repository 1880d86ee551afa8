#include "app/commands.h"
#include "app/keychain_secret_store.h"
#include "app/secret_input.h"
#include "gateway/secrets/secret_name.h"

#include <QEventLoop>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int exitGood = 0;
constexpr int exitFailed = 1;
constexpr int exitWrongUse = 2;

constexpr auto usage = "usage: quaygate secret set NAME     save a key, read from standard input\n"
                       "       quaygate secret list         print the names of the keys\n"
                       "       quaygate secret remove NAME  remove a key\n";

int wrongUse() {
    std::fputs(usage, stderr);
    return exitWrongUse;
}

int complain(const Error &error, int exitCode) {
    std::fprintf(stderr, "quaygate: %s\n", qPrintable(error.message));
    if (!error.detail.isEmpty() && !error.message.contains(error.detail))
        std::fprintf(stderr, "quaygate: %s\n", qPrintable(error.detail));
    return exitCode;
}

/// What `call` hands to its callback, waited for in an event loop.
template<typename Answer, typename Call>
Answer waitFor(Call call) {
    QEventLoop loop;
    std::optional<Answer> answer;
    call([&](Answer given) {
        answer.emplace(std::move(given));
        loop.quit();
    });
    loop.exec();
    return std::move(*answer);
}

int set(SecretStore &store, const QString &name) {
    const Result<Secret> secret =
        readSecretInput(u"The key to save as \"%1\" (it is not shown): "_s.arg(name));
    if (!secret.ok())
        return complain(secret.error(), exitFailed);
    const auto written = waitFor<Result<void>>(
        [&](SecretStore::Done done) { store.write(name, *secret, std::move(done)); });
    return written.ok() ? exitGood : complain(written.error(), exitFailed);
}

int remove(SecretStore &store, const QString &name) {
    const auto removed =
        waitFor<Result<void>>([&](SecretStore::Done done) { store.remove(name, std::move(done)); });
    return removed.ok() ? exitGood : complain(removed.error(), exitFailed);
}

int list(SecretStore &store) {
    const auto names = waitFor<Result<QStringList>>(
        [&](SecretStore::NamesDone done) { store.names(std::move(done)); });
    if (!names.ok())
        return complain(names.error(), exitFailed);
    for (const QString &name : *names)
        std::printf("%s\n", qPrintable(name));
    return exitGood;
}

} // namespace

int runSecret(const QStringList &arguments) {
    const QString action = arguments.value(0);
    const QString name = arguments.value(1);
    if (action == u"--help"_s || action == u"-h"_s) {
        std::fputs(usage, stdout);
        return exitGood;
    }
    if (action == u"list"_s && arguments.size() == 1) {
        KeychainSecretStore store;
        return list(store);
    }
    if ((action != u"set"_s && action != u"remove"_s) || arguments.size() != 2)
        return wrongUse();
    if (const auto valid = checkSecretName(name); !valid.ok())
        return complain(valid.error(), exitWrongUse);
    KeychainSecretStore store;
    return action == u"set"_s ? set(store, name) : remove(store, name);
}

} // namespace quaygate
