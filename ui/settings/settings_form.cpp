#include "ui/settings/settings_form.h"

#include "gateway/config/config_store.h"
#include "gateway/config/ranges.h"
#include "ui/settings/limit_fields.h"
#include "ui/settings/settings_folds.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/alias_field.h"
#include "ui/widgets/changed_on_disk.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/form_frame.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/tab_chain.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace quaygate {

SettingsForm::SettingsForm(const Services &services, QWidget *parent)
    : EditorForm(parent)
    , m_services(services)
    , m_frame(new FormFrame(this))
    , m_address(new QLineEdit(this))
    , m_port(new MeasureField(wholeNumbers(portRange), GatewaySettings().port, {}, this))
    , m_workers(new MeasureField(wholeNumbers(workerRange), GatewaySettings().workers,
                                 tr("half of the processors"), this))
    , m_addressRow(new FormField(tr("&Address"), m_address, this))
    , m_portRow(new FormField(tr("&Port"), m_port, this))
    , m_workersRow(new FormField(tr("&Threads that serve"), m_workers, this))
    , m_aliases(makeAliasField(tr("Model aliases"), this))
    , m_access(new AccessFold(this))
    , m_traffic(new TrafficFold(this))
    , m_money(new MoneyFold(this))
    , m_desktop(new DesktopFold(services.login, this))
    , m_limits(new LimitFields(this))
    , m_message(new MessageBar(this))
    , m_problems([this](const QString &pointer) { return fieldOf(pointer); }) {
    m_address->setObjectName(u"address"_s);
    m_address->setPlaceholderText(GatewaySettings().address);
    m_port->setObjectName(u"port"_s);
    m_portRow->setHint(tr("0 takes any free one."));
    m_workers->setObjectName(u"workers"_s);
    m_aliases->setHint(tr("What tools may call a model, and the backend or deployment that is "
                          "meant. One * stands for any text. A route may have aliases of its own, "
                          "which count first."));
    build();
    connectFields();
    fill(settingsOf(*m_services.config.snapshot()));
}

void SettingsForm::build() {
    auto *place = new QHBoxLayout;
    place->setSpacing(space::m);
    place->addWidget(m_addressRow, 2);
    place->addWidget(m_portRow, 1);
    auto *fields = m_frame->fields();
    fields->addLayout(place);
    fields->addWidget(m_workersRow);
    fields->addWidget(m_aliases);
    auto *more = new QVBoxLayout;
    more->setSpacing(space::xs);
    for (Fold *fold : everyFold())
        more->addWidget(fold);
    fields->addLayout(more);
    m_frame->notices()->addWidget(m_message);
    m_frame->setHeading(tr("Gateway"));
    m_frame->duplicateButton()->hide();
    m_frame->removeButton()->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    chainTabs({m_address, m_port, m_workers, m_aliases, m_access, m_traffic, m_money, m_desktop,
               m_limits, m_message, m_frame->discardButton(), m_frame->saveButton()});
}

void SettingsForm::connectFields() {
    const auto follow = [this](QLineEdit *edit, FormField *row) {
        connect(edit, &QLineEdit::textChanged, this, [this, row] { fieldEdited(row); });
    };
    follow(m_address, m_addressRow);
    follow(m_port, m_portRow);
    follow(m_workers, m_workersRow);
    connect(m_aliases, &PairsField::edited, this, [this] { fieldEdited(m_aliases); });
    connect(m_limits, &LimitFields::edited, this, &SettingsForm::fieldEdited);
    for (SettingsFold *fold : folds())
        connect(fold, &FormFold::edited, this, &SettingsForm::fieldEdited);
    for (Fold *fold : everyFold())
        connect(fold, &Fold::toggled, this, [this, fold](bool open) {
            if (open)
                m_frame->bringUp(fold);
        });
    connect(m_frame->saveButton(), &QPushButton::clicked, this, &SettingsForm::save);
    connect(m_frame->discardButton(), &QPushButton::clicked, this, &EditorForm::discardPressed);
}

void SettingsForm::fill(const Settings &settings) {
    m_original = settings;
    {
        const QScopedValueRollback filling(m_filling, true);
        m_address->setText(settings.gateway.address);
        m_address->setCursorPosition(0);
        m_port->setValue(settings.gateway.port);
        m_workers->setValue(settings.gateway.workers);
        m_limits->fill(settings.gateway.limits);
        m_aliases->offerValues(aliasTargets(m_services.config.snapshot()->backends));
        setAliases(*m_aliases, settings.modelAliases);
        for (SettingsFold *fold : folds())
            fold->fill(settings);
    }
    m_problems.reset();
    m_message->clear();
    setDirty(false);
    refresh();
}

