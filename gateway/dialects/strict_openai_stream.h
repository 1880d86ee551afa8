#pragma once

#include "gateway/dialects/stream_translator.h"

namespace quaygate::dialects {

/// `strictOpenAiEvent` for a whole stream. Events that need no change pass with all their bytes,
/// comments and line ends included; one longer than 16 MiB passes unread.
class StrictOpenAiStream : public StreamTranslator {
public:
    QByteArray feed(QByteArrayView bytes) override;
    QByteArray end() override;

private:
    void endFrame();

    QByteArray m_out;
    QByteArray m_frame; ///< the bytes of the begun event
    bool m_lineIsEmpty = true;
    bool m_lastWasCr = false;
    bool m_dropped = false; ///< the last event was
    bool m_passing = false; ///< the begun event is too long to be kept
};

} // namespace quaygate::dialects
