#include "ui/backends/backend_form.h"

#include "gateway/azure/upstream_url.h"
#include "gateway/config/config_store.h"
#include "ui/backends/api_version_field.h"
#include "ui/backends/auth_fields.h"
#include "ui/backends/backend_edits.h"
#include "ui/backends/connection_panel.h"
#include "ui/backends/endpoint_field.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/form_frame.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/tab_chain.h"
#include "ui/widgets/value_field.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

BackendForm::BackendForm(const Services &services, QWidget *parent)
    : EditorForm(parent)
    , m_services(services)
    , m_frame(new FormFrame(this))
    , m_name(new QLineEdit(this))
    , m_endpoint(new EndpointField(this))
    , m_deployment(new QLineEdit(this))
    , m_version(new ApiVersionField(this))
    , m_auth(new AuthFields(services, this))
    , m_nameRow(new FormField(tr("&Name"), m_name, this))
    , m_endpointRow(new FormField(tr("&Endpoint"), m_endpoint, this))
    , m_deploymentRow(new FormField(tr("&Deployment"), m_deployment, this))
    , m_versionRow(new FormField(tr("API ve&rsion"), m_version, this))
    , m_upstream(new ValueField(tr("Requests go to"), this))
    , m_testButton(makeButton(tr("Test connection"), ButtonKind::Secondary, this, u"bolt"_s))
    , m_connection(new ConnectionPanel(services, this))
    , m_message(new MessageBar(this)) {
    m_name->setObjectName(u"name"_s);
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
    fields->addWidget(m_endpointRow);
    fields->addLayout(pair);
    fields->addWidget(m_auth);
    fields->addWidget(upstream);
    m_frame->notices()->addWidget(m_connection);
    m_frame->notices()->addWidget(m_message);
    m_frame->foot()->insertWidget(0, m_testButton);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    chainTabs({m_name, m_endpoint, m_deployment, m_version, m_auth, upstream, m_connection,
               m_message, m_testButton, m_frame->discardButton(), m_frame->saveButton(),
               m_frame->duplicateButton(), m_frame->removeButton()});
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
    connect(m_auth, &AuthFields::edited, this, [this] {
        m_touched.insert(m_auth->kindField());
        fieldEdited(m_auth->keyField());
    });
    connect(m_testButton, &QPushButton::clicked, this, &BackendForm::test);
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
        m_auth->setAuth(backend.auth);
        for (QLineEdit *field : {m_name, m_deployment})
            field->setCursorPosition(0);
    }
    m_touched.clear();
    m_showAll = false;
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
    backend.auth = m_auth->auth(backend.name);
    return backend;
}

void BackendForm::fieldEdited(FormField *field) {
    if (m_filling)
        return;
    m_touched.insert(field);
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
        m_auth->key()->setKey(address.key);
    if (m_name->text().trimmed().isEmpty() && !address.deploymentName.isEmpty())
        m_name->setText(uniqueBackendName(*m_services.config.snapshot(), address.deploymentName));
    m_endpointRow->setWarning(address.warnings.join(u'\n'));
}

void BackendForm::refresh() {
    const Backend backend = draft();
    const bool typedKey = !m_auth->typedKey().isEmpty();
    const bool isNew = m_original.name.isEmpty();
    if (!m_filling && !m_touched.isEmpty())
        setDirty(isNew || typedKey || backend != m_original);
    m_endpointRow->setHint(
        isSimulator(backend)
            ? tr("The simulator built into Quaygate: an Azure look-alike on this computer.")
            : QString());
    showUpstreamUrl(backend);
    showProblems(backendProblems(*m_services.config.snapshot(), m_original.name, backend));
}

void BackendForm::showUpstreamUrl(const Backend &backend) {
    const bool complete = !backend.endpoint.isEmpty() && !backend.deploymentName.isEmpty();
    if (isSimulator(backend)) {
        m_upstream->setValue(tr("the built-in simulator"));
        return;
    }
    const Result<QByteArray> url = complete ? upstreamUrl(backend, Operation::ChatCompletions)
                                            : Result<QByteArray>(QByteArray());
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
    if (pointer.startsWith(u"/auth/kind"_s))
        return m_auth->kindField();
    if (pointer.startsWith(u"/auth"_s)) {
        switch (draft().auth.kind) {
        case Auth::Kind::Environment:
            return m_auth->variableField();
        case Auth::Kind::Keychain:
            return m_auth->secretNameField();
        case Auth::Kind::None:
        case Auth::Kind::EntraClientSecret:
        case Auth::Kind::EntraManagedIdentity:
        case Auth::Kind::AzureCli:
        case Auth::Kind::Passthrough:
            break;
        }
    }
    return m_endpointRow;
}

void BackendForm::showProblems(const Problems &problems) {
    QHash<FormField *, QString> errors;
    for (const Problem &problem : problems) {
        FormField *field = fieldOf(problem.pointer);
        const bool touched = m_touched.contains(field);
        if ((m_showAll || touched) && !errors.contains(field))
            errors.insert(field, problem.message);
    }
    for (FormField *field :
         {m_nameRow, m_endpointRow, m_deploymentRow, m_versionRow, m_auth->kindField(),
          m_auth->secretNameField(), m_auth->variableField()})
        field->setError(errors.value(field));
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
    m_showAll = true;
    const Problems problems =
        backendProblems(*m_services.config.snapshot(), m_original.name, backend);
    // A missing name keeps nobody from testing.
    const auto matters = [this](const Problem &problem) {
        return fieldOf(problem.pointer) != m_nameRow;
    };
    showProblems(problems);
    if (std::any_of(problems.begin(), problems.end(), matters))
        return;
    m_message->clear();
    m_connection->run(backend, m_auth->typedKey());
}

void BackendForm::save() {
    saveTo(KeyPlace::Keychain);
}

void BackendForm::saveTo(KeyPlace place) {
    if (m_saving || (!m_dirty && !m_original.name.isEmpty()))
        return;
    const Backend backend = draft();
    const Problems problems =
        backendProblems(*m_services.config.snapshot(), m_original.name, backend);
    if (!problems.isEmpty()) {
        m_showAll = true;
        showProblems(problems);
        FormField *first = fieldOf(problems.first().pointer);
        m_frame->scrollTo(first);
        first->editor()->setFocus();
        emit saveFailed();
        return;
    }
    m_saving = true;
    m_message->clear();
    m_frame->saveButton()->setEnabled(false);
    saveBackend(
        m_services, {m_original.name, backend, m_auth->typedKey(), place, {}},
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
    m_auth->key()->wipe();
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
    m_message->setMessage(
        MessageKind::Warning,
        tr("The configuration file was changed outside of this form while you were editing."), {},
        {{tr("Reload"), [this] { discard(); }},
         {tr("Keep my edits"), [this] {
              m_message->clear();
              if (const Backend *now = m_services.config.snapshot()->findBackend(m_original.name))
                  m_original = *now;
          }}});
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
