#include "ui/backends/backend_form.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/upstream_url.h"
#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/backends/advanced_fields.h"
#include "ui/backends/api_version_field.h"
#include "ui/backends/auth_fields.h"
#include "ui/backends/backend_edits.h"
#include "ui/backends/connection_panel.h"
#include "ui/backends/endpoint_field.h"
#include "ui/backends/spoken_hint.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/changed_on_disk.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/form_frame.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tab_chain.h"
#include "ui/widgets/value_field.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace quaygate {

BackendForm::BackendForm(const Services &services, QWidget *parent)
    : EditorForm(parent)
    , m_services(services)
    , m_frame(new FormFrame(this))
    , m_name(new QLineEdit(this))
    , m_provider(new Segmented(tr("Provider"), {tr("Azure OpenAI"), tr("Claude on Foundry")}, this))
    , m_endpoint(new EndpointField(this))
    , m_deployment(new QLineEdit(this))
    , m_version(new ApiVersionField(this))
    , m_auth(new AuthFields(services, this))
    , m_advanced(new AdvancedFields(this))
    , m_nameRow(new FormField(tr("&Name"), m_name, this))
    , m_providerRow(new FormField(tr("Provider"), m_provider, this))
    , m_endpointRow(new FormField(tr("&Endpoint"), m_endpoint, this))
    , m_deploymentRow(new FormField(tr("&Deployment"), m_deployment, this))
    , m_versionRow(new FormField(tr("API ve&rsion"), m_version, this))
    , m_upstream(new ValueField(tr("Requests go to"), this))
    , m_testButton(makeButton(tr("Test connection"), ButtonKind::Secondary, this, u"bolt"_s))
    , m_connection(new ConnectionPanel(services, this))
    , m_message(new MessageBar(this))
    , m_problems([this](const QString &pointer) { return fieldOf(pointer); }) {
    m_name->setObjectName(u"name"_s);
    m_provider->setObjectName(u"provider"_s);
    m_endpoint->setObjectName(u"endpoint"_s);
    m_deployment->setObjectName(u"deployment"_s);
    m_version->setObjectName(u"apiVersion"_s);
    m_testButton->setObjectName(u"test"_s);
    m_upstream->setObjectName(u"upstream"_s);
    m_endpoint->setFont(m_upstream->font());
    m_name->setPlaceholderText(tr("for example azure-openai"));
    m_deployment->setPlaceholderText(tr("gpt-4.1-mini"));
    build();
    connectFields();
}

void BackendForm::build() {
    auto *pair = new QHBoxLayout;
    pair->setSpacing(space::m);
    pair->addWidget(m_deploymentRow, 1);
    pair->addWidget(m_versionRow, 1);

    auto *upstream = new FormField(tr("Requests go to"), m_upstream, this);
    upstream->addBeside(new CopyButton(
        tr("Copy the upstream URL"), [this] { return m_upstream->value(); }, this));

    auto *fields = m_frame->fields();
    fields->addWidget(m_nameRow);
    fields->addWidget(m_providerRow);
    fields->addWidget(m_endpointRow);
    fields->addLayout(pair);
    fields->addWidget(m_auth);
    fields->addWidget(upstream);
    fields->addWidget(m_advanced);
    m_frame->notices()->addWidget(m_connection);
    m_frame->notices()->addWidget(m_message);
    m_frame->foot()->insertWidget(0, m_testButton);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    chainTabs({m_name, m_provider, m_endpoint, m_deployment, m_version, m_auth, upstream,
               m_advanced, m_connection, m_message, m_testButton, m_frame->discardButton(),
               m_frame->saveButton(), m_frame->duplicateButton(), m_frame->removeButton()});
}

void BackendForm::connectFields() {
    connect(m_name, &QLineEdit::textChanged, this, [this] {
        m_auth->setDefaultName(m_name->text().trimmed());
        fieldEdited(m_nameRow);
    });
    connect(m_endpoint, &QLineEdit::textChanged, this, [this] { fieldEdited(m_endpointRow); });
    connect(m_endpoint, &EndpointField::addressRead, this, &BackendForm::takeAddress);
    connect(m_endpoint, &EndpointField::addressRefused, this,
            [this](const Error &error) { m_endpointRow->setError(error.message); });
    connect(m_deployment, &QLineEdit::textChanged, this, [this] { fieldEdited(m_deploymentRow); });
    connect(m_version, &ApiVersionField::versionChanged, this,
            [this] { fieldEdited(m_versionRow); });
    connect(m_provider, &Segmented::chosen, this, [this] {
        showProvider();
        fieldEdited(m_providerRow);
    });
    connect(m_auth, &AuthFields::kindChanged, this,
            [this] { m_advanced->showKind(m_auth->kind()); });
    connect(m_auth, &AuthFields::edited, this, &BackendForm::fieldEdited);
    connect(m_advanced, &Fold::toggled, this, [this](bool open) {
        if (open)
            m_frame->bringUp(m_advanced);
    });
    connect(m_advanced, &AdvancedFields::edited, this, &BackendForm::fieldEdited);
    connect(m_testButton, &QPushButton::clicked, this, &BackendForm::test);
    connect(&m_services.gateway, &Gateway::apisLearned, this, &BackendForm::refresh);
    connect(m_connection, &ConnectionPanel::runningChanged, this,
            [this](bool running) { m_testButton->setDisabled(running); });
    connect(m_connection, &ConnectionPanel::finished, this, [this](const ConnectionReport &report) {
        if (!m_original.name.isEmpty())
            emit tested(m_original.name, report);
    });
    connect(m_frame->saveButton(), &QPushButton::clicked, this, &BackendForm::save);
    connect(m_frame->discardButton(), &QPushButton::clicked, this, &EditorForm::discardPressed);
    connect(m_frame->duplicateButton(), &QPushButton::clicked, this, &EditorForm::duplicatePressed);
    connect(m_frame->removeButton(), &QPushButton::clicked, this, &EditorForm::removePressed);
}

