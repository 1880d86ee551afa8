#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringDecoder>

namespace quaygate::json {

/// UTF-8 as text. QString::fromUtf8 drops a U+FEFF at the beginning, which behind a quote is no
/// byte order mark but a part of the text.
inline QString textOfUtf8(QByteArrayView bytes) {
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    return decoder(bytes);
}

} // namespace quaygate::json
