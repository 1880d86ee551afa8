#pragma once

#include "gateway/dialects/upstream_error.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// Anthropic's name for the kind of error that an HTTP status stands for.
QByteArray messagesErrorType(int status);

/// An error in Anthropic's shape; `message` is UTF-8, `requestId` may be empty.
QByteArray messagesError(QByteArrayView type, QByteArrayView message,
                         QByteArrayView requestId = {});

/// An upstream's error answer in Anthropic's shape. The message stays; what clients wait for to
/// shorten a conversation ("prompt is too long") is put before it where that is the cause.
QByteArray upstreamErrorAsMessages(int status, QByteArrayView body, QByteArrayView requestId = {});

/// The same for an error in a stream, which has no status.
QByteArray streamErrorAsMessages(const UpstreamError &error);

} // namespace quaygate::dialects
