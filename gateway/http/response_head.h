#pragma once

#include "gateway/http/header_list.h"

#include <string>

namespace quaygate {

/// How the end of an answer's body is told to the client.
enum class BodyFraming {
    None,      ///< no body (204, 304, HEAD)
    Length,    ///< the headers hold a Content-Length
    Chunked,   ///< HTTP/1.1
    UntilClose ///< HTTP/1.0 without a length
};

/// Appends the status line and headers of an answer, ready for the wire, ending with the empty
/// line. Adds what the framing and `keepAlive` need and a Date if there is none; leaves out
/// hop-by-hop headers and such as hold line breaks.
void appendResponseHead(std::string &head, int status, const HeaderList &headers,
                        BodyFraming framing, int minorVersion, bool keepAlive);

/// Appends the head of an answer after which the connection speaks another protocol: 101, with what
/// says so.
void appendUpgradeHead(std::string &head, QByteArrayView protocol, const HeaderList &headers);

/// True for headers that concern one connection only (RFC 9110, 7.6.1).
bool isHopByHop(QByteArrayView name);

/// The reason phrase; "Unknown" where there is none.
QByteArrayView reasonPhrase(int status);

} // namespace quaygate