Settings SettingsForm::draft() const {
    Settings settings = m_original; // keeps what this version does not know
    GatewaySettings &gateway = settings.gateway;
    const QString address = m_address->text().trimmed();
    gateway.address = address.isEmpty() ? GatewaySettings().address : address;
    gateway.port = quint16(m_port->value());
    gateway.workers = int(m_workers->value());
    m_limits->apply(gateway.limits);
    settings.modelAliases = aliasesOf(*m_aliases);
    for (const SettingsFold *fold : folds())
        fold->apply(settings);
    return settings;
}

void SettingsForm::fieldEdited(FormField *field) {
    if (m_filling)
        return;
    m_problems.touch(field);
    if (m_message->kind() == MessageKind::Error)
        m_message->clear();
    refresh();
}

void SettingsForm::refresh() {
    const Settings settings = draft();
    const Problems found = problems(settings);
    if (m_problems.isTouched())
        setDirty(settings != m_original || !found.isEmpty());
    m_limits->summarise(settings.gateway.limits);
    for (SettingsFold *fold : folds())
        fold->summarise(settings);
    m_access->tellKeys(settings.gateway, !m_services.config.snapshot()->clientKeys.isEmpty());
    m_addressRow->setWarning(addressWarning(settings.gateway.address));
    showProblems(found);
}

QList<SettingsFold *> SettingsForm::folds() const {
    return {m_access, m_traffic, m_money, m_desktop};
}

QList<Fold *> SettingsForm::everyFold() const {
    const auto some = folds();
    QList<Fold *> all(some.begin(), some.end());
    all.append(m_limits);
    return all;
}

Problems SettingsForm::problems(const Settings &settings) const {
    Problems problems;
    const auto add = [&problems](const QString &pointer, const MeasureField &field) {
        if (!field.problem().isEmpty())
            problems.append({0, pointer, field.problem()});
    };
    add(u"/gateway/port"_s, *m_port);
    add(u"/gateway/workers"_s, *m_workers);
    for (const SettingsFold *fold : folds())
        problems += fold->unreadable();
    return problems + m_limits->unreadable() +
           settingsProblems(*m_services.config.snapshot(), settings);
}

void SettingsForm::showProblems(const Problems &problems) {
    QList<FormField *> fields{m_addressRow, m_portRow, m_workersRow, m_aliases};
    for (const SettingsFold *fold : folds())
        fields += fold->fields();
    m_problems.show(problems, fields + m_limits->fields());
}

FormField *SettingsForm::fieldOf(const QString &pointer) const {
    if (pointer == u"/gateway/port")
        return m_portRow;
    if (pointer == u"/gateway/workers")
        return m_workersRow;
    if (pointer.startsWith(u"/modelAliases"))
        return m_aliases;
    for (const SettingsFold *fold : folds())
        if (FormField *field = fold->fieldOf(pointer))
            return field;
    FormField *limit = m_limits->fieldOf(pointer);
    return limit ? limit : m_addressRow;
}

void SettingsForm::leadTo(const Problem &problem) {
    FormField *field = fieldOf(problem.pointer);
    for (Fold *fold : everyFold())
        if (fold->isAncestorOf(field))
            fold->setOpen(true);
    m_frame->scrollTo(field);
    field->focusEditor();
}

void SettingsForm::setDirty(bool dirty) {
    const bool changed = m_dirty != dirty;
    m_dirty = dirty;
    m_frame->saveButton()->setEnabled(dirty && !m_saving);
    m_frame->discardButton()->setEnabled(dirty);
    if (changed)
        emit dirtyChanged(dirty);
}

void SettingsForm::save() {
    if (m_saving || !m_dirty)
        return;
    const Settings settings = draft();
    const Problems found = problems(settings);
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
    m_services.config.save(withSettings(*m_services.config.snapshot(), settings),
                           guarded(this, [this, settings](const Result<void> &result) {
                               saveEnded(settings, result);
                           }));
}

void SettingsForm::saveEnded(const Settings &saved, const Result<void> &result) {
    m_saving = false;
    if (result) {
        fill(saved);
        emit this->saved({});
        return;
    }
    setDirty(true);
    if (result.error().code == ErrorCode::FileChanged)
        tellChangedOnDisk();
    else
        m_message->setMessage(MessageKind::Error, result.error().message, result.error().detail);
    emit saveFailed();
}

void SettingsForm::tellChangedOnDisk() {
    quaygate::tellChangedOnDisk(
        m_message, [this] { discard(); },
        [this] { m_original = settingsOf(*m_services.config.snapshot()); });
}

void SettingsForm::followConfig() {
    const Settings now = settingsOf(*m_services.config.snapshot());
    m_aliases->offerValues(aliasTargets(m_services.config.snapshot()->backends));
    if (m_saving || now == m_original)
        refresh();
    else if (m_dirty)
        tellChangedOnDisk();
    else
        fill(now);
}

void SettingsForm::discard() {
    fill(settingsOf(*m_services.config.snapshot()));
}

void SettingsForm::focusFirst() {
    m_address->setFocus();
}

} // namespace quaygate
