#include "ui/client_keys/client_key_form.h"

#include "gateway/config/config_store.h"
#include "gateway/rules/client_key.h"
#include "ui/client_keys/client_key_edits.h"
#include "ui/rules/rules_fields.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/changed_on_disk.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/form_fold.h"
#include "ui/widgets/form_frame.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/tab_chain.h"
#include "ui/widgets/texts_field.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace quaygate {

ClientKeyForm::ClientKeyForm(const Services &services, QWidget *parent)
    : EditorForm(parent)
    , m_services(services)
    , m_frame(new FormFrame(this))
    , m_name(new QLineEdit(this))
    , m_nameRow(new FormField(tr("&Name"), m_name, this))
    , m_routes(new TextsField(
          {tr("Routes"), tr("Route"), tr("Add a route"), u"keyRoute"_s, u"/routes"_s},
          tr("Route, or * for all"), false, this))
    , m_models(new TextsField(
          {tr("Models"), tr("Model"), tr("Add a model"), u"keyModel"_s, u"/models"_s},
          tr("Model, as in gpt-4*, or * for all"), false, this))
    , m_rules(new RulesFields(this))
    , m_notice(new MessageBar(this))
    , m_message(new MessageBar(this))
    , m_problems([this](const QString &pointer) { return fieldOf(pointer); }) {
    m_name->setObjectName(u"name"_s);
    m_nameRow->setHint(tr("Whose key it is, such as a tool or a person; shown in the traffic."));
    m_routes->setHint(tr("What the key opens; one * stands for any text."));
    m_models->setHint(tr("As the tool names them; one * stands for any text."));
    build();
    connectFields();
}

void ClientKeyForm::build() {
    auto *fields = m_frame->fields();
    fields->addWidget(m_notice);
    fields->addWidget(m_nameRow);
    fields->addWidget(m_routes);
    fields->addWidget(m_models);
    fields->addWidget(m_rules);
    m_frame->notices()->addWidget(m_message);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    chainTabs({m_name, m_routes, m_models, m_rules, m_message, m_frame->discardButton(),
               m_frame->saveButton(), m_frame->duplicateButton(), m_frame->removeButton()});
}

void ClientKeyForm::connectFields() {
    connect(m_name, &QLineEdit::textChanged, this, [this] { fieldEdited(m_nameRow); });
    connect(m_routes, &LinesField::edited, this, [this] { fieldEdited(m_routes); });
    connect(m_models, &LinesField::edited, this, [this] { fieldEdited(m_models); });
    for (FormFold *fold : m_rules->folds()) {
        connect(fold, &FormFold::edited, this, &ClientKeyForm::fieldEdited);
        connect(fold, &Fold::toggled, this, [this, fold](bool open) {
            if (open)
                m_frame->bringUp(fold);
        });
    }
    connect(m_frame->saveButton(), &QPushButton::clicked, this, &ClientKeyForm::save);
    connect(m_frame->discardButton(), &QPushButton::clicked, this, &EditorForm::discardPressed);
    connect(m_frame->duplicateButton(), &QPushButton::clicked, this, &EditorForm::duplicatePressed);
    connect(m_frame->removeButton(), &QPushButton::clicked, this, &EditorForm::removePressed);
}

void ClientKeyForm::edit(const ClientKey &key) {
    m_original = key;
    m_savedName = key.name;
    m_newKey = {};
    fill(key, key.name);
}

void ClientKeyForm::createNew(const ClientKey *like) {
    const NewClientKey made = makeClientKey();
    const Snapshot snapshot = m_services.config.snapshot();
    m_original = like ? *like : ClientKey();
    m_original.name = uniqueClientKeyName(*snapshot, like ? like->name : tr("my-tool"));
    m_original.hash = made.hash;
    m_savedName.clear();
    m_newKey = made.key;
    fill(m_original, like ? tr("New key like %1").arg(like->name) : tr("New key"));
    m_message->setMessage(MessageKind::Info,
                          tr("The key is made when you save, and shown once to be copied."));
    setDirty(like != nullptr);
}

void ClientKeyForm::fill(const ClientKey &key, const QString &heading) {
    {
        const QScopedValueRollback filling(m_filling, true);
        QStringList routes{u"*"_s};
        for (const Route &route : m_services.config.snapshot()->routes)
            routes.append(route.name);
        m_routes->offer(routes);
        m_name->setText(key.name);
        m_name->setCursorPosition(0);
        m_routes->setTexts(key.routes);
        m_models->setTexts(key.models);
        m_rules->fill(key.rules);
    }
    m_problems.reset();
    m_message->clear();
    m_frame->setHeading(heading);
    m_frame->scrollToTop();
    m_frame->duplicateButton()->setVisible(!isNew());
    m_frame->removeButton()->setVisible(!isNew());
    setDirty(false);
    refresh();
}

