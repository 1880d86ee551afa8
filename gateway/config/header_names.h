#pragma once

#include <QByteArrayView>

/// What the name of a request header says about it. Names compare without case. Pure functions.
namespace quaygate {

/// True if HTTP's grammar allows it as a name (RFC 9110, a token).
bool isHeaderName(QByteArrayView name);

/// True for every header that may hold a credential, whoever it is meant for. Such a header of a
/// client is never shown, and is sent on only by a backend that passes the client's credential on.
bool isCredentialHeader(QByteArrayView name);

/// True for what belongs to one connection or describes the body: set by the gateway and by nobody
/// else.
bool isFramingHeader(QByteArrayView name);

} // namespace quaygate
