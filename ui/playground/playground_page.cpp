#include "ui/playground/playground_page.h"

#include "gateway/config/config_store.h"
#include "ui/playground/chat_panel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page_header.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Where the gateway is reached now; empty while it is not.
QString runningUrl(const Gateway &gateway) {
    return gateway.state() == Gateway::State::Running ? gateway.url() : QString();
}

} // namespace

PlaygroundPage::PlaygroundPage(const Services &services, QWidget *parent)
    : Page(parent), m_services(services) {
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(makeEmptyPage());
    m_stack->addWidget(makeChatPage());

    connect(&m_services.config, &ConfigStore::changed, this, &PlaygroundPage::fillRoutes);
    connect(&m_services.gateway, &Gateway::stateChanged, this, [this] {
        updateGatewayBar();
        updateTarget();
    });
    connect(m_routes, &QComboBox::currentIndexChanged, this, &PlaygroundPage::updateTarget);
    connect(m_chat, &ChatPanel::targetMissing, this, &PlaygroundPage::showMissingTarget);
    fillRoutes(m_services.config.snapshot());
    updateGatewayBar();
}

QWidget *PlaygroundPage::makeEmptyPage() {
    auto *page = new EmptyState(u"playground"_s, tr("Nothing to chat with yet"),
                                tr("A route gives an Azure deployment an address on this machine. "
                                   "Add one, then try it here."),
                                this);
    auto *add = page->addAction(tr("Add a route"));
    add->setObjectName(u"addRoute"_s);
    connect(add, &QPushButton::clicked, this, &PlaygroundPage::addRouteRequested);
    return page;
}

QWidget *PlaygroundPage::makeChatPage() {
    auto *page = new QWidget(this);
    m_routes = new QComboBox(page);
    m_routes->setObjectName(u"route"_s);
    m_routes->setAccessibleName(tr("Route"));
    m_routes->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_routes->setMinimumWidth(160);
    m_routes->setMaximumWidth(280);
    m_details = new ElidedLabel(Qt::ElideMiddle, page);
    m_details->setObjectName(u"routeDetails"_s);
    m_details->setProperty("type", u"small"_s);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_gatewayBar = new MessageBar(page);
    m_gatewayBar->setObjectName(u"gatewayBar"_s);
    m_chat = new ChatPanel(page);
    m_chat->setClientKey(m_services.gateway.ownKey());

    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    head->addWidget(m_routes);
    head->addWidget(m_details, 1);
    auto *header =
        new PageHeader(tr("Playground"), tr("Chat with a deployment through the gateway, as "
                                            "any other tool would."));
    for (QPushButton *tool : m_chat->tools())
        header->addAction(tool);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::xl, 20, space::xl, space::xl);
    column->setSpacing(space::m);
    column->addWidget(header);
    column->addLayout(head);
    column->addWidget(m_gatewayBar);
    column->addWidget(m_chat, 1);
    page->setFocusProxy(m_chat);
    return page;
}

void PlaygroundPage::fillRoutes(const Snapshot &snapshot) {
    const QString chosen = m_routes->currentData().toString();
    {
        const QSignalBlocker quiet(m_routes);
        m_routes->clear();
        for (const Route &route : snapshot->routes)
            m_routes->addItem(route.name, route.name);
        m_routes->setCurrentIndex(std::max(m_routes->findData(chosen), 0));
    }
    const bool empty = snapshot->routes.isEmpty();
    m_stack->setCurrentIndex(empty ? 0 : 1);
    setFocusProxy(empty ? nullptr : m_chat);
    updateTarget();
}

void PlaygroundPage::selectRoute(const QString &name) {
    const int index = m_routes->findData(name);
    if (index >= 0)
        m_routes->setCurrentIndex(index);
}

void PlaygroundPage::createNew() {
    m_chat->newChat();
}

void PlaygroundPage::updateTarget() {
    const Snapshot snapshot = m_services.config.snapshot();
    const Route *route = snapshot->findRoute(m_routes->currentData().toString());
    if (!route) {
        m_details->setText({});
        m_chat->setTarget({});
        return;
    }
    const ChatTarget target = chatTarget(*snapshot, *route, runningUrl(m_services.gateway));
    QString details = route->match.pathPrefix;
    if (!target.deploymentName.isEmpty())
        details += u"  →  "_s + target.deploymentName;
    if (target.simulated)
        details += tr(" (simulator)");
    m_details->setText(details);
    m_chat->setTarget(target);
}

void PlaygroundPage::updateGatewayBar() {
    Gateway &gateway = m_services.gateway;
    const QList<MessageAction> start{{tr("Start gateway"), [&gateway] { gateway.start(); }}};
    switch (gateway.state()) {
    case Gateway::State::Running:
        m_gatewayBar->clear();
        return;
    case Gateway::State::Starting:
        m_gatewayBar->setMessage(MessageKind::Info, tr("The gateway is starting."));
        return;
    case Gateway::State::Stopping:
        m_gatewayBar->setMessage(MessageKind::Info, tr("The gateway is stopping."));
        return;
    case Gateway::State::Stopped:
        m_gatewayBar->setMessage(MessageKind::Warning,
                                 tr("The gateway is stopped, so messages cannot be sent."), {},
                                 start);
        return;
    case Gateway::State::Failed:
        m_gatewayBar->setMessage(MessageKind::Error,
                                 tr("The gateway could not start, so messages cannot be sent."),
                                 gateway.error().message, start);
        return;
    }
}

/// The message stays in its box; the next Enter presses the button that helps.
void PlaygroundPage::showMissingTarget() {
    if (!m_gatewayBar->buttons().isEmpty())
        m_gatewayBar->buttons().first()->setFocus();
}

} // namespace quaygate