ClientKey ClientKeyForm::draft() const {
    ClientKey key = m_original; // keeps the hash, and what this version does not know
    key.name = m_name->text().trimmed();
    key.routes = m_routes->texts();
    key.models = m_models->texts();
    m_rules->apply(key.rules);
    return key;
}

void ClientKeyForm::fieldEdited(FormField *field) {
    if (m_filling)
        return;
    m_problems.touch(field);
    if (m_message->kind() == MessageKind::Error)
        m_message->clear();
    refresh();
}

void ClientKeyForm::refresh() {
    const ClientKey key = draft();
    const Problems found = problems(key);
    if (m_problems.isTouched())
        setDirty(isNew() || key != m_original || !found.isEmpty());
    m_rules->summarise(key.rules);
    const QString why = whyKeysAreNotAsked(m_services.config.snapshot()->gateway);
    if (why.isEmpty())
        m_notice->clear();
    else
        m_notice->setMessage(MessageKind::Warning, why);
    showProblems(found);
}

FormField *ClientKeyForm::fieldOf(const QString &pointer) const {
    for (const FormFold *fold : m_rules->folds())
        if (FormField *field = fold->fieldOf(pointer))
            return field;
    if (pointer.startsWith(u"/routes"_s))
        return m_routes;
    return pointer.startsWith(u"/models"_s) ? m_models : m_nameRow;
}

Problems ClientKeyForm::problems(const ClientKey &key) const {
    Problems problems;
    for (const FormFold *fold : m_rules->folds())
        problems += fold->unreadable();
    return problems + clientKeyProblems(*m_services.config.snapshot(), m_savedName, key);
}

void ClientKeyForm::showProblems(const Problems &problems) {
    QList<FormField *> fields{m_nameRow, m_routes, m_models};
    for (const FormFold *fold : m_rules->folds())
        fields += fold->fields();
    m_problems.show(problems, fields);
}

void ClientKeyForm::leadTo(const Problem &problem) {
    FormField *field = fieldOf(problem.pointer);
    for (FormFold *fold : m_rules->folds())
        if (fold->isAncestorOf(field))
            fold->setOpen(true);
    m_frame->scrollTo(field);
    field->focusEditor();
}

void ClientKeyForm::setDirty(bool dirty) {
    const bool changed = m_dirty != dirty;
    m_dirty = dirty;
    m_frame->saveButton()->setEnabled((dirty || isNew()) && !m_saving);
    m_frame->discardButton()->setEnabled(dirty || isNew());
    if (changed)
        emit dirtyChanged(dirty);
}

void ClientKeyForm::save() {
    if (m_saving || (!m_dirty && !isNew()))
        return;
    const ClientKey key = draft();
    const Problems found = problems(key);
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
    m_services.config.save(
        withClientKey(*m_services.config.snapshot(), m_savedName, key),
        guarded(this, [this, key](const Result<void> &result) { saveEnded(key, result); }));
}

void ClientKeyForm::saveEnded(const ClientKey &saved, const Result<void> &result) {
    m_saving = false;
    if (!result) {
        setDirty(true);
        if (result.error().code == ErrorCode::FileChanged)
            tellChangedOnDisk();
        else
            m_message->setMessage(MessageKind::Error, result.error().message,
                                  result.error().detail);
        emit saveFailed();
        return;
    }
    const Secret made = std::exchange(m_newKey, {});
    m_original = saved;
    m_savedName = saved.name;
    m_problems.reset();
    setDirty(false);
    emit this->saved(saved.name);
    if (!made.isEmpty())
        emit keyMade(saved.name, made);
}

void ClientKeyForm::tellChangedOnDisk() {
    quaygate::tellChangedOnDisk(
        m_message, [this] { discard(); },
        [this] {
            if (const ClientKey *now = findClientKey(*m_services.config.snapshot(), m_savedName))
                m_original = *now;
        });
}

void ClientKeyForm::followConfig() {
    const Snapshot snapshot = m_services.config.snapshot();
    const ClientKey *now = findClientKey(*snapshot, m_savedName);
    if (m_saving || isNew() || (now && *now == m_original))
        refresh();
    else if (m_dirty)
        tellChangedOnDisk();
    else if (now)
        edit(*now);
}

void ClientKeyForm::discard() {
    const Snapshot snapshot = m_services.config.snapshot();
    if (isNew())
        createNew();
    else if (const ClientKey *now = findClientKey(*snapshot, m_savedName))
        edit(*now);
    else
        edit(m_original);
}

void ClientKeyForm::focusFirst() {
    m_name->setFocus();
    m_name->selectAll();
}

} // namespace quaygate
