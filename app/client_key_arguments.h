#pragma once

#include "gateway/config/rules.h"
#include "gateway/result.h"

#include <QStringList>

namespace quaygate {

/// What `quaygate client-key` is asked for. Of the members that say what a key may do, those that
/// were not given are empty.
struct ClientKeyArguments {
    enum class Action { Help, List, Add, Change, Remove };

    Action action = Action::Help;
    QString name;
    QStringList routes;
    QStringList models;
    QList<RateLimit> rateLimit;
    QString file; ///< of the configuration
};

/// How the command is used, and what it does.
extern const char *const clientKeyUsage;

/// BadRequest for wrong use. Whether names and numbers are good is for the configuration to say.
Result<ClientKeyArguments> readClientKeyArguments(const QStringList &arguments);

/// "60 requests/minute", "100000 tokens/hour:5000", as it is listed.
QString rateText(const RateLimit &limit);

} // namespace quaygate
