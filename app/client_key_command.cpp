#include "app/client_key_command.h"

#include "app/client_key_arguments.h"
#include "app/commands.h"
#include "gateway/config/config_store.h"
#include "gateway/rules/client_key.h"

#include <QEventLoop>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Action = ClientKeyArguments::Action;

/// One run of the command on the configuration.
class ClientKeys {
public:
    ClientKeys(const QString &file, QIODevice &out, QIODevice &err)
        : m_store(file), m_out(out), m_err(err) {}

    int run(const ClientKeyArguments &asked) {
        if (!load())
            return 1;
        switch (asked.action) {
        case Action::Add:
            return add(asked);
        case Action::Change:
            return change(asked);
        case Action::Remove:
            return remove(asked.name);
        case Action::List:
        case Action::Help:
            break;
        }
        return list();
    }

private:
    bool load() {
        QEventLoop loop;
        QObject::connect(&m_store, &ConfigStore::loaded, &loop, &QEventLoop::quit);
        m_store.load();
        loop.exec();
        if (m_store.problems().isEmpty())
            return true;
        complain(u"%1 cannot be used:\n%2"_s.arg(m_store.file(), describe(m_store.problems())));
        return false;
    }

    Result<void> save(const Config &config) {
        QEventLoop loop;
        std::optional<Result<void>> outcome;
        m_store.save(config, [&](const Result<void> &saved) {
            outcome = saved;
            loop.quit();
        });
        loop.exec();
        return *outcome;
    }

    int add(const ClientKeyArguments &asked) {
        Config config = *m_store.snapshot();
        if (placeOf(config, asked.name) >= 0)
            return complain(u"There is a client key \"%1\" already; remove it first, or choose "
                            "another name."_s.arg(asked.name));
        const NewClientKey made = makeClientKey();
        ClientKey key;
        key.name = asked.name;
        key.hash = made.hash;
        applyRights(asked, key);
        config.clientKeys.append(key);
        if (const auto saved = save(config); !saved)
            return complain(saved.error().message);
        return show(made.key, config.gateway.clientKeys);
    }

    int change(const ClientKeyArguments &asked) {
        Config config = *m_store.snapshot();
        const qsizetype place = placeOf(config, asked.name);
        if (place < 0)
            return complain(u"There is no client key \"%1\"."_s.arg(asked.name));
        applyRights(asked, config.clientKeys[place]);
        const auto saved = save(config);
        return saved ? 0 : complain(saved.error().message);
    }

    static void applyRights(const ClientKeyArguments &asked, ClientKey &key) {
        if (!asked.routes.isEmpty())
            key.routes = asked.routes;
        if (!asked.models.isEmpty())
            key.models = asked.models;
        if (!asked.rateLimit.isEmpty())
            key.rules.rateLimit = asked.rateLimit;
    }

    int show(const Secret &key, GatewaySettings::ClientKeys mode) {
        const QByteArrayView text = key.reveal();
        if (m_out.write(text.data(), text.size()) != text.size() || m_out.write("\n") != 1)
            return complain(u"The key was saved but could not be printed; remove it and add "
                            "another."_s);
        complain(u"This is the only time that the key is shown."_s);
        if (mode == GatewaySettings::ClientKeys::Off)
            complain(u"Client keys are switched off; the gateway looks at them once "
                     "\"clientKeys\" of \"gateway\" is \"optional\" or \"required\"."_s);
        return 0;
    }

    int remove(const QString &name) {
        Config config = *m_store.snapshot();
        const qsizetype place = placeOf(config, name);
        if (place < 0)
            return complain(u"There is no client key \"%1\"."_s.arg(name));
        config.clientKeys.removeAt(place);
        const auto saved = save(config);
        return saved ? 0 : complain(saved.error().message);
    }

    int list() {
        for (const ClientKey &key : m_store.snapshot()->clientKeys) {
            QStringList limits;
            for (const RateLimit &limit : key.rules.rateLimit)
                limits.append(rateText(limit));
            const QStringList columns{key.name, key.routes.join(u','), key.models.join(u','),
                                      limits.join(u',')};
            m_out.write(columns.join(u'\t').toUtf8() + '\n');
        }
        return 0;
    }

    static qsizetype placeOf(const Config &config, const QString &name) {
        const auto &keys = config.clientKeys;
        const auto found = std::find_if(keys.begin(), keys.end(),
                                        [&](const ClientKey &key) { return key.name == name; });
        return found == keys.end() ? -1 : found - keys.begin();
    }

    int complain(const QString &text) {
        m_err.write("quaygate: " + text.toUtf8() + '\n');
        return 1;
    }

    ConfigStore m_store;
    QIODevice &m_out;
    QIODevice &m_err;
};

} // namespace

int clientKeyCommand(const QStringList &arguments, QIODevice &out, QIODevice &err) {
    const auto asked = readClientKeyArguments(arguments);
    if (!asked) {
        err.write("quaygate: " + asked.error().message.toUtf8() + '\n' + clientKeyUsage);
        return 2;
    }
    if (asked->action == Action::Help) {
        out.write(clientKeyUsage);
        return 0;
    }
    return ClientKeys(asked->file, out, err).run(*asked);
}

int runClientKey(const QStringList &arguments) {
    QFile out;
    QFile err;
    // Unbuffered, so that a key that cannot be printed is known of.
    const bool open =
        out.open(stdout, QIODevice::WriteOnly | QIODevice::Text | QIODevice::Unbuffered) &&
        err.open(stderr, QIODevice::WriteOnly | QIODevice::Text | QIODevice::Unbuffered);
    return open ? clientKeyCommand(arguments, out, err) : 1;
}

} // namespace quaygate
