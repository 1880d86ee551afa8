#include "app/client_key_command.h"

#include "app/commands.h"
#include "gateway/config/config_store.h"
#include "gateway/config/names.h"
#include "gateway/rules/client_key.h"

#include <QCommandLineParser>
#include <QEventLoop>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr auto usage =
    "usage: quaygate client-key add NAME [--route ROUTE]... [--model MODEL]... [--config FILE]\n"
    "       quaygate client-key list [--config FILE]\n"
    "       quaygate client-key remove NAME [--config FILE]\n"
    "\n"
    "add makes a key for a local tool and prints it, once; only its hash is kept. ROUTE and MODEL "
    "are\n"
    "what the key may use, each with one * at most; without them it may use all. list prints a key "
    "a\n"
    "line: name, routes and models, separated by tabs.\n";

struct Asked {
    enum class Action { Add, List, Remove, Help };

    Action action = Action::Help;
    QString name;
    QStringList routes;
    QStringList models;
    QString file;
};

Error wrongUse(const QString &message) {
    return {ErrorCode::BadRequest, message, {}};
}

Result<Asked> readArguments(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{u"config"_s, u"The configuration file."_s, u"FILE"_s},
                       {u"route"_s, u"A route that the key may use."_s, u"ROUTE"_s},
                       {u"model"_s, u"A model that the key may use."_s, u"MODEL"_s},
                       {{u"h"_s, u"help"_s}, u"Show this help."_s}});
    if (!parser.parse(QStringList{u"quaygate client-key"_s} + arguments))
        return wrongUse(parser.errorText());
    if (parser.isSet(u"help"_s))
        return Asked{};
    const QStringList words = parser.positionalArguments();
    const QString action = words.value(0);
    const bool named = action == u"add"_s || action == u"remove"_s;
    if (!named && action != u"list"_s)
        return wrongUse(action.isEmpty()
                            ? u"Say what to do: add, list or remove."_s
                            : u"There is no \"%1\"; say add, list or remove."_s.arg(action));
    if (words.size() != (named ? 2 : 1))
        return wrongUse(named ? u"Give one name of a key."_s : u"list takes no more words."_s);
    if (action != u"add"_s && (parser.isSet(u"route"_s) || parser.isSet(u"model"_s)))
        return wrongUse(u"Only add takes --route and --model."_s);
    Asked asked;
    asked.action = action == u"add"_s    ? Asked::Action::Add
                   : action == u"list"_s ? Asked::Action::List
                                         : Asked::Action::Remove;
    asked.name = words.value(1);
    asked.routes = parser.values(u"route"_s);
    asked.models = parser.values(u"model"_s);
    asked.file = parser.isSet(u"config"_s) ? parser.value(u"config"_s) : ConfigStore::defaultFile();
    return asked;
}

/// One run of the command on the configuration.
class ClientKeys {
public:
    ClientKeys(const QString &file, QIODevice &out, QIODevice &err)
        : m_store(file), m_out(out), m_err(err) {}

    int run(const Asked &asked) {
        if (!load())
            return 1;
        switch (asked.action) {
        case Asked::Action::Add:
            return add(asked);
        case Asked::Action::Remove:
            return remove(asked.name);
        case Asked::Action::List:
        case Asked::Action::Help:
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

    int add(const Asked &asked) {
        Config config = *m_store.snapshot();
        if (const QString wrong = nameProblem(u"A client key"_s, asked.name); !wrong.isEmpty())
            return complain(wrong);
        if (placeOf(config, asked.name) >= 0)
            return complain(u"There is a client key \"%1\" already; remove it first, or choose "
                            "another name."_s.arg(asked.name));
        const NewClientKey made = makeClientKey();
        ClientKey key;
        key.name = asked.name;
        key.hash = made.hash;
        if (!asked.routes.isEmpty())
            key.routes = asked.routes;
        if (!asked.models.isEmpty())
            key.models = asked.models;
        config.clientKeys.append(key);
        if (const auto saved = save(config); !saved)
            return complain(saved.error().message);
        return show(made.key, config.gateway.clientKeys);
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
            const QString line =
                key.name + u'\t' + key.routes.join(u',') + u'\t' + key.models.join(u',') + u'\n';
            m_out.write(line.toUtf8());
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
    const auto asked = readArguments(arguments);
    if (!asked) {
        err.write("quaygate: " + asked.error().message.toUtf8() + '\n' + usage);
        return 2;
    }
    if (asked->action == Asked::Action::Help) {
        out.write(usage);
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
