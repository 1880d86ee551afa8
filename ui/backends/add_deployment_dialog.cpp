#include "ui/backends/add_deployment_dialog.h"

#include "gateway/config/config_store.h"
#include "ui/backends/api_version_field.h"
#include "ui/backends/backend_edits.h"
#include "ui/backends/connection_panel.h"
#include "ui/backends/endpoint_field.h"
#include "ui/routes/route_edits.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/tab_chain.h"

#include <QBoxLayout>
#include <QHostAddress>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

bool isLoopback(const QString &endpoint) {
    const QString host =
        endpoint.contains(u"://"_s) ? QUrl(endpoint).host() : endpoint.section(u':', 0, 0);
    return host == u"localhost"_s || QHostAddress(host).isLoopback();
}

} // namespace

AddDeploymentDialog::AddDeploymentDialog(const Services &services, QWidget *parent)
    : FittedDialog(540, parent)
    , m_services(services)
    , m_url(new EndpointField(this))
    , m_deployment(new QLineEdit(this))
    , m_version(new ApiVersionField(this))
    , m_key(new KeyField(this))
    , m_urlRow(new FormField(tr("&Target URI"), m_url, this))
    , m_deploymentRow(new FormField(tr("&Deployment"), m_deployment, this))
    , m_versionRow(new FormField(tr("API &version"), m_version, this))
    , m_keyRow(new FormField(tr("&Key"), m_key, this))
    , m_connection(new ConnectionPanel(services, this))
    , m_message(new MessageBar(this))
    , m_cancel(makeButton(tr("Cancel"), ButtonKind::Ghost, this))
    , m_addAnyway(makeButton(tr("Add anyway"), ButtonKind::Secondary, this))
    , m_primary(makeButton(tr("Test and add"), ButtonKind::Primary, this)) {
    setObjectName(u"addDeployment"_s);
    setWindowTitle(tr("Add an Azure deployment"));
    m_url->setObjectName(u"url"_s);
    m_deployment->setObjectName(u"deployment"_s);
    m_version->setObjectName(u"apiVersion"_s);
    m_key->setObjectName(u"key"_s);
    m_addAnyway->setObjectName(u"addAnyway"_s);
    m_primary->setObjectName(u"testAndAdd"_s);
    m_urlRow->setHint(tr("On the deployment's page in the Foundry portal. It fills in the rest."));
    m_keyRow->setHint(tr("It goes to this computer's keychain and nowhere else."));
    m_key->setPlaceholderText(tr("Paste the key"));
    m_deployment->setPlaceholderText(u"gpt-4.1-mini"_s);
    m_version->setVersion(u"v1"_s);
    build();

    connect(m_url, &EndpointField::addressRead, this, &AddDeploymentDialog::takeAddress);
    connect(m_url, &EndpointField::addressRefused, this,
            [this](const Error &error) { m_urlRow->setError(error.message); });
    for (QLineEdit *field :
         {static_cast<QLineEdit *>(m_url), m_deployment, static_cast<QLineEdit *>(m_key)})
        connect(field, &QLineEdit::textChanged, this, &AddDeploymentDialog::edited);
    connect(m_version, &ApiVersionField::versionChanged, this, &AddDeploymentDialog::edited);
    connect(m_connection, &ConnectionPanel::finished, this, &AddDeploymentDialog::testEnded);
    connect(m_connection, &ConnectionPanel::runningChanged, this,
            [this](bool running) { m_primary->setDisabled(running); });
    connect(m_cancel, &QPushButton::clicked, this, &AddDeploymentDialog::reject);
    connect(m_addAnyway, &QPushButton::clicked, this, [this] {
        if (check())
            add(KeyPlace::Keychain);
    });
    connect(m_primary, &QPushButton::clicked, this, &AddDeploymentDialog::testAndAdd);
}

void AddDeploymentDialog::build() {
    auto *pair = new QHBoxLayout;
    pair->setSpacing(space::m);
    pair->addWidget(m_deploymentRow, 1);
    pair->addWidget(m_versionRow, 1);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_addAnyway);
    buttons->addWidget(m_primary);
    m_addAnyway->hide();
    m_primary->setAutoDefault(true);
    m_primary->setDefault(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, 20);
    column->setSpacing(space::l);
    auto *heading = new QVBoxLayout;
    heading->setSpacing(space::xs);
    heading->addWidget(makeText(tr("Add an Azure deployment"), TextType::Title, this));
    heading->addWidget(
        makeText(tr("Paste two things from the portal; Quaygate tests them and sets up a "
                    "local address that your tools can call."),
                 TextType::Muted, this));
    column->addLayout(heading);
    column->addWidget(m_urlRow);
    column->addLayout(pair);
    column->addWidget(m_keyRow);
    column->addWidget(m_connection);
    column->addWidget(m_message);
    column->addLayout(buttons);
    chainTabs({m_url, m_deployment, m_version, m_key, m_primary, m_addAnyway, m_cancel});
    m_url->setFocus();
}

