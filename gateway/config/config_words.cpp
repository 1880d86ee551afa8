#include "gateway/config/config_words.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

template<typename T>
struct Word {
    T value;
    QLatin1StringView name;
};

constexpr Word<Auth::Kind> authKinds[] = {
    {Auth::Kind::Keychain, "keychain"_L1},
    {Auth::Kind::Environment, "env"_L1},
    {Auth::Kind::None, "none"_L1},
    {Auth::Kind::EntraClientSecret, "entra-client-secret"_L1},
    {Auth::Kind::EntraManagedIdentity, "entra-managed-identity"_L1},
    {Auth::Kind::AzureCli, "azure-cli"_L1},
    {Auth::Kind::Passthrough, "passthrough"_L1},
};

constexpr Word<SecretReference::Kind> secretKinds[] = {
    {SecretReference::Kind::Keychain, "keychain"_L1},
    {SecretReference::Kind::Environment, "env"_L1},
};

constexpr Word<Provider> providers[] = {
    {Provider::AzureOpenAi, "azure-openai"_L1},
    {Provider::Anthropic, "anthropic"_L1},
};

constexpr Word<GatewaySettings::ClientKeys> clientKeyWords[] = {
    {GatewaySettings::ClientKeys::Off, "off"_L1},
    {GatewaySettings::ClientKeys::Optional, "optional"_L1},
    {GatewaySettings::ClientKeys::Required, "required"_L1},
};

constexpr Word<GuardRule::Action> guardActions[] = {
    {GuardRule::Action::Reject, "reject"_L1},
    {GuardRule::Action::Mask, "mask"_L1},
};

constexpr Word<GuardBuiltin> guardBuiltins[] = {
    {GuardBuiltin::Ssn, "ssn"_L1},     {GuardBuiltin::CreditCard, "creditCard"_L1},
    {GuardBuiltin::Phone, "phone"_L1}, {GuardBuiltin::Email, "email"_L1},
    {GuardBuiltin::CaSin, "caSin"_L1},
};

constexpr Word<RateLimit::Per> ratePeriods[] = {
    {RateLimit::Per::Second, "second"_L1},
    {RateLimit::Per::Minute, "minute"_L1},
    {RateLimit::Per::Hour, "hour"_L1},
};

constexpr Word<Budget::Per> budgetPeriods[] = {
    {Budget::Per::Day, "day"_L1},
    {Budget::Per::Month, "month"_L1},
};

constexpr const auto &tableOf(GatewaySettings::ClientKeys) {
    return clientKeyWords;
}
constexpr const auto &tableOf(GuardRule::Action) {
    return guardActions;
}
constexpr const auto &tableOf(GuardBuiltin) {
    return guardBuiltins;
}
constexpr const auto &tableOf(RateLimit::Per) {
    return ratePeriods;
}
constexpr const auto &tableOf(Budget::Per) {
    return budgetPeriods;
}

template<typename T, std::size_t N>
QString nameOf(const Word<T> (&words)[N], T value) {
    const auto found = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word<T> &word) { return word.value == value; });
    return found == std::end(words) ? QString() : QString(found->name);
}

template<typename T, std::size_t N>
std::optional<T> valueNamed(const Word<T> (&words)[N], QStringView name) {
    const auto found = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word<T> &word) { return word.name == name; });
    return found == std::end(words) ? std::nullopt : std::optional(found->value);
}

template<typename T, std::size_t N>
QString listOf(const Word<T> (&words)[N]) {
    QStringList names;
    for (const Word<T> &word : words)
        names.append(u'"' + QString(word.name) + u'"');
    const QString last = names.takeLast();
    return names.join(u", "_s) + u" or "_s + last;
}

} // namespace

QString authKindName(Auth::Kind kind) {
    return nameOf(authKinds, kind);
}

std::optional<Auth::Kind> authKindNamed(QStringView name) {
    return valueNamed(authKinds, name);
}

QString authKindList() {
    return listOf(authKinds);
}

QString secretKindName(SecretReference::Kind kind) {
    return nameOf(secretKinds, kind);
}

std::optional<SecretReference::Kind> secretKindNamed(QStringView name) {
    return valueNamed(secretKinds, name);
}

QString providerName(Provider provider) {
    return nameOf(providers, provider);
}

std::optional<Provider> providerNamed(QStringView name) {
    return valueNamed(providers, name);
}

template<typename T>
QString wordOf(T value) {
    return nameOf(tableOf(value), value);
}

template<typename T>
std::optional<T> valueOf(QStringView word) {
    return valueNamed(tableOf(T{}), word);
}

template<typename T>
QString wordList() {
    return listOf(tableOf(T{}));
}

template<typename T>
QList<T> allValues() {
    QList<T> values;
    for (const auto &word : tableOf(T{}))
        values.append(word.value);
    return values;
}

#define QUAYGATE_WORDS(T)                                                                          \
    template QString wordOf<T>(T);                                                                 \
    template std::optional<T> valueOf<T>(QStringView);                                             \
    template QString wordList<T>();                                                                \
    template QList<T> allValues<T>();
QUAYGATE_WORDS(GatewaySettings::ClientKeys)
QUAYGATE_WORDS(GuardRule::Action)
QUAYGATE_WORDS(GuardBuiltin)
QUAYGATE_WORDS(RateLimit::Per)
QUAYGATE_WORDS(Budget::Per)
#undef QUAYGATE_WORDS

} // namespace quaygate
