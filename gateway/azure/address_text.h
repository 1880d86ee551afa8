#pragma once

#include "gateway/result.h"

#include <QString>
#include <QStringList>
#include <QStringView>

/// From what someone pasted to the pieces of a URL: steps 1 and 2 of section 1.4 of the Azure
/// reference.
namespace quaygate {

/// The pieces, with `path` and `query` raw and as views into the text that was split: a key in the
/// query is not copied by any of this.
struct UrlParts {
    QString scheme; ///< "https" or "http"; wss and ws count as these
    QString host;   ///< lower case, ASCII (punycode), IPv6 in brackets
    int port = -1;  ///< -1: the scheme's own
    QStringView path;
    QStringView query;
    QStringList warnings;
};

/// Without the white space, quotes and punctuation around it and without a leading HTTP method.
QStringView cleanAddressText(QStringView text);

/// Splits a clean text. A missing scheme means https; a word without a dot is a resource's name.
/// Fails, without ever quoting the text (it may be a key), on what is no http address.
Result<UrlParts> splitAddress(QStringView clean);

} // namespace quaygate
