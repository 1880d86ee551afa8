#include "gateway/simulator/web_socket_frames.h"

#include <QCryptographicHash>
#include <QStringDecoder>
#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int protocolError = 1002;
constexpr int noUtf8 = 1007;
constexpr int tooBig = 1009;
constexpr qsizetype maskSize = 4;
constexpr qsizetype largestControl = 125;

bool isUtf8(const QByteArray &bytes) {
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError() && text.isValidUtf16();
}

/// How many bytes the length takes behind the first two.
qsizetype sizeOfLength(int first) {
    return first == 126 ? 2 : first == 127 ? 8 : 0;
}

quint64 lengthAt(const QByteArray &bytes, int first) {
    if (first == 126)
        return qFromBigEndian<quint16>(bytes.constData() + 2);
    return first == 127 ? qFromBigEndian<quint64>(bytes.constData() + 2)
                        : static_cast<quint64>(first);
}

} // namespace

QList<WebSocketMessage> WebSocketReader::feed(QByteArrayView bytes) {
    QList<WebSocketMessage> messages;
    if (m_problem == 0)
        m_waiting.append(bytes);
    while (m_problem == 0 && readFrame(messages)) {
    }
    return messages;
}

bool WebSocketReader::readFrame(QList<WebSocketMessage> &messages) {
    if (m_waiting.size() < 2)
        return false;
    const auto head = static_cast<uchar>(m_waiting[0]);
    const auto second = static_cast<uchar>(m_waiting[1]);
    const int opcode = head & 0x0f;
    const int first = second & 0x7f;
    const bool control = opcode >= 8;
    const bool final = (head & 0x80) != 0;
    // No extension was agreed on, and clients have to mask.
    if ((head & 0x70) != 0 || (second & 0x80) == 0)
        return fail(protocolError);
    if (control && (!final || first > largestControl))
        return fail(protocolError);
    const qsizetype start = 2 + sizeOfLength(first) + maskSize;
    if (m_waiting.size() < start)
        return false;
    const quint64 length = lengthAt(m_waiting, first);
    if (length > static_cast<quint64>(largestMessage - (control ? 0 : m_message.size())))
        return fail(tooBig);
    const auto size = static_cast<qsizetype>(length);
    if (m_waiting.size() < start + size)
        return false;
    QByteArray payload = m_waiting.mid(start, size);
    for (qsizetype i = 0; i < size; ++i)
        payload[i] = static_cast<char>(payload[i] ^ m_waiting[start - maskSize + i % maskSize]);
    m_waiting.remove(0, start + size);
    return take(opcode, final, std::move(payload), messages);
}

bool WebSocketReader::take(int opcode, bool final, QByteArray payload,
                           QList<WebSocketMessage> &messages) {
    using Kind = WebSocketMessage::Kind;
    if (opcode >= 8) {
        if (opcode > static_cast<int>(Kind::Pong))
            return fail(protocolError);
        messages.append({static_cast<Kind>(opcode), std::move(payload)});
        return true;
    }
    const bool continues = opcode == 0;
    if (opcode > 2 || continues != (m_opcode != 0))
        return fail(protocolError);
    if (!continues)
        m_opcode = opcode;
    m_message += payload;
    if (!final)
        return true;
    const auto kind = static_cast<Kind>(std::exchange(m_opcode, 0));
    if (kind == Kind::Text && !isUtf8(m_message))
        return fail(noUtf8);
    messages.append({kind, std::exchange(m_message, {})});
    return true;
}

bool WebSocketReader::fail(int code) {
    m_problem = code;
    return false;
}

QByteArray webSocketFrame(WebSocketMessage::Kind kind, QByteArrayView payload) {
    QByteArray frame(1, static_cast<char>(0x80 | static_cast<int>(kind)));
    const auto length = static_cast<quint64>(payload.size());
    std::array<char, 8> big{};
    if (length <= largestControl) {
        frame.append(static_cast<char>(length));
    } else if (length <= 0xffff) {
        qToBigEndian(static_cast<quint16>(length), big.data());
        frame.append(static_cast<char>(126)).append(big.data(), 2);
    } else {
        qToBigEndian(length, big.data());
        frame.append(static_cast<char>(127)).append(big.data(), 8);
    }
    return frame.append(payload);
}

QByteArray webSocketCloseFrame(int code, QByteArrayView reason) {
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(static_cast<quint16>(code), payload.data());
    payload.append(reason.first(std::min<qsizetype>(reason.size(), largestControl - 2)));
    return webSocketFrame(WebSocketMessage::Kind::Close, payload);
}

QByteArray webSocketAccept(const QByteArray &key) {
    const QByteArray text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64();
}

} // namespace quaygate::simulator
