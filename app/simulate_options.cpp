#include "app/simulate_options.h"

#include <QCommandLineParser>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int longestLifetime = 86'400;

Error wrong(const QString &message) {
    return {ErrorCode::BadRequest, message, {}};
}

/// "NAME=MODEL" or "NAME=MODEL;FAULT", the fault with its own parameters.
Result<SimulatedDeployment> readDeployment(const QString &text) {
    const qsizetype equals = text.indexOf(u'=');
    const QString rest = equals < 0 ? QString() : text.mid(equals + 1);
    const qsizetype semicolon = rest.indexOf(u';');
    SimulatedDeployment deployment;
    deployment.name = text.left(equals).trimmed();
    deployment.model = (semicolon < 0 ? rest : rest.left(semicolon)).trimmed();
    if (semicolon >= 0)
        deployment.fault = rest.mid(semicolon + 1).trimmed();
    if (equals <= 0 || deployment.name.isEmpty() || deployment.model.isEmpty())
        return wrong(u"\"%1\" is no deployment; write NAME=MODEL or NAME=MODEL;FAULT."_s.arg(text));
    if (!deployment.fault.isEmpty()) {
        if (const auto problem = checkSimulatorFault(deployment.fault))
            return *problem;
    }
    return deployment;
}

Result<QList<SimulatedDeployment>> readDeployments(const QStringList &texts) {
    if (texts.isEmpty())
        return SimulatorSettings::demoDeployments();
    QList<SimulatedDeployment> deployments;
    for (const QString &text : texts) {
        const Result<SimulatedDeployment> deployment = readDeployment(text);
        if (!deployment)
            return deployment.error();
        for (const SimulatedDeployment &other : deployments) {
            if (other.name.compare(deployment->name, Qt::CaseInsensitive) == 0)
                return wrong(u"There are two deployments named \"%1\"."_s.arg(deployment->name));
        }
        deployments.append(*deployment);
    }
    return deployments;
}

Result<Secret> keyFrom(const QString &variable) {
    QByteArray value = qgetenv(variable.toLocal8Bit().constData());
    if (value.isEmpty())
        return Error{
            ErrorCode::VariableNotSet,
            u"The environment variable %1 is not set; set it, or name another one."_s.arg(variable),
            {}};
    return Secret(std::move(value));
}

Result<quint16> readPort(const QString &text) {
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port > 65535)
        return wrong(u"\"%1\" is no port; a port is 0 (any free one) to 65535."_s.arg(text));
    return static_cast<quint16>(port);
}

Result<std::chrono::seconds> readLifetime(const QString &text) {
    bool isNumber = false;
    const int seconds = text.toInt(&isNumber);
    if (!isNumber || seconds < 1 || seconds > longestLifetime)
        return wrong(
            u"\"%1\" is no lifetime; write a number of seconds from 1 to %2."_s.arg(text).arg(
                longestLifetime));
    return std::chrono::seconds(seconds);
}

} // namespace

Result<SimulateOptions> readSimulateOptions(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{u"port"_s, {}, u"N"_s, u"0"_s},
                       {u"key-env"_s, {}, u"VAR"_s},
                       {u"key"_s, {}, u"K"_s},
                       {u"deployment"_s, {}, u"D"_s},
                       {u"token-lifetime"_s, {}, u"S"_s},
                       {{u"h"_s, u"help"_s}, {}}});
    if (!parser.parse(QStringList{u"simulate"_s} + arguments))
        return wrong(parser.errorText() + u" See quaygate simulate --help."_s);
    if (!parser.positionalArguments().isEmpty())
        return wrong(u"\"%1\" is one argument too many. See quaygate simulate --help."_s.arg(
            parser.positionalArguments().first()));
    if (parser.isSet(u"key"_s) && parser.isSet(u"key-env"_s))
        return wrong(u"Give either --key or --key-env, not both."_s);

    SimulateOptions options;
    options.help = parser.isSet(u"help"_s);
    const Result<quint16> port = readPort(parser.value(u"port"_s));
    if (!port)
        return port.error();
    options.settings.port = *port;
    const Result<QList<SimulatedDeployment>> deployments =
        readDeployments(parser.values(u"deployment"_s));
    if (!deployments)
        return deployments.error();
    options.settings.deployments = *deployments;
    if (parser.isSet(u"token-lifetime"_s)) {
        const auto lifetime = readLifetime(parser.value(u"token-lifetime"_s));
        if (!lifetime)
            return lifetime.error();
        options.settings.tokenLifetime = *lifetime;
    }
    if (parser.isSet(u"key"_s))
        options.settings.key = Secret(parser.value(u"key"_s).toUtf8());
    if (parser.isSet(u"key-env"_s)) {
        Result<Secret> key = keyFrom(parser.value(u"key-env"_s));
        if (!key)
            return key.error();
        options.settings.key = *key;
    }
    return options;
}

QString simulateHelp() {
    return uR"(Usage: quaygate simulate [--port N] [--key-env VAR | --key K] [--token-lifetime S]
                         [--deployment NAME=MODEL[;FAULT]]...

An Azure OpenAI look-alike on 127.0.0.1, until it is interrupted.

  --port N           listen on this port; 0 (the default) takes any free one
  --key-env VAR      ask for the key that this environment variable holds
  --key K            ask for the key K; other users of this machine can read it in the
                     list of processes, so use it for made-up keys only
  --deployment D     NAME=MODEL, or NAME=MODEL;FAULT for one that fails; may be repeated.
                     Without it: gpt-4.1-mini, o4-mini, text-embedding-3-small, gpt-5-codex,
                     gpt-35-turbo, gpt-image-1, whisper, gpt-4o-mini-tts and claude-sonnet-4-5
  --token-lifetime S the access tokens that its Entra ID grants end after S seconds

Without a key, every key is accepted, and none. docs/simulator.md lists the faults.)"_s;
}

} // namespace quaygate
