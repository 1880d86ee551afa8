#pragma once

#include "gateway/azure/error_reading.h"
#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"

#include <QByteArrayView>

/// Which request headers Azure takes a credential in and which of a client's may go to it (sections
/// 4.1 and 6 of the Azure reference). Names compare without case. Pure functions.
namespace quaygate {

/// The header in which Azure takes a key, on both families. (`Authorization: Bearer KEY` works on
/// v1 only.)
inline constexpr QByteArrayView apiKeyHeader{"api-key"};

/// The header that the backend's credential goes in: `Authorization` for a token, else the
/// configured one or `api-key`.
QByteArray credentialHeader(const Auth &auth);
/// The value of that header: "Bearer …" in `Authorization`, else the secret itself.
Secret credentialValue(const Auth &auth, const Secret &secret);

/// What the requests of a backend are signed with, where there is no client of its own.
SignedWith signedWith(const Auth &auth);

/// True for the request headers of a client that are worth sending on. A list of what may go rather
/// than of what may not: Azure answers 431 to more than ten headers that it does not know, and an
/// unknown header may be a credential.
bool isForwardable(QByteArrayView name);

} // namespace quaygate
