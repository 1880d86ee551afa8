#include "ui/gateway_alert.h"

#include "gateway/config/config_store.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/message_bar.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

GatewayAlert::GatewayAlert(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_bar(new MessageBar(this, MessageBar::Actions::Beside)) {
    setObjectName(u"gatewayAlert"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, 0);
    column->addWidget(m_bar);
    connect(&services.gateway, &Gateway::stateChanged, this, &GatewayAlert::refresh);
    refresh();
}

void GatewayAlert::refresh() {
    Gateway &gateway = m_services.gateway;
    setVisible(gateway.state() == Gateway::State::Failed);
    if (gateway.state() != Gateway::State::Failed) {
        m_bar->clear();
        return;
    }
    const Error error = gateway.error();
    const quint16 free = gateway.nextFreePort();
    const MessageAction again{tr("Try again"), [&gateway] { gateway.start(); }};
    if (error.code == ErrorCode::AddressInUse && free != 0)
        m_bar->setMessage(
            MessageKind::Error, error.message, {},
            {{tr("Use %1 instead").arg(free), [this, free] { moveTo(free); }}, again});
    else
        m_bar->setMessage(MessageKind::Error, error.message, error.detail, {again});
}

void GatewayAlert::moveTo(quint16 port) {
    Config config = *m_services.config.snapshot();
    config.gateway.port = port;
    m_services.config.save(config, guarded(this, [this](const Result<void> &saved) {
                               if (saved)
                                   m_services.gateway.start();
                               else
                                   emit failed(saved.error());
                           }));
}

} // namespace quaygate
