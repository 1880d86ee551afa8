#include "ui/routes/routes_page.h"

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/routes/route_edits.h"
#include "ui/routes/route_form.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/question.h"

using namespace Qt::StringLiterals;

namespace quaygate {

RoutesPage::RoutesPage(const Services &services, QWidget *parent)
    : RoutesPage(services, new RouteForm(services), parent) {
}

RoutesPage::RoutesPage(const Services &services, RouteForm *form, QWidget *parent)
    : ListDetailPage({tr("Routes"),
                      tr("The local addresses that your tools call, and where they lead."),
                      tr("Routes"), tr("New route"), u"routes"_s, tr("No routes yet"),
                      tr("A route gives a backend an address on this computer, such as "
                         "http://localhost:8080/azure-openai.")},
                     form, parent)
    , m_services(services)
    , m_form(form) {
    connect(&services.config, &ConfigStore::changed, this, &RoutesPage::refresh);
    connect(&services.gateway, &Gateway::stateChanged, form, &RouteForm::showCall);
    refresh();
}

void RoutesPage::refresh() {
    QList<Item> items;
    for (const Route &route : m_services.config.snapshot()->routes) {
        QStringList backends;
        for (const RouteBackend &backend : route.backends)
            backends.append(backend.name);
        items.append(
            {route.name, route.match.pathPrefix + u" → "_s + backends.join(u", "_s), {}, {}});
    }
    m_form->followConfig();
    setItems(items);
}

void RoutesPage::load(const QString &name) {
    if (const Route *route = m_services.config.snapshot()->findRoute(name))
        m_form->edit(*route);
}

void RoutesPage::loadNew() {
    m_form->createNew();
}

void RoutesPage::loadCopy(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    m_form->createNew(snapshot->findRoute(name));
}

void RoutesPage::remove(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    const Route *route = snapshot->findRoute(name);
    if (!route)
        return;
    auto *question = new Question(tr("Remove the route “%1”?").arg(name),
                                  tr("Tools that call %1 will get “no route”. Its backends stay.")
                                      .arg(route->match.pathPrefix),
                                  window());
    question->addAnswer(tr("Cancel"), ButtonKind::Ghost);
    question->addAnswer(tr("Remove"), ButtonKind::Danger, [this, name] { removeNow(name); });
    question->open();
}

void RoutesPage::removeNow(const QString &name) {
    const Snapshot before = m_services.config.snapshot();
    if (name == shown())
        m_form->discard();
    m_services.config.save(
        withoutRoute(*before, name), guarded(this, [=, this](const Result<void> &saved) {
            if (saved)
                emit removed(tr("Route “%1” removed").arg(name),
                             guarded(this, [=, this] { undoRemoval(before, name); }));
            else
                emit failed(saved.error());
        }));
}

void RoutesPage::undoRemoval(const Snapshot &before, const QString &name) {
    m_services.config.save(withRouteRestored(*m_services.config.snapshot(), *before, name),
                           guarded(this, [this, name](const Result<void> &saved) {
                               if (saved)
                                   open(name);
                               else
                                   emit failed(saved.error());
                           }));
}

} // namespace quaygate
