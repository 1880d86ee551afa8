#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"

#include <QByteArrayView>
#include <QList>

#include <optional>
#include <utility>

namespace quaygate {

struct UpstreamRequest;

/// Why a request's line and headers, secret ones included, cannot be sent: nothing is let in that
/// would split a line. BadRequest.
std::optional<Error> requestHeadFault(const UpstreamRequest &request);

/// The header lines of a request as libcurl takes them, all but the secret ones: what belongs to
/// one connection only is left out.
QList<QByteArray> requestHeaderLines(const UpstreamRequest &request);

/// True for headers that a request sets for its own connection, not for what is sent on.
bool isOfTheConnection(QByteArrayView name);

/// True if the request has a body, be it an empty one: most methods say so in any case.
bool sendsBody(const UpstreamRequest &request);

/// The head of an answer. Reads it line by line as libcurl gives it (passes over 1xx heads, ignores
/// trailers), or takes it as somebody else has read it.
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

    /// A new head begins, and what a 1xx one said is forgotten.
    void begin(int status);
    void field(QByteArrayView name, QByteArrayView value) { m_headers.append(name, value); }
    void extendLastField(QByteArrayView more) { m_headers.extendLast(more); }
    void complete() { m_complete = true; }

    bool isComplete() const { return m_complete; }
    int status() const { return m_status; }
    const HeaderList &headers() const { return m_headers; }
    HeaderList takeHeaders() { return std::move(m_headers); }

private:
    bool startsAnswer(QByteArrayView line);
    void readField(QByteArrayView line);

    int m_status = 0;
    HeaderList m_headers;
    qsizetype m_bytes = 0;
    bool m_complete = false;
};

} // namespace quaygate
