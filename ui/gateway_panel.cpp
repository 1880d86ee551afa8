#include "ui/gateway_panel.h"

#include "gateway/config/config_store.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/status_dot.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Health healthOf(Gateway::State state) {
    switch (state) {
    case Gateway::State::Running:
        return Health::Good;
    case Gateway::State::Starting:
    case Gateway::State::Stopping:
        return Health::Busy;
    case Gateway::State::Failed:
        return Health::Bad;
    case Gateway::State::Stopped:
        break;
    }
    return Health::Unknown;
}

} // namespace

QString stateText(Gateway::State state) {
    switch (state) {
    case Gateway::State::Stopped:
        return GatewayPanel::tr("Stopped");
    case Gateway::State::Starting:
        return GatewayPanel::tr("Starting…");
    case Gateway::State::Running:
        return GatewayPanel::tr("Running");
    case Gateway::State::Stopping:
        return GatewayPanel::tr("Stopping…");
    case Gateway::State::Failed:
        return GatewayPanel::tr("Not running");
    }
    Q_UNREACHABLE();
}

GatewayPanel::GatewayPanel(const Services &services, QWidget *parent)
    : QFrame(parent)
    , m_gateway(services.gateway)
    , m_dot(new StatusDot(this))
    , m_state(makeLabel({}, TextType::Strong, this))
    , m_address(new ElidedLabel(Qt::ElideMiddle, this))
    , m_copy(new CopyButton(
          tr("Copy the gateway's address"), [this] { return m_gateway.url(); }, this))
    , m_toggle(makeButton({}, ButtonKind::Secondary, this)) {
    setProperty("surface", u"panel"_s);
    setAccessibleName(tr("Gateway"));
    m_toggle->setObjectName(u"gatewayToggle"_s);
    m_toggle->setIconSize({20, 14});
    QFont code = Theme::codeFont();
    code.setPixelSize(code.pixelSize() - 1);
    m_address->setFont(code);

    auto *state = new QHBoxLayout;
    state->setSpacing(space::s);
    state->addWidget(m_dot);
    state->addWidget(m_state, 1);
    auto *address = new QHBoxLayout;
    address->setSpacing(0);
    address->addWidget(m_address, 1);
    address->addWidget(m_copy);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::m, space::m, space::m);
    column->setSpacing(space::xs);
    column->addWidget(makeLabel(tr("Gateway"), TextType::Caption, this));
    column->addLayout(state);
    column->addLayout(address);
    column->addSpacing(space::xs);
    column->addWidget(m_toggle);

    connect(m_toggle, &QPushButton::clicked, this, &GatewayPanel::toggle);
    connect(&m_gateway, &Gateway::stateChanged, this, &GatewayPanel::refresh);
    connect(&services.config, &ConfigStore::changed, this, &GatewayPanel::refresh);
    refresh();
}

void GatewayPanel::refresh() {
    const Gateway::State state = m_gateway.state();
    const bool running = state == Gateway::State::Running;
    m_dot->setHealth(healthOf(state));
    m_state->setText(stateText(state));
    m_state->setAccessibleName(tr("Gateway: %1").arg(stateText(state)));
    m_address->setText(m_gateway.url().remove(u"http://"_s));
    m_address->setEnabled(running);
    m_copy->setEnabled(running);
    m_toggle->setText(running || state == Gateway::State::Stopping ? tr("Stop") : tr("Start"));
    m_toggle->setAccessibleName(running ? tr("Stop the gateway") : tr("Start the gateway"));
    m_toggle->setIcon(themedIcon(running ? u"stop"_s : u"play"_s));
    m_toggle->setEnabled(state != Gateway::State::Starting && state != Gateway::State::Stopping);
}

void GatewayPanel::toggle() {
    if (m_gateway.state() == Gateway::State::Running)
        m_gateway.stop();
    else
        m_gateway.start();
}

} // namespace quaygate
