#pragma once

#include "gateway/secrets/secret.h"

#include <QByteArrayView>
#include <QString>

/// The keys that Quaygate gives to local tools. Pure functions but for the one that makes a key.
///
/// Such a key is 256 random bits, so nobody can guess it or try all of them, and its plain SHA-256
/// tells nothing of it. A hash made slow on purpose (Argon2, bcrypt) helps the passwords that
/// people think of; here it would only cost every request.
namespace quaygate {

/// A key as it was made. The text is to be shown once and then forgotten.
struct NewClientKey {
    Secret key;   ///< "qg-" and 43 characters of base64url
    QString hash; ///< for ClientKey::hash
};

/// Random bits of the operating system.
NewClientKey makeClientKey();

/// "sha256:" and 64 hexadecimal digits.
QString hashOfClientKey(const Secret &key);

/// The SHA-256 that stands in such a hash, 32 bytes; empty if it is none.
QByteArray digestOfHash(const QString &hash);

/// True for a text that looks like a key that Quaygate made, whole or not, known or not. It is
/// meant for no one else.
bool looksLikeClientKey(QByteArrayView text);

} // namespace quaygate
