#pragma once

#include "tests/support/raw_client.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace quaygate::test {

/// One request over a connection of its own, and all that came back.
struct HttpAnswer {
    int status = 0;
    QByteArray head;
    QByteArray body; ///< as on the wire: chunks and all

    QByteArray header(const QByteArray &name) const {
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith(name.toLower() + ": "))
                return line.sliced(name.size() + 2).trimmed();
        }
        return {};
    }

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString errorCode() const {
        return json()[QLatin1StringView("error")][QLatin1StringView("code")].toString();
    }
    QString errorMessage() const {
        return json()[QLatin1StringView("error")][QLatin1StringView("message")].toString();
    }
};

inline QByteArray post(const QByteArray &target, const QByteArray &body,
                       const QByteArray &headers = {}) {
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
           headers + "Connection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

inline HttpAnswer call(quint16 port, const QByteArray &request) {
    RawClient client(port);
    client.send(request);
    client.waitForClose();
    const QByteArray all = client.received();
    const qsizetype end = all.indexOf("\r\n\r\n");
    HttpAnswer answer;
    answer.head = all.first(std::max<qsizetype>(end, 0));
    answer.body = end < 0 ? QByteArray() : all.sliced(end + 4);
    answer.status = answer.head.mid(9, 3).toInt();
    return answer;
}

} // namespace quaygate::test
