#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"

#include <QByteArrayView>
#include <QList>

namespace quaygate {

struct UpstreamRequest;

/// The header lines of a request as they are handed to the wire, all but the secret one: what
/// belongs to one connection only is left out, and nothing is let in that would split a line.
/// BadRequest.
Result<QList<QByteArray>> requestHeaderLines(const UpstreamRequest &request);

/// True if the bytes may stand as a header value: no CR, LF or NUL.
bool isHeaderValue(QByteArrayView value);

/// Reads the head of an answer line by line: passes over 1xx heads, ignores trailers.
class ResponseHead {
public:
    /// More than this many bytes of heads in one answer are too many.
    static constexpr qsizetype maxBytes = 256 * 1024;

    enum class Outcome {
        More,
        Complete, ///< this line ended the final head
        TooLarge,
    };

    /// One line with its line end. After `Complete`, further lines (trailers) change nothing.
    Outcome line(QByteArrayView line);

    bool isComplete() const { return m_complete; }
    int status() const { return m_status; }
    const HeaderList &headers() const { return m_headers; }

private:
    bool startsAnswer(QByteArrayView line);
    void field(QByteArrayView line);

    int m_status = 0;
    HeaderList m_headers;
    qsizetype m_bytes = 0;
    bool m_complete = false;
};

} // namespace quaygate
