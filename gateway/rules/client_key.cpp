#include "gateway/rules/client_key.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr auto base64url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr QByteArrayView prefix{"qg-"};
constexpr QLatin1StringView hashKind{"sha256:"};
constexpr qsizetype digestSize = 32;

} // namespace

NewClientKey makeClientKey() {
    std::array<quint32, 8> bits;
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    const std::span<char> bytes(reinterpret_cast<char *>(bits.data()), sizeof bits);
    QByteArray encoded =
        QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())).toBase64(base64url);
    wipe(bytes);
    QByteArray text;
    text.reserve(prefix.size() + encoded.size()); // so that it never moves and leaves a copy
    text.append(prefix).append(encoded);
    wipe(encoded);
    const Secret key(std::move(text));
    return {key, hashOfClientKey(key)};
}

QString hashOfClientKey(const Secret &key) {
    const QByteArray digest = QCryptographicHash::hash(key.reveal(), QCryptographicHash::Sha256);
    return hashKind + QString::fromLatin1(digest.toHex());
}

QByteArray digestOfHash(const QString &hash) {
    if (!hash.startsWith(hashKind))
        return {};
    const QByteArray hex = hash.sliced(hashKind.size()).toLatin1().toLower();
    const QByteArray digest = QByteArray::fromHex(hex);
    // fromHex passes over what is no digit.
    return digest.size() == digestSize && digest.toHex() == hex ? digest : QByteArray();
}

bool looksLikeClientKey(QByteArrayView text) {
    return text.startsWith(prefix);
}

} // namespace quaygate
