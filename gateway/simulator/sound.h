#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace quaygate::simulator {

/// Sounds that any player plays. A word is a tone of a tenth of a second at speed 1, whose pitch
/// depends on the word; as MP3, which would take an encoder, it is as much silence.
inline constexpr int samplesPerSecond = 24'000;

/// Mono, 16 bits, little-endian.
QByteArray pcmTone(const QString &word, double speed);

/// The head of a WAV file with so many bytes of `pcmTone`s.
QByteArray wavHead(qsizetype dataBytes);

/// One whole number of MP3 frames.
QByteArray mp3Silence(double seconds);

inline constexpr double secondsPerWord = 0.1;

/// How long a WAV file plays, in seconds; nothing if it is none.
std::optional<double> wavDuration(const QByteArray &file);

} // namespace quaygate::simulator
