#include "gateway/simulator/sound.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int bytesPerSample = 2;
constexpr double loudness = 6'000;

template<typename Number>
QByteArray littleEndian(Number number) {
    QByteArray bytes(sizeof(Number), Qt::Uninitialized);
    qToLittleEndian(number, bytes.data());
    return bytes;
}

/// Between 200 and 800 Hz. Not qHash, whose results may differ from run to run.
double pitchOf(const QString &word) {
    quint32 hash = 2'166'136'261U;
    for (const QChar c : word)
        hash = (hash ^ c.unicode()) * 16'777'619U;
    return 200 + hash % 600;
}

quint32 number(const QByteArray &file, qsizetype at) {
    return qFromLittleEndian<quint32>(file.constData() + at);
}

} // namespace

QByteArray pcmTone(const QString &word, double speed) {
    const int count = std::max(1, static_cast<int>(samplesPerSecond * secondsPerWord / speed));
    const double step = 2 * std::numbers::pi * pitchOf(word) / samplesPerSecond;
    QByteArray bytes(qsizetype(count) * bytesPerSample, Qt::Uninitialized);
    for (int i = 0; i < count; ++i) {
        // Swells and fades, so that words do not click.
        const double swell = std::sin(std::numbers::pi * i / count);
        const auto sample = static_cast<qint16>(loudness * swell * std::sin(step * i));
        qToLittleEndian(sample, bytes.data() + qsizetype(i) * bytesPerSample);
    }
    return bytes;
}

QByteArray wavHead(qsizetype dataBytes) {
    const auto length = static_cast<quint32>(dataBytes);
    return "RIFF"_ba + littleEndian(length + 36) + "WAVEfmt " + littleEndian<quint32>(16) +
           littleEndian<quint16>(1) + littleEndian<quint16>(1) +
           littleEndian<quint32>(samplesPerSecond) +
           littleEndian<quint32>(samplesPerSecond * bytesPerSample) +
           littleEndian<quint16>(bytesPerSample) + littleEndian<quint16>(8 * bytesPerSample) +
           "data" + littleEndian(length);
}

QByteArray mp3Silence(double seconds) {
    // MPEG 1 layer III, 32 kbit/s, 48 kHz, mono: 96 bytes for 1152 samples. Side information of
    // nothing but zeros says that all spectral lines are zero.
    constexpr std::array<uchar, 4> head{0xff, 0xfb, 0x14, 0xc4};
    constexpr int frameBytes = 96;
    constexpr double frameSeconds = 1152.0 / 48'000;
    QByteArray frame(frameBytes, '\0');
    std::copy(head.begin(), head.end(), frame.begin());
    return frame.repeated(std::max(1, static_cast<int>(std::ceil(seconds / frameSeconds))));
}

std::optional<double> wavDuration(const QByteArray &file) {
    if (file.size() < 44 || !file.startsWith("RIFF") || file.sliced(8, 4) != "WAVE")
        return std::nullopt;
    quint32 bytesPerSecond = 0;
    for (qsizetype at = 12; at + 8 <= file.size();) {
        const QByteArray type = file.sliced(at, 4);
        // A writer that streams does not know the length; the file's end counts.
        const qsizetype size = std::min<qsizetype>(number(file, at + 4), file.size() - at - 8);
        if (type == "fmt " && size >= 16)
            bytesPerSecond = number(file, at + 16);
        if (type == "data" && bytesPerSecond > 0)
            return static_cast<double>(size) / bytesPerSecond;
        at += 8 + size + size % 2;
    }
    return std::nullopt;
}

} // namespace quaygate::simulator
