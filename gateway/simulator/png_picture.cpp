#include "gateway/simulator/png_picture.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int colours = 256;

QByteArray bigEndian(quint32 number) {
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// The CRC-32 of PNG.
quint32 checksum(const QByteArray &bytes) {
    constexpr quint32 polynomial = 0xedb88320U;
    quint32 crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
    }
    return ~crc;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data) {
    return bigEndian(static_cast<quint32>(data.size())) + type + data +
           bigEndian(checksum(type + data));
}

QByteArray palette(const QByteArray &from, const QByteArray &to) {
    QByteArray bytes;
    bytes.reserve(colours * 3);
    for (int i = 0; i < colours; ++i) {
        for (qsizetype part = 0; part < 3; ++part) {
            const int start = static_cast<uchar>(from[part]);
            const int end = static_cast<uchar>(to[part]);
            bytes.append(static_cast<char>(start + (end - start) * i / (colours - 1)));
        }
    }
    return bytes;
}

/// Each row one colour, behind the byte that says it is not filtered.
QByteArray rows(int width, int height) {
    QByteArray bytes;
    bytes.reserve(qsizetype(width + 1) * height);
    for (int y = 0; y < height; ++y) {
        bytes.append('\0');
        bytes.append(width, static_cast<char>(y * colours / height));
    }
    return bytes;
}

} // namespace

QByteArray pngPicture(int width, int height, QByteArrayView seed) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(seed);
    const QByteArray chance = hash.result();
    constexpr std::array<char, 5> indexed{8, 3, 0, 0, 0}; // 8 bits of a palette, not interlaced
    const QByteArray header = bigEndian(static_cast<quint32>(width)) +
                              bigEndian(static_cast<quint32>(height)) +
                              QByteArray(indexed.data(), indexed.size());
    // Qt writes its own length before what zlib makes.
    const QByteArray pixels = qCompress(rows(width, height)).sliced(4);
    return "\x89PNG\r\n\x1a\n"_ba + chunk("IHDR"_ba, header) +
           chunk("PLTE"_ba, palette(chance.first(3), chance.sliced(3, 3))) +
           chunk("IDAT"_ba, pixels) + chunk("IEND"_ba, {});
}

} // namespace quaygate::simulator
