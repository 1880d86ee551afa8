#pragma once

#include "gateway/config/config.h"

#include <QList>
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

/// The same for the other enumerations: GatewaySettings::ClientKeys, GuardRule::Action,
/// GuardBuiltin, RateLimit::Per and Budget::Per.
template<typename T>
QString wordOf(T value);
template<typename T>
std::optional<T> valueOf(QStringView word);
/// All of them, for a message: "second", "minute" or "hour".
template<typename T>
QString wordList();
/// All of them, in the order of the file's documentation.
template<typename T>
QList<T> allValues();

} // namespace quaygate
