#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// An error as OpenAI's clients understand it:
/// {"error":{"message":…,"type":…,"code":…,"param":null}}.
struct ErrorAnswer {
    int status = 500;
    HeaderList headers;
    QByteArray body;
};

/// The one place that turns an Error into HTTP.
ErrorAnswer errorAnswer(const Error &error);

/// The `code` of such an answer: "connection_refused".
QByteArray errorWord(ErrorCode code);

} // namespace quaygate
