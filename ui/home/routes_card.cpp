#include "ui/home/routes_card.h"

#include "ui/routes/call_example.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype mostShown = 5;

QString backendsOf(const Config &config, const Route &route) {
    QStringList names;
    for (const RouteBackend &reference : route.backends) {
        const Backend *backend = config.findBackend(reference.name);
        names.append(backend ? u"%1 · %2"_s.arg(backend->name, backend->deploymentName)
                             : reference.name);
    }
    return names.join(u", "_s);
}

} // namespace

RoutesCard::RoutesCard(QWidget *parent)
    : Card(parent), m_all(makeButton({}, ButtonKind::Link, this)) {
    auto *head = new QHBoxLayout;
    head->addWidget(makeLabel(tr("Routes"), TextType::Heading, this), 1);
    head->addWidget(m_all);
    contents()->addLayout(head);
    // The rows reach into the padding, so that their words and not their grounds stand under the
    // heading.
    contents()->setContentsMargins(space::s, space::l, space::s, space::s);
    head->setContentsMargins(space::s, 0, space::s, 0);
    contents()->setSpacing(space::s);
    connect(m_all, &QPushButton::clicked, this, &RoutesCard::allClicked);
}

void RoutesCard::setRoutes(const Config &config, const QString &gatewayUrl) {
    delete std::exchange(m_rows, nullptr);
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const Route &route : config.routes.first(std::min(mostShown, config.routes.size())))
        column->addWidget(makeRow(config, route, routeUrl(gatewayUrl, route)));
    m_all->setText(config.routes.isEmpty() ? tr("Add a route")
                   : config.routes.size() > mostShown
                       ? tr("All %1 routes").arg(config.routes.size())
                       : tr("Manage routes"));
    if (config.routes.isEmpty()) {
        column->setContentsMargins(space::s, 0, space::s, space::s);
        column->addWidget(makeText(tr("No route leads to a backend yet, so nothing can be called."),
                                   TextType::Muted, m_rows));
    }
    contents()->addWidget(m_rows);
}

QWidget *RoutesCard::makeRow(const Config &config, const Route &route, const QString &url) {
    auto *row = new QWidget(m_rows);
    auto *open = new QPushButton(row);
    open->setProperty("kind", u"row"_s);
    open->setFocusPolicy(Qt::TabFocus);
    open->setAccessibleName(tr("Open the route %1").arg(route.name));
    open->setFixedHeight(52);

    auto *address = new ElidedLabel(Qt::ElideMiddle, open);
    address->setFont(Theme::codeFont());
    address->setText(url);
    auto *detail = new ElidedLabel(Qt::ElideRight, open);
    detail->setProperty("type", u"small"_s);
    detail->setText(backendsOf(config, route));
    for (ElidedLabel *label : {address, detail})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addStretch();
    texts->addWidget(address);
    texts->addWidget(detail);
    texts->addStretch();
    auto *inside = new QHBoxLayout(open);
    inside->setContentsMargins(space::s, 0, space::s, 0);
    inside->setSpacing(space::m);
    inside->addWidget(new IconView(themedIcon(u"routes"_s, IconTone::Muted), 20, open));
    inside->addLayout(texts, 1);
    inside->addWidget(new IconView(themedIcon(u"chevron-right"_s, IconTone::Muted), 16, open));

    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, space::xs, 0);
    line->setSpacing(space::xs);
    line->addWidget(open, 1);
    line->addWidget(new CopyButton(
        tr("Copy the URL of %1").arg(route.name), [url] { return url; }, row));
    connect(open, &QPushButton::clicked, this,
            [this, name = route.name] { emit routeClicked(name); });
    return row;
}

} // namespace quaygate
