#include "app/client_key_arguments.h"

#include "gateway/config/config_store.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

const char *const clientKeyUsage =
    "usage: quaygate client-key add NAME [--route ROUTE]... [--model MODEL]...\n"
    "                                    [--requests RATE]... [--tokens RATE]... [--config FILE]\n"
    "       quaygate client-key change NAME  with the same, of which at least one\n"
    "       quaygate client-key list [--config FILE]\n"
    "       quaygate client-key remove NAME [--config FILE]\n"
    "\n"
    "add makes a key for a local tool and prints it, once; only its hash is kept. change keeps "
    "the\n"
    "key and replaces what is given. list prints a key a line: name, routes, models and limits,\n"
    "separated by tabs.\n"
    "\n"
    "  --route ROUTE     a route that the key may use, with one * at most; usual: all\n"
    "  --model MODEL     a model that it may ask for, likewise\n"
    "  --requests RATE   60/minute, or with at most ten of them at once: 60/minute:10;\n"
    "                    a second, a minute or an hour\n"
    "  --tokens RATE     the same for tokens\n";

namespace {

using Action = ClientKeyArguments::Action;

struct ActionWord {
    const char *word;
    Action action;
    bool isNamed;     ///< takes the name of a key
    bool takesRights; ///< and what it may do
};

constexpr std::array actionWords{
    ActionWord{"list", Action::List, false, false},
    ActionWord{"add", Action::Add, true, true},
    ActionWord{"change", Action::Change, true, true},
    ActionWord{"remove", Action::Remove, true, false},
};

constexpr std::array<std::pair<RateLimit::Per, QLatin1StringView>, 3> perWords{{
    {RateLimit::Per::Second, "second"_L1},
    {RateLimit::Per::Minute, "minute"_L1},
    {RateLimit::Per::Hour, "hour"_L1},
}};

Error wrongUse(const QString &message) {
    return {ErrorCode::BadRequest, message, {}};
}

Result<RateLimit> rateOf(const QString &text, int RateLimit::*counted) {
    static const QRegularExpression shape(
        u"\\A(\\d{1,10})/(second|minute|hour)(?::(\\d{1,10}))?\\z"_s);
    const auto match = shape.match(text);
    RateLimit limit;
    bool good = match.hasMatch();
    if (good)
        limit.*counted = match.captured(1).toInt(&good);
    if (good && match.hasCaptured(3))
        limit.burst = match.captured(3).toInt(&good);
    if (!good)
        return wrongUse(
            u"\"%1\" is no rate; write it as in 60/minute or 60/minute:10."_s.arg(text));
    for (const auto &[per, word] : perWords) {
        if (match.captured(2) == word)
            limit.per = per;
    }
    return limit;
}

Result<QList<RateLimit>> ratesOf(const QCommandLineParser &parser) {
    QList<RateLimit> limits;
    for (const auto &[option, counted] : {std::pair(u"requests"_s, &RateLimit::requests),
                                          std::pair(u"tokens"_s, &RateLimit::tokens)}) {
        for (const QString &text : parser.values(option)) {
            const auto limit = rateOf(text, counted);
            if (!limit)
                return limit.error();
            limits.append(*limit);
        }
    }
    return limits;
}

Result<void> checkWords(const ActionWord &action, const QStringList &words, bool hasRights) {
    if (words.size() != (action.isNamed ? 2 : 1))
        return wrongUse(action.isNamed ? u"Give one name of a key."_s
                                       : u"list takes no more words."_s);
    if (hasRights && !action.takesRights)
        return wrongUse(u"Only add and change take what a key may do."_s);
    if (!hasRights && action.action == Action::Change)
        return wrongUse(u"Say what is to be changed."_s);
    return {};
}

} // namespace

Result<ClientKeyArguments> readClientKeyArguments(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{u"config"_s, u"The configuration file."_s, u"FILE"_s},
                       {u"route"_s, u"A route that the key may use."_s, u"ROUTE"_s},
                       {u"model"_s, u"A model that the key may ask for."_s, u"MODEL"_s},
                       {u"requests"_s, u"How many requests in how long."_s, u"RATE"_s},
                       {u"tokens"_s, u"How many tokens in how long."_s, u"RATE"_s},
                       {{u"h"_s, u"help"_s}, u"Show this help."_s}});
    if (!parser.parse(QStringList{u"quaygate client-key"_s} + arguments))
        return wrongUse(parser.errorText());
    if (parser.isSet(u"help"_s))
        return ClientKeyArguments{};
    const QStringList words = parser.positionalArguments();
    const auto action =
        std::find_if(actionWords.begin(), actionWords.end(), [&](const ActionWord &one) {
            return words.value(0) == QLatin1StringView(one.word);
        });
    if (action == actionWords.end())
        return wrongUse(u"Say what to do: add, change, list or remove."_s);
    const auto limits = ratesOf(parser);
    if (!limits)
        return limits.error();
    const bool hasRights =
        parser.isSet(u"route"_s) || parser.isSet(u"model"_s) || !limits->isEmpty();
    if (const auto good = checkWords(*action, words, hasRights); !good)
        return good.error();
    return ClientKeyArguments{action->action,
                              words.value(1),
                              parser.values(u"route"_s),
                              parser.values(u"model"_s),
                              *limits,
                              parser.isSet(u"config"_s) ? parser.value(u"config"_s)
                                                        : ConfigStore::defaultFile()};
}

QString rateText(const RateLimit &limit) {
    const bool tokens = limit.tokens > 0;
    QString text =
        tokens ? u"%1 tokens/"_s.arg(limit.tokens) : u"%1 requests/"_s.arg(limit.requests);
    for (const auto &[per, word] : perWords) {
        if (limit.per == per)
            text += word;
    }
    return limit.burst > 0 ? text + u':' + QString::number(limit.burst) : text;
}

} // namespace quaygate
