#include "ui/backends/backends_page.h"

#include "gateway/config/config_store.h"
#include "ui/backends/backend_edits.h"
#include "ui/backends/backend_form.h"
#include "ui/backends/connection_panel.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/question.h"

#include <QCheckBox>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString hostOf(const Backend &backend) {
    if (isSimulator(backend))
        return BackendsPage::tr("built in");
    const QString host =
        backend.endpoint.contains(u"://"_s) ? QUrl(backend.endpoint).host() : backend.endpoint;
    return host.section(u'/', 0, 0);
}

} // namespace

BackendsPage::BackendsPage(const Services &services, QWidget *parent)
    : BackendsPage(services, new BackendForm(services), parent) {
}

BackendsPage::BackendsPage(const Services &services, BackendForm *form, QWidget *parent)
    : ListDetailPage(
          {tr("Backends"), tr("The Azure OpenAI deployments that can answer."), tr("Backends"),
           tr("New backend"), u"backends"_s, tr("No backends yet"),
           tr("A backend is one deployment of a model: where it is, what it is called and "
              "which key opens it.")},
          form, parent)
    , m_services(services)
    , m_form(form) {
    connect(&services.config, &ConfigStore::changed, this, &BackendsPage::refresh);
    connect(form, &BackendForm::tested, this,
            [this](const QString &name, const ConnectionReport &report) {
                m_reports.insert(name, report);
                refresh();
            });
    refresh();
}

void BackendsPage::refresh() {
    QList<Item> items;
    for (const Backend &backend : m_services.config.snapshot()->backends) {
        Item item{backend.name, backend.deploymentName + u" · "_s + hostOf(backend), {}, {}};
        if (const auto report = m_reports.constFind(backend.name); report != m_reports.constEnd()) {
            item.health = healthOf(*report);
            item.healthText = tr("Last test: %1").arg(report->text);
        }
        items.append(item);
    }
    m_form->followConfig();
    setItems(items);
}

void BackendsPage::load(const QString &name) {
    if (const Backend *backend = m_services.config.snapshot()->findBackend(name))
        m_form->edit(*backend);
}

void BackendsPage::loadNew() {
    m_form->createNew();
}

void BackendsPage::loadCopy(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    m_form->createNew(snapshot->findBackend(name));
}

void BackendsPage::remove(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    const Backend *backend = snapshot->findBackend(name);
    if (!backend)
        return;
    const Config after = withoutBackend(*snapshot, name);
    QStringList lost;
    for (const Route &route : snapshot->routes)
        if (!after.findRoute(route.name))
            lost.append(route.match.pathPrefix);
    QString consequence =
        lost.isEmpty() ? tr("No route is left without a backend by this.")
                       : tr("Only this backend serves %1, so %n route(s) will be removed with it.",
                            nullptr, int(lost.size()))
                             .arg(lost.join(u", "_s));
    if (const QStringList aliases = aliasesLost(*snapshot, after); !aliases.isEmpty())
        consequence += u' ' + tr("These model aliases lead nowhere then and are removed too: %1.")
                                  .arg(aliases.join(u", "_s));

    auto *question = new Question(tr("Remove the backend “%1”?").arg(name), consequence, window());
    QCheckBox *withKey = nullptr;
    if (isLastUserOfSecret(*snapshot, *backend))
        withKey = question->addOption(tr("Also remove its key “%1” from the keychain")
                                          .arg(keychainSecret(backend->auth).value_or(QString())));
    question->addAnswer(tr("Cancel"), ButtonKind::Ghost);
    question->addAnswer(
        lost.isEmpty() ? tr("Remove") : tr("Remove both"), ButtonKind::Danger,
        [this, name, withKey] { removeNow(name, withKey && withKey->isChecked()); });
    question->open();
}

void BackendsPage::removeNow(const QString &name, bool withKey) {
    const Snapshot before = m_services.config.snapshot();
    const Backend *backend = before->findBackend(name);
    if (!backend)
        return;
    if (name == shown())
        m_form->discard();
    const QString secret = keychainSecret(backend->auth).value_or(QString());
    m_services.config.save(
        withoutBackend(*before, name), guarded(this, [=, this](const Result<void> &saved) {
            if (!saved) {
                emit failed(saved.error());
                return;
            }
            emit removed(tr("Backend “%1” removed").arg(name),
                         guarded(this, [=, this] { undoRemoval(before, name); }));
            if (!withKey)
                return;
            m_services.session.remove(secret, [](const Result<void> &) {
                // It may never have been there.
            });
            m_services.keychain.remove(secret, guarded(this, [this](const Result<void> &gone) {
                                           if (!gone &&
                                               gone.error().code != ErrorCode::SecretNotFound)
                                               emit failed(gone.error());
                                       }));
        }));
}

void BackendsPage::undoRemoval(const Snapshot &before, const QString &name) {
    m_services.config.save(withBackendRestored(*m_services.config.snapshot(), *before, name),
                           guarded(this, [this, name](const Result<void> &saved) {
                               if (saved)
                                   open(name);
                               else
                                   emit failed(saved.error());
                           }));
}

} // namespace quaygate
