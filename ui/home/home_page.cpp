#include "ui/home/home_page.h"

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/backends/backend_edits.h"
#include "ui/home/problems_card.h"
#include "ui/home/routes_card.h"
#include "ui/home/welcome.h"
#include "ui/routes/call_example.h"
#include "ui/routes/route_edits.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/page_header.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Backend simulatorBackend(const Config &config) {
    Backend backend;
    backend.name = uniqueBackendName(config, u"Simulator"_s);
    backend.endpoint = simulatorEndpoint;
    backend.deploymentName = u"gpt-4.1-mini"_s;
    backend.apiVersion = u"v1"_s;
    backend.auth.kind = Auth::Kind::None;
    return backend;
}

} // namespace

HomePage::HomePage(const Services &services, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_stack(new QStackedWidget(this))
    , m_welcome(new Welcome)
    , m_header(new PageHeader(tr("Home"), {}))
    , m_problems(new ProblemsCard(services.config.file()))
    , m_routes(new RoutesCard)
    , m_callText(makeText({}, TextType::Muted))
    , m_curl(new CodeBlock(tr("curl command"))) {
    m_curl->setObjectName(u"homeCurl"_s);
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(makeOverview());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    connect(m_welcome, &Welcome::addDeploymentPressed, this, &HomePage::addDeploymentRequested);
    connect(m_welcome, &Welcome::simulatorPressed, this, &HomePage::addSimulator);
    connect(m_routes, &RoutesCard::routeClicked, this, &HomePage::routeRequested);
    connect(m_routes, &RoutesCard::allClicked, this, &HomePage::routesRequested);
    connect(&services.config, &ConfigStore::loaded, this, &HomePage::refresh);
    connect(&services.config, &ConfigStore::changed, this, &HomePage::refresh);
    connect(&services.config, &ConfigStore::refused, this, &HomePage::refresh);
    connect(&services.gateway, &Gateway::stateChanged, this, &HomePage::refresh);
    refresh();
}

QWidget *HomePage::makeOverview() {
    auto *scroll = new QScrollArea;
    auto *scrolled = new QWidget(scroll);
    scrolled->setProperty("surface", u"scrolled"_s);
    auto *column = new QVBoxLayout(scrolled);
    column->setContentsMargins(space::xl, 20, space::xl, space::xl);
    column->setSpacing(space::l);
    auto *add = makeButton(tr("Add an Azure deployment"), ButtonKind::Primary, scrolled, u"plus"_s);
    add->setObjectName(u"homeAdd"_s);
    connect(add, &QPushButton::clicked, this, &HomePage::addDeploymentRequested);
    m_header->addAction(add);
    column->addWidget(m_header);
    column->addSpacing(space::xs);
    column->addWidget(m_problems);
    column->addWidget(makeCallCard());
    column->addWidget(m_routes);
    column->addStretch();
    scroll->setWidget(scrolled);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget *HomePage::makeCallCard() {
    auto *card = new Card;
    auto *head = new QHBoxLayout;
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(makeLabel(tr("Call it"), TextType::Heading, card));
    texts->addWidget(m_callText);
    auto *chat =
        makeButton(tr("Open the playground"), ButtonKind::Secondary, card, u"playground"_s);
    connect(chat, &QPushButton::clicked, this, [this] {
        const Snapshot snapshot = m_services.config.snapshot();
        emit playgroundRequested(snapshot->routes.isEmpty() ? QString()
                                                            : snapshot->routes.first().name);
    });
    head->addLayout(texts, 1);
    head->addWidget(chat, 0, Qt::AlignTop);
    card->contents()->addLayout(head);
    card->contents()->addWidget(m_curl);
    m_call = card;
    return card;
}

void HomePage::refresh() {
    const Snapshot snapshot = m_services.config.snapshot();
    const Problems problems = m_services.config.problems();
    const bool nothing = snapshot->backends.isEmpty() && snapshot->routes.isEmpty();
    m_stack->setCurrentIndex(nothing && problems.isEmpty() ? 0 : 1);
    m_problems->setProblems(problems, !nothing);
    m_routes->setVisible(!nothing);
    m_routes->setRoutes(*snapshot, m_services.gateway.url());
    refreshCall();
}

void HomePage::refreshCall() {
    const Snapshot snapshot = m_services.config.snapshot();
    const Gateway &gateway = m_services.gateway;
    const bool running = gateway.state() == Gateway::State::Running;
    m_header->setText(running ? tr("The gateway is running at %1.").arg(gateway.url())
                              : tr("The gateway is not running. Start it at the lower left."));
    m_call->setVisible(!snapshot->routes.isEmpty());
    if (snapshot->routes.isEmpty())
        return;
    const Route &route = snapshot->routes.first();
    m_callText->setText(
        tr("Any tool that speaks OpenAI's or Azure's API can use it; it needs no key."));
    m_curl->setCode(curlExample(gateway.url(), route));
}

void HomePage::addSimulator() {
    if (m_adding)
        return;
    m_adding = true;
    const Snapshot snapshot = m_services.config.snapshot();
    const Backend backend = simulatorBackend(*snapshot);
    const Route route = newRoute(*snapshot, backend.name);
    Config config = withBackend(*snapshot, {}, backend);
    config.routes.append(route);
    m_services.config.save(config, guarded(this, [this, route](const Result<void> &saved) {
                               m_adding = false;
                               if (saved)
                                   emit simulatorAdded(route.name);
                               else
                                   emit failed(saved.error());
                           }));
}

} // namespace quaygate
