#pragma once

#include "gateway/http/exchange.h"

namespace quaygate {

class Connection;

/// The Exchange that the handler holds; its connection may go before it does.
class ConnectionExchange final : public Exchange {
public:
    ConnectionExchange(HttpRequest request, Connection &connection);
    ~ConnectionExchange() override;

    void begin(int status, const HeaderList &headers) override;
    void write(QByteArrayView bytes) override;
    void end() override;
    void abort() override;
    void respond(int status, HeaderList headers, QByteArrayView body) override;

    void upgrade(QByteArrayView protocol, const HeaderList &headers) override;
    void setReading(bool reading) override;

    bool hasBegun() const override { return m_begun; }
    bool isClosed() const override { return m_connection == nullptr; }

    /// Unties the two; null if that was done before.
    Connection *detach();

private:
    Connection *m_connection;
    bool m_begun = false;
};

} // namespace quaygate
