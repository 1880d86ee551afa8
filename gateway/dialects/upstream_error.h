#pragma once

#include "gateway/dialects/json_view.h"

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// An error as an upstream tells it, in any of the shapes that Azure, API Management and OpenAI
/// use.
struct UpstreamError {
    QByteArray message; ///< UTF-8; empty if the body says nothing (or is a page of HTML)
    QByteArray code;    ///< a number comes as its digits
    QByteArray type;
    QByteArray param;
};

UpstreamError readUpstreamError(QByteArrayView body);
/// Of an object that may have a member `error`, or be one.
UpstreamError readUpstreamError(const JsonView &object);

} // namespace quaygate::dialects