void AddDeploymentDialog::takeAddress(const AzureAddress &address) {
    if (!address.deploymentName.isEmpty())
        m_deployment->setText(address.deploymentName);
    if (!address.apiVersion.isEmpty())
        m_version->setVersion(address.apiVersion);
    if (!address.key.isEmpty())
        m_key->setKey(address.key);
    m_urlRow->setWarning(address.warnings.join(u'\n'));
    if (m_deployment->text().isEmpty())
        m_deployment->setFocus();
    else if (!m_key->hasKey())
        m_key->setFocus();
}

void AddDeploymentDialog::edited() {
    for (FormField *field : {m_urlRow, m_deploymentRow, m_versionRow, m_keyRow})
        field->setError({});
    m_urlRow->setWarning({});
    m_connection->reset();
    m_message->clear();
    m_addAnyway->hide();
    m_primary->setText(tr("Test and add"));
}

Backend AddDeploymentDialog::draft() const {
    Backend backend;
    backend.endpoint = m_url->endpoint();
    backend.deploymentName = m_deployment->text().trimmed();
    backend.apiVersion = m_version->version();
    const QString wanted =
        backend.deploymentName.isEmpty() ? u"azure-openai"_s : backend.deploymentName;
    backend.name = uniqueBackendName(*m_services.config.snapshot(), wanted);
    const bool keyless = !m_key->hasKey() && isLoopback(backend.endpoint);
    backend.auth.kind = keyless ? Auth::Kind::None : Auth::Kind::Keychain;
    backend.auth.name = keyless ? QString() : backend.name;
    return backend;
}

bool AddDeploymentDialog::check() {
    const Backend backend = draft();
    QList<std::pair<FormField *, QString>> errors;
    if (backend.endpoint.isEmpty())
        errors.append({m_urlRow, tr("Paste the Target URI of the deployment.")});
    if (backend.deploymentName.isEmpty())
        errors.append({m_deploymentRow, tr("Type the name of the deployment.")});
    if (backend.auth.kind == Auth::Kind::Keychain && !m_key->hasKey())
        errors.append({m_keyRow, tr("Paste one of the two keys of the resource.")});
    if (errors.isEmpty())
        for (const Problem &problem : backendProblems(*m_services.config.snapshot(), {}, backend))
            errors.append({problem.pointer.startsWith(u"/apiVersion"_s)       ? m_versionRow
                           : problem.pointer.startsWith(u"/deploymentName"_s) ? m_deploymentRow
                           : problem.pointer.startsWith(u"/auth"_s)           ? m_keyRow
                                                                              : m_urlRow,
                           problem.message});
    for (const auto &[field, text] : errors)
        field->setError(text);
    if (!errors.isEmpty())
        errors.first().first->editor()->setFocus();
    return errors.isEmpty();
}

void AddDeploymentDialog::testAndAdd() {
    if (m_saving || !check())
        return;
    m_connection->run(draft(), m_key->hasKey() ? m_key->key() : Secret());
}

void AddDeploymentDialog::testEnded(const ConnectionReport &report) {
    if (report.works) {
        add(KeyPlace::Keychain);
        return;
    }
    m_primary->setText(tr("Test again"));
    m_addAnyway->show();
}

void AddDeploymentDialog::add(KeyPlace place) {
    if (m_saving)
        return;
    m_saving = true;
    m_message->clear();
    m_primary->setEnabled(false);
    const Backend backend = draft();
    const Route route = newRoute(*m_services.config.snapshot(), backend.name);
    const Secret key = backend.auth.kind == Auth::Kind::Keychain ? m_key->key() : Secret();
    saveBackend(m_services, {{}, backend, key, place, route},
                guarded(this, [this, route](const Result<void> &saved) {
                    m_saving = false;
                    m_primary->setEnabled(true);
                    if (!saved) {
                        showAddError(saved.error());
                        return;
                    }
                    m_key->wipe();
                    accept();
                    emit added(route.name);
                }));
}

void AddDeploymentDialog::showAddError(const Error &error) {
    if (isKeychainTrouble(error))
        m_message->setMessage(
            MessageKind::Warning, error.message, error.detail,
            {{tr("Keep the key for this session only"), [this] { add(KeyPlace::Session); }},
             {tr("Try the keychain again"), [this] { add(KeyPlace::Keychain); }}});
    else if (error.code == ErrorCode::FileChanged)
        m_message->setMessage(
            MessageKind::Warning, tr("The configuration file was changed while this was open."),
            error.detail,
            {{tr("Add it to the changed file"), [this] { add(KeyPlace::Keychain); }}});
    else
        m_message->setMessage(MessageKind::Error, error.message, error.detail);
}

void AddDeploymentDialog::reject() {
    m_connection->cancel();
    m_key->wipe();
    QDialog::reject();
}

} // namespace quaygate
