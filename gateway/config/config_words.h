#pragma once

#include "gateway/config/config.h"

#include <QString>
#include <QStringView>

#include <optional>

/// The words that the file has for the values of an enumeration: one table for reader and writer.
/// Pure functions.
namespace quaygate {

QString authKindName(Auth::Kind kind);
std::optional<Auth::Kind> authKindNamed(QStringView name);
/// All of them, for a message: "keychain", "env", … or "passthrough".
QString authKindList();

QString secretKindName(SecretReference::Kind kind);
std::optional<SecretReference::Kind> secretKindNamed(QStringView name);

QString providerName(Provider provider);
std::optional<Provider> providerNamed(QStringView name);

} // namespace quaygate
