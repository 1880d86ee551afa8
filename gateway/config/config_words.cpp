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

template<typename T, std::size_t N>
QString nameOf(const Word<T> (&words)[N], T value) {
    const auto found = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word<T> &word) { return word.value == value; });
    return found == std::end(words) ? QString() : QString(found->name);
}

template<typename T, std::size_t N>
std::optional<T> valueOf(const Word<T> (&words)[N], QStringView name) {
    const auto found = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word<T> &word) { return word.name == name; });
    return found == std::end(words) ? std::nullopt : std::optional(found->value);
}

} // namespace

QString authKindName(Auth::Kind kind) {
    return nameOf(authKinds, kind);
}

std::optional<Auth::Kind> authKindNamed(QStringView name) {
    return valueOf(authKinds, name);
}

QString authKindList() {
    QStringList names;
    for (const auto &word : authKinds)
        names.append(u'"' + QString(word.name) + u'"');
    const QString last = names.takeLast();
    return names.join(u", "_s) + u" or "_s + last;
}

QString secretKindName(SecretReference::Kind kind) {
    return nameOf(secretKinds, kind);
}

std::optional<SecretReference::Kind> secretKindNamed(QStringView name) {
    return valueOf(secretKinds, name);
}

QString providerName(Provider provider) {
    return nameOf(providers, provider);
}

std::optional<Provider> providerNamed(QStringView name) {
    return valueOf(providers, name);
}

} // namespace quaygate
