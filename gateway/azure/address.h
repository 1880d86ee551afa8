#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QString>
#include <QStringList>

namespace quaygate {

/// What a URL of the portal says. Empty fields were not in it.
struct AzureAddress {
    /// As a Backend keeps it: the bare host where https on port 443 without a prefix is meant, else
    /// scheme, host, port and path prefix.
    QString endpoint;
    QString deploymentName;
    /// "v1", "preview" or a date; empty: undecided (a resource root).
    QString apiVersion;
    /// "chat/completions", "responses", …; empty if the URL names none.
    QString operation;
    /// A key found in the query. It must go to a secret store; it is in no other field.
    Secret key;
    /// Sentences for a person: what was dropped, guessed or cannot be served.
    QStringList warnings;
};

/// Reads whatever the portal, a code sample or a person gives as an address: sections 1.3 and 1.4 of the
/// Azure reference. Fails, saying why, on what cannot be one.
Result<AzureAddress> parseAddress(const QString &text);

} // namespace quaygate
