#pragma once

#include "ui/playground/answer_reader.h"
#include "ui/playground/chat_target.h"

#include <QNetworkReply>

/// Every way in which an answer goes wrong, said in words: what happened and what to do. Pure.
namespace quaygate {

/// `text` is a sentence or two; `detail` is what the service said itself, if that is something
/// else.
struct AnswerProblem {
    QString text;
    QString detail;
};

/// An answer whose status is not 200.
AnswerProblem problemOfStatus(int status, const QByteArray &body, const ChatTarget &target);

/// An error that came in the midst of a stream.
AnswerProblem problemOfStreamError(const QByteArray &body, const ChatTarget &target);

/// No answer at all.
AnswerProblem problemOfConnection(QNetworkReply::NetworkError error, const QString &libraryText,
                                  const ChatTarget &target);

/// A status 200 that is neither an event stream nor JSON.
AnswerProblem problemOfContentType(const QByteArray &contentType);

/// The stream ended before its end.
AnswerProblem problemOfCut(const AnswerReader &answer);

/// What is to be known about an answer that came whole; empty for the common case.
QString noteOnEnd(const AnswerReader &answer);

/// True if the body of a 400 says that this API version does not know `stream_options`.
bool refusesStreamOptions(int status, const QByteArray &body);

} // namespace quaygate
