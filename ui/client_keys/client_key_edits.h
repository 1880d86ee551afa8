#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

/// What the page of client keys does to a configuration: values in, values out.
namespace quaygate {

/// The key of that name, or null. Valid as long as the configuration is unchanged.
const ClientKey *findClientKey(const Config &config, const QString &name);
/// `wanted`, or the first of wanted-2, wanted-3, … that no key has.
QString uniqueClientKeyName(const Config &config, const QString &wanted);

/// The key of that old name replaced; appended if the old name is empty or gone.
Config withClientKey(Config config, const QString &oldName, const ClientKey &key);
Config withoutClientKey(Config config, const QString &name);
/// `now` with the key back where `before` had it.
Config withClientKeyRestored(Config now, const Config &before, const QString &name);

/// What is wrong with this one key within the configuration; pointers are relative to it.
Problems clientKeyProblems(const Config &config, const QString &oldName, const ClientKey &key);

/// What the key opens, in a few words: "2 routes, gpt-4*".
QString summaryOf(const ClientKey &key);

/// Why keys make no difference now, as a sentence; empty if they do.
QString whyKeysAreNotAsked(const GatewaySettings &gateway);

} // namespace quaygate
