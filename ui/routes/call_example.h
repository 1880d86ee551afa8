#pragma once

#include "gateway/config/config.h"

#include <QString>

/// How to call a route from somewhere else.
namespace quaygate {

/// "http://127.0.0.1:8080/azure-openai": what is given to a tool as its base URL.
QString routeUrl(const QString &gatewayUrl, const Route &route);

/// A curl command in several lines that asks for a chat completion, ready for a POSIX shell.
QString curlExample(const QString &gatewayUrl, const Route &route);

} // namespace quaygate