void BackendForm::edit(const Backend &backend) {
    m_original = backend;
    fill(backend, backend.name);
}

void BackendForm::createNew(const Backend *like) {
    m_original = {};
    Backend start;
    start.apiVersion = u"v1"_s;
    if (like) {
        start = *like;
        start.name = uniqueBackendName(*m_services.config.snapshot(), like->name);
    }
    fill(start, like ? tr("Copy of %1").arg(like->name) : tr("New backend"));
    setDirty(like != nullptr);
}

void BackendForm::fill(const Backend &backend, const QString &heading) {
    {
        const QScopedValueRollback filling(m_filling, true);
        m_name->setText(backend.name);
        m_endpoint->setEndpoint(backend.endpoint);
        m_deployment->setText(backend.deploymentName);
        m_version->setVersion(backend.apiVersion);
        m_auth->setDefaultName(backend.name);
        m_provider->setCurrent(backend.provider == Provider::Anthropic ? 1 : 0);
        m_auth->setAuth(backend.auth);
        m_advanced->fill(backend);
        showProvider();
        for (QLineEdit *field : {m_name, m_deployment})
            field->setCursorPosition(0);
    }
    m_problems.reset();
    m_message->clear();
    m_connection->reset();
    m_endpointRow->setWarning({});
    m_frame->setHeading(heading);
    m_frame->scrollToTop();
    const bool saved = !m_original.name.isEmpty();
    m_frame->duplicateButton()->setVisible(saved);
    m_frame->removeButton()->setVisible(saved);
    setDirty(false);
    refresh();
}

Backend BackendForm::draft() const {
    Backend backend = m_original; // keeps what this version does not know
    backend.name = m_name->text().trimmed();
    backend.endpoint = m_endpoint->endpoint();
    backend.deploymentName = m_deployment->text().trimmed();
    backend.apiVersion = m_version->version();
    backend.provider = m_provider->current() == 1 ? Provider::Anthropic : Provider::AzureOpenAi;
    backend.auth = m_auth->auth();
    m_advanced->apply(backend);
    return backend;
}

void BackendForm::fieldEdited(FormField *field) {
    if (m_filling)
        return;
    m_problems.touch(field);
    if (field == m_endpointRow)
        field->setWarning({});
    if (m_message->isSet() && m_message->kind() == MessageKind::Error)
        m_message->clear();
    m_connection->reset();
    refresh();
}

void BackendForm::takeAddress(const AzureAddress &address) {
    if (!address.deploymentName.isEmpty())
        m_deployment->setText(address.deploymentName);
    if (!address.apiVersion.isEmpty())
        m_version->setVersion(address.apiVersion);
    if (!address.key.isEmpty())
        m_auth->takeKey(address.key);
    if (m_name->text().trimmed().isEmpty() && !address.deploymentName.isEmpty())
        m_name->setText(uniqueBackendName(*m_services.config.snapshot(), address.deploymentName));
    m_endpointRow->setWarning(address.warnings.join(u'\n'));
}

void BackendForm::refresh() {
    const Backend backend = draft();
    const bool edited = !m_auth->typedSecret().isEmpty() || !m_advanced->unreadable().isEmpty() ||
                        backend != m_original;
    if (!m_filling && m_problems.isTouched())
        setDirty(m_original.name.isEmpty() || edited);
    m_advanced->summarise(backend);
    m_endpointRow->setHint(
        isSimulator(backend)
            ? tr("The simulator built into Quaygate: an Azure look-alike on this computer.")
            : QString());
    m_deploymentRow->setHint(
        backend == m_original ? spokenHint(m_services.gateway.apisOf(backend.name)) : QString());
    showUpstreamUrl(backend);
    showProblems(problems(backend));
}

Problems BackendForm::problems(const Backend &backend) const {
    return m_advanced->unreadable() +
           backendProblems(*m_services.config.snapshot(), m_original.name, backend);
}

void BackendForm::showUpstreamUrl(const Backend &backend) {
    const bool complete = !backend.endpoint.isEmpty() && !backend.deploymentName.isEmpty();
    if (isSimulator(backend)) {
        m_upstream->setValue(tr("the built-in simulator"));
        return;
    }
    const Result<QByteArray> url = !complete ? Result<QByteArray>(QByteArray())
                                   : backend.provider == Provider::Anthropic
                                       ? anthropicUrl(backend, "messages")
                                       : upstreamUrl(backend, Operation::ChatCompletions);
    m_upstream->setValue(url ? QString::fromUtf8(*url) : QString());
    m_upstream->setPlaceholderText(tr("Shown once endpoint and deployment are filled in"));
}

