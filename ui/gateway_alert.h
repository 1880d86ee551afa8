#pragma once

#include "gateway/gateway.h"
#include "ui/services.h"

#include <QWidget>

namespace quaygate {

class MessageBar;

/// Says why the gateway does not run, over every page, and offers the way out: another port where
/// this one is taken, another attempt otherwise. Takes no room while all is well.
class GatewayAlert : public QWidget {
    Q_OBJECT

public:
    explicit GatewayAlert(const Services &services, QWidget *parent = nullptr);

    const MessageBar *bar() const { return m_bar; }

signals:
    void failed(const quaygate::Error &error);

private:
    void refresh();
    void moveTo(quint16 port);

    Services m_services;
    MessageBar *m_bar;
};

} // namespace quaygate
