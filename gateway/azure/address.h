#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QString>
#include <QStringList>

namespace quaygate {

/// What a URL of the portal says. Empty fields were not in it.
///
/// The endpoint follows one rule, which `upstreamUrl` reads the other way round:
/// - A host without a path prefix is an Azure resource (or stands for one): `/openai` is added.
/// - A path prefix belongs to someone's front, API Management for instance, and is used as it is.
/// It ends in
///   `/openai` where the front wants that segment (`https://corp.azure-api.net/team/openai`), and
///   does not where it does not (`https://corp.azure-api.net/team`).
/// - `…/api/projects/{p}` is a Foundry project: `/openai` is added.
/// - A prefix that ends in `/v1` is the base of the v1 family itself (`https://proxy.corp/v1`).
struct AzureAddress {
    /// As a Backend keeps it: the bare host where https on port 443 without a prefix is meant (and
    /// the host has a dot, so that it is not taken for a resource's name), else scheme, host, port
    /// and path prefix (percent-encoded). Read again, it stays as it is.
    QString endpoint;
    QString deploymentName;
    /// "v1", "preview" or a date; empty: undecided (a resource root).
    QString apiVersion;
    /// "chat/completions", "responses", …; empty if the URL names none. "anthropic/…" and
    /// "speechtotext/…" are kept whole: no backend of Azure OpenAI serves them (a warning says so).
    QString operation;
    /// A key found in the query. It must go to a secret store; it is in no other field.
    Secret key;
    /// Sentences for a person: what was dropped, guessed or cannot be served.
    QStringList warnings;
};

/// Reads whatever the portal, a code sample or a person gives as an address: sections 1.3 and 1.4
/// of the Azure reference. Fails, saying why, on what cannot be one; no message quotes the text,
/// which may hold a key. Pure; any thread.
Result<AzureAddress> parseAddress(const QString &text);

} // namespace quaygate
