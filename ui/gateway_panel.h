#pragma once

#include "gateway/gateway.h"
#include "ui/services.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace quaygate {

class CopyButton;
class ElidedLabel;
class StatusDot;

/// The gateway's state in one or two words.
QString stateText(Gateway::State state);

/// The gateway at a glance, in sight on every page: state, address, start and stop.
class GatewayPanel : public QFrame {
    Q_OBJECT

public:
    explicit GatewayPanel(const Services &services, QWidget *parent = nullptr);

    QPushButton *toggleButton() const { return m_toggle; }

private:
    void refresh();
    void toggle();

    Gateway &m_gateway;
    StatusDot *m_dot;
    QLabel *m_state;
    ElidedLabel *m_address;
    CopyButton *m_copy;
    QPushButton *m_toggle;
};

} // namespace quaygate
