#include "tests/ui/playground/scripted_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace quaygate::test {

ScriptedServer::ScriptedServer() {
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("the scripted server cannot listen");
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, &m_server,
                             [this, socket] { onReadyRead(socket); });
            QObject::connect(socket, &QTcpSocket::disconnected, &m_server, [this, socket] {
                if (!socket->property("closedHere").toBool())
                    ++m_closed;
            });
        }
    });
}

QString ScriptedServer::url() const {
    return u"http://127.0.0.1:%1"_s.arg(m_server.serverPort());
}

void ScriptedServer::onReadyRead(QTcpSocket *socket) {
    QByteArray &input = m_input[socket];
    input += socket->readAll();
    const qsizetype headEnd = input.indexOf("\r\n\r\n"_ba);
    if (headEnd < 0)
        return;
    const QByteArray head = input.first(headEnd + 2);
    const qsizetype at = head.toLower().indexOf("\r\ncontent-length:"_ba);
    const qsizetype valueAt = at + 17;
    const qsizetype length =
        at < 0
            ? 0
            : head.mid(valueAt, head.indexOf("\r\n"_ba, valueAt) - valueAt).trimmed().toLongLong();
    if (input.size() < headEnd + 4 + length)
        return;
    m_requests.append({head, input.mid(headEnd + 4, length), socket});
    input.remove(0, headEnd + 4 + length);
    if (onRequest)
        onRequest(m_requests.last());
}

void ScriptedServer::writePieces(QTcpSocket *socket, QList<QByteArray> pieces, bool close) {
    if (pieces.isEmpty()) {
        if (close) {
            socket->setProperty("closedHere", true);
            socket->disconnectFromHost();
        }
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->write(pieces.takeFirst());
    socket->flush();
    QTimer::singleShot(0, socket, [socket, pieces, close] { writePieces(socket, pieces, close); });
}

QByteArray streamHead() {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
           "Connection: close\r\n\r\n"_ba;
}

QByteArray event(const QByteArray &data) {
    return "data: "_ba + data + "\n\n"_ba;
}

QByteArray textEvent(const QByteArray &text) {
    const QByteArray quoted = QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(text)}})
                                  .toJson(QJsonDocument::Compact);
    return event(
        "{\"id\":\"c1\",\"model\":\"gpt-4.1-mini-2025-04-14\",\"choices\":[{\"index\":0,\"delta\":"_ba +
        quoted + ",\"finish_reason\":null}],\"usage\":null}"_ba);
}

QByteArray finishEvent(const QByteArray &reason) {
    return event("{\"id\":\"c1\",\"model\":\"gpt-4.1-mini-2025-04-14\",\"choices\":[{\"index\":0,"
                 "\"delta\":{},"
                 "\"finish_reason\":\""_ba +
                 reason + "\"}]}"_ba);
}

QByteArray usageEvent(int in, int out) {
    return event("{\"choices\":[],\"usage\":{\"prompt_tokens\":"_ba + QByteArray::number(in) +
                 ",\"completion_tokens\":"_ba + QByteArray::number(out) + "}}"_ba);
}

QByteArray doneEvent() {
    return event("[DONE]"_ba);
}

QByteArray wholeStream(const QList<QByteArray> &texts) {
    QByteArray stream = streamHead();
    stream += event("{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                    "\"prompt_filter_results\":[]}"_ba);
    for (const QByteArray &text : texts)
        stream += textEvent(text);
    return stream + finishEvent() + usageEvent(12, 34) + doneEvent();
}

QByteArray answer(const QByteArray &status, const QByteArray &type, const QByteArray &body,
                  const QByteArray &headers) {
    return "HTTP/1.1 "_ba + status + "\r\nContent-Type: "_ba + type + "\r\nContent-Length: "_ba +
           QByteArray::number(body.size()) + "\r\n"_ba + headers + "\r\n"_ba + body;
}

} // namespace quaygate::test