FormField *BackendForm::fieldOf(const QString &pointer) const {
    if (pointer.startsWith(u"/name"_s))
        return m_nameRow;
    if (pointer.startsWith(u"/deploymentName"_s))
        return m_deploymentRow;
    if (pointer.startsWith(u"/apiVersion"_s))
        return m_versionRow;
    for (FormField *field : {m_auth->fieldOf(pointer), m_advanced->fieldOf(pointer)})
        if (field)
            return field;
    return m_endpointRow;
}

QList<FormField *> BackendForm::fieldsWithProblems() const {
    return QList<FormField *>{m_nameRow, m_endpointRow, m_deploymentRow, m_versionRow} +
           m_auth->fields() + m_advanced->fields();
}

void BackendForm::showProblems(const Problems &problems) {
    m_problems.show(problems, fieldsWithProblems());
}

void BackendForm::leadTo(const Problem &problem) {
    FormField *field = fieldOf(problem.pointer);
    if (m_advanced->isAncestorOf(field))
        m_advanced->setOpen(true);
    m_frame->scrollTo(field);
    field->focusEditor();
}

void BackendForm::showProvider() {
    // Claude's API has no versions of this kind.
    m_versionRow->setVisible(m_provider->current() == 0);
}

void BackendForm::setDirty(bool dirty) {
    const bool changed = m_dirty != dirty;
    m_dirty = dirty;
    m_frame->saveButton()->setEnabled((dirty || m_original.name.isEmpty()) && !m_saving);
    m_frame->discardButton()->setEnabled(dirty || m_original.name.isEmpty());
    if (changed)
        emit dirtyChanged(dirty);
}

void BackendForm::test() {
    const Backend backend = draft();
    Problems found = problems(backend);
    m_problems.complete();
    showProblems(found);
    // A missing name keeps nobody from testing.
    found.removeIf([this](const Problem &one) { return fieldOf(one.pointer) == m_nameRow; });
    if (!found.isEmpty()) {
        leadTo(found.first());
        return;
    }
    m_message->clear();
    m_connection->run(backend, m_auth->typedSecret());
}

void BackendForm::save() {
    saveTo(KeyPlace::Keychain);
}

void BackendForm::saveTo(KeyPlace place) {
    if (m_saving || (!m_dirty && !m_original.name.isEmpty()))
        return;
    const Backend backend = draft();
    const Problems found = problems(backend);
    if (!found.isEmpty()) {
        m_problems.complete();
        showProblems(found);
        leadTo(found.first());
        emit saveFailed();
        return;
    }
    m_saving = true;
    m_message->clear();
    m_frame->saveButton()->setEnabled(false);
    saveBackend(
        m_services, {m_original.name, backend, m_auth->typedSecret(), place, {}},
        guarded(this, [this, backend](const Result<void> &result) { saveEnded(backend, result); }));
}

void BackendForm::saveEnded(const Backend &saved, const Result<void> &result) {
    m_saving = false;
    if (!result) {
        setDirty(true);
        showSaveError(result.error());
        emit saveFailed();
        return;
    }
    m_auth->wipeSecrets();
    m_original = saved;
    setDirty(false);
    emit this->saved(saved.name);
}

void BackendForm::showSaveError(const Error &error) {
    if (isKeychainTrouble(error)) {
        m_message->setMessage(
            MessageKind::Warning, error.message, error.detail,
            {{tr("Keep the key for this session only"), [this] { saveTo(KeyPlace::Session); }},
             {tr("Try the keychain again"), [this] { saveTo(KeyPlace::Keychain); }}});
    } else if (error.code == ErrorCode::FileChanged) {
        tellChangedOnDisk();
    } else {
        m_message->setMessage(MessageKind::Error, error.message, error.detail);
    }
}

void BackendForm::tellChangedOnDisk() {
    quaygate::tellChangedOnDisk(
        m_message, [this] { discard(); },
        [this] {
            if (const Backend *now = m_services.config.snapshot()->findBackend(m_original.name))
                m_original = *now;
        });
}

void BackendForm::followConfig() {
    const Backend *now = m_services.config.snapshot()->findBackend(m_original.name);
    if (m_saving || m_original.name.isEmpty() || (now && *now == m_original)) {
        refresh();
        return;
    }
    if (m_dirty)
        tellChangedOnDisk();
    else if (now)
        edit(*now);
}

void BackendForm::discard() {
    const Snapshot snapshot = m_services.config.snapshot();
    if (m_original.name.isEmpty())
        createNew();
    else if (const Backend *now = snapshot->findBackend(m_original.name))
        edit(*now);
    else
        edit(m_original);
}

void BackendForm::focusFirst() {
    m_name->text().isEmpty() ? m_endpoint->setFocus() : m_name->setFocus();
}

} // namespace quaygate
