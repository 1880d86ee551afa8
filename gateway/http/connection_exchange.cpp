#include "gateway/http/connection_exchange.h"

#include "gateway/http/connection.h"

using namespace Qt::StringLiterals;

namespace quaygate {

ConnectionExchange::ConnectionExchange(HttpRequest request, Connection &connection)
    : Exchange(std::move(request)), m_connection(&connection) {
}

ConnectionExchange::~ConnectionExchange() {
    if (Connection *connection = detach())
        connection->cut();
}

void ConnectionExchange::begin(int status, const HeaderList &headers) {
    if (m_connection && !m_begun) {
        m_begun = true;
        m_connection->begin(status, headers);
    }
}

void ConnectionExchange::write(QByteArrayView bytes) {
    if (m_connection && m_begun && !bytes.isEmpty())
        m_connection->write(bytes);
}

void ConnectionExchange::end() {
    if (m_connection && m_begun)
        m_connection->finish();
}

void ConnectionExchange::abort() {
    if (Connection *connection = detach())
        connection->cut();
}

void ConnectionExchange::respond(int status, HeaderList headers, QByteArrayView body) {
    headers.set("Content-Length"_ba, QByteArray::number(body.size()));
    begin(status, headers);
    write(body);
    end();
}

void ConnectionExchange::upgrade(QByteArrayView protocol, const HeaderList &headers) {
    if (m_connection && !m_begun) {
        m_begun = true;
        m_connection->upgrade(protocol, headers);
    }
}

void ConnectionExchange::setReading(bool reading) {
    if (m_connection)
        m_connection->setReading(reading);
}

Connection *ConnectionExchange::detach() {
    if (m_connection)
        m_connection->m_exchange = nullptr;
    return std::exchange(m_connection, nullptr);
}

} // namespace quaygate
