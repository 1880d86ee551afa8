#include "ui/routes/route_form.h"

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/backends/backend_edits.h"
#include "ui/routes/call_example.h"
#include "ui/routes/failure_fold.h"
#include "ui/routes/match_fold.h"
#include "ui/routes/route_backends_field.h"
#include "ui/routes/route_edits.h"
#include "ui/rules/rules_fields.h"
#include "ui/settings/settings_edits.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/alias_field.h"
#include "ui/widgets/changed_on_disk.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/form_fold.h"
#include "ui/widgets/form_frame.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/tab_chain.h"
#include "ui/widgets/value_field.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace quaygate {

RouteForm::RouteForm(const Services &services, QWidget *parent)
    : EditorForm(parent)
    , m_services(services)
    , m_frame(new FormFrame(this))
    , m_name(new QLineEdit(this))
    , m_prefix(new QLineEdit(this))
    , m_nameRow(new FormField(tr("&Name"), m_name, this))
    , m_prefixRow(new FormField(tr("&Path prefix"), m_prefix, this))
    , m_backends(new RouteBackendsField(this))
    , m_aliases(makeAliasField(tr("Model aliases"), this))
    , m_strict(new QCheckBox(tr("Leave out what Azure adds to OpenAI's answers"), this))
    , m_strictRow(new FormField(tr("Strict answers"), m_strict, this))
    , m_match(new MatchFold(this))
    , m_failure(new FailureFold(this))
    , m_rules(new RulesFields(this))
    , m_url(new ValueField(tr("URL to call"), this))
    , m_curl(new CodeBlock(tr("curl command"), this))
    , m_message(new MessageBar(this))
    , m_problems([this](const QString &pointer) { return fieldOf(pointer); }) {
    m_name->setObjectName(u"name"_s);
    m_prefix->setObjectName(u"prefix"_s);
    m_curl->setObjectName(u"curl"_s);
    m_prefix->setFont(m_url->font());
    m_prefix->setPlaceholderText(u"/azure-openai"_s);
    m_prefixRow->setHint(
        tr("Requests whose path starts with it take this route; the longest one wins."));
    m_aliases->setHint(tr("What tools may call a model on this route, and the backend or "
                          "deployment that is meant. One * stands for any text. These count before "
                          "those of the settings."));
    m_strict->setObjectName(u"strict"_s);
    m_strict->setAccessibleName(m_strict->text());
    m_strictRow->setHint(tr("For tools that stumble over an empty first chunk or over the results "
                            "of the content filter."));
    build();
    connectFields();
}

void RouteForm::connectFields() {
    connect(m_name, &QLineEdit::textChanged, this, [this] { fieldEdited(m_nameRow); });
    connect(m_prefix, &QLineEdit::textChanged, this, [this] { fieldEdited(m_prefixRow); });
    connect(m_backends, &LinesField::edited, this, [this] { fieldEdited(m_backends); });
    connect(m_aliases, &PairsField::edited, this, [this] { fieldEdited(m_aliases); });
    connect(m_strict, &QCheckBox::toggled, this, [this] { fieldEdited(m_strictRow); });
    for (FormFold *fold : folds()) {
        connect(fold, &FormFold::edited, this, &RouteForm::fieldEdited);
        connect(fold, &Fold::toggled, this, [this, fold](bool open) {
            if (open)
                m_frame->bringUp(fold);
        });
    }
    connect(m_frame->saveButton(), &QPushButton::clicked, this, &RouteForm::save);
    connect(m_frame->discardButton(), &QPushButton::clicked, this, &EditorForm::discardPressed);
    connect(m_frame->duplicateButton(), &QPushButton::clicked, this, &EditorForm::duplicatePressed);
    connect(m_frame->removeButton(), &QPushButton::clicked, this, &EditorForm::removePressed);
}

void RouteForm::build() {
    auto *url = new FormField(tr("URL to call"), m_url, this);
    url->addBeside(new CopyButton(
        tr("Copy the URL"), [this] { return m_url->value(); }, this));
    auto *fields = m_frame->fields();
    fields->addWidget(m_nameRow);
    fields->addWidget(m_prefixRow);
    fields->addWidget(m_backends);
    fields->addWidget(url);
    fields->addWidget(new FormField(tr("Try it"), m_curl, this));
    fields->addWidget(m_aliases);
    fields->addWidget(m_strictRow);
    auto *more = new QVBoxLayout;
    more->setSpacing(space::xs);
    more->addWidget(m_match);
    more->addWidget(m_failure);
    fields->addLayout(more);
    fields->addWidget(m_rules);
    m_frame->notices()->addWidget(m_message);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    chainTabs({m_name, m_prefix, m_backends, url, m_curl, m_aliases, m_strict, m_match, m_failure,
               m_rules, m_message, m_frame->discardButton(), m_frame->saveButton(),
               m_frame->duplicateButton(), m_frame->removeButton()});
}

void RouteForm::edit(const Route &route) {
    m_original = route;
    fill(route, route.name);
}

void RouteForm::createNew(const Route *like) {
    m_original = {};
    const Snapshot snapshot = m_services.config.snapshot();
    const QString backend =
        snapshot->backends.isEmpty() ? QString() : snapshot->backends.first().name;
    Route start = newRoute(*snapshot, backend);
    if (like) {
        const QString name = uniqueName(
            like->name, [&](const QString &taken) { return snapshot->findRoute(taken); });
        start = *like;
        start.match.pathPrefix += name.mid(like->name.size());
        start.name = name;
    }
    fill(start, like ? tr("Copy of %1").arg(like->name) : tr("New route"));
    setDirty(like != nullptr);
}

void RouteForm::fill(const Route &route, const QString &heading) {
    {
        const QScopedValueRollback filling(m_filling, true);
        m_name->setText(route.name);
        m_prefix->setText(route.match.pathPrefix);
        m_name->setCursorPosition(0);
        m_prefix->setCursorPosition(0);
        offerBackends();
        m_backends->setBackends(route.backends);
        setAliases(*m_aliases, route.modelAliases);
        m_strict->setChecked(route.strictOpenAI);
        m_match->fill(route.match);
        m_failure->fill(route);
        m_rules->fill(route.rules);
    }
    m_problems.reset();
    m_message->clear();
    m_frame->setHeading(heading);
    m_frame->scrollToTop();
    const bool saved = !m_original.name.isEmpty();
    m_frame->duplicateButton()->setVisible(saved);
    m_frame->removeButton()->setVisible(saved);
    setDirty(false);
    refresh();
}

void RouteForm::offerBackends() {
    const QScopedValueRollback filling(m_filling, true);
    QStringList names;
    for (const Backend &backend : m_services.config.snapshot()->backends)
        names.append(backend.name);
    m_backends->offer(names);
}

Route RouteForm::draft() const {
    Route route = m_original; // keeps what this version does not know
    route.name = m_name->text().trimmed();
    route.match.pathPrefix = m_prefix->text().trimmed();
    route.backends = m_backends->backends();
    route.modelAliases = aliasesOf(*m_aliases);
    route.strictOpenAI = m_strict->isChecked();
    m_match->apply(route.match);
    m_failure->apply(route);
    m_rules->apply(route.rules);
    return route;
}

void RouteForm::fieldEdited(FormField *field) {
    if (m_filling)
        return;
    m_problems.touch(field);
    if (m_message->kind() == MessageKind::Error)
        m_message->clear();
    refresh();
}

/// An alias of a route leads to one of its own backends.
void RouteForm::offerTargets() {
    QList<Backend> backends;
    for (const RouteBackend &one : draft().backends)
        if (const Backend *backend = m_services.config.snapshot()->findBackend(one.name))
            backends.append(*backend);
    m_aliases->offerValues(aliasTargets(backends));
}

void RouteForm::refresh() {
    const Route route = draft();
    const Problems found = problems(route);
    if (m_problems.isTouched())
        setDirty(m_original.name.isEmpty() || route != m_original || !found.isEmpty());
    offerTargets();
    showCall();
    m_match->summarise(route.match);
    m_failure->summarise(route);
    m_rules->summarise(route.rules);
    showProblems(found);
}

void RouteForm::showCall() {
    const Route route = draft();
    m_url->setValue(routeUrl(m_services.gateway.url(), route));
    m_curl->setCode(curlExample(m_services.gateway.url(), route));
}

QList<FormFold *> RouteForm::folds() const {
    return QList<FormFold *>{m_match, m_failure} + m_rules->folds();
}

FormField *RouteForm::fieldOf(const QString &pointer) const {
    for (const FormFold *fold : folds())
        if (FormField *field = fold->fieldOf(pointer))
            return field;
    if (pointer.startsWith(u"/match"_s))
        return m_prefixRow;
    if (pointer.startsWith(u"/modelAliases"_s))
        return m_aliases;
    return pointer.startsWith(u"/backends"_s) ? m_backends : m_nameRow;
}

Problems RouteForm::problems(const Route &route) const {
    Problems problems = m_backends->unreadable();
    for (const FormFold *fold : folds())
        problems += fold->unreadable();
    return problems + routeProblems(*m_services.config.snapshot(), m_original.name, route);
}

void RouteForm::showProblems(const Problems &problems) {
    QList<FormField *> fields{m_nameRow, m_prefixRow, m_backends, m_aliases};
    for (const FormFold *fold : folds())
        fields += fold->fields();
    m_problems.show(problems, fields);
}

void RouteForm::leadTo(const Problem &problem) {
    FormField *field = fieldOf(problem.pointer);
    for (FormFold *fold : folds())
        if (fold->isAncestorOf(field))
            fold->setOpen(true);
    m_frame->scrollTo(field);
    field->focusEditor();
}

void RouteForm::setDirty(bool dirty) {
    const bool changed = m_dirty != dirty;
    m_dirty = dirty;
    m_frame->saveButton()->setEnabled((dirty || m_original.name.isEmpty()) && !m_saving);
    m_frame->discardButton()->setEnabled(dirty || m_original.name.isEmpty());
    if (changed)
        emit dirtyChanged(dirty);
}

void RouteForm::save() {
    if (m_saving || (!m_dirty && !m_original.name.isEmpty()))
        return;
    const Route route = draft();
    const Snapshot snapshot = m_services.config.snapshot();
    const Problems found = problems(route);
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
        withRoute(*snapshot, m_original.name, route),
        guarded(this, [this, route](const Result<void> &result) { saveEnded(route, result); }));
}

void RouteForm::saveEnded(const Route &saved, const Result<void> &result) {
    m_saving = false;
    if (result) {
        m_original = saved;
        m_problems.reset();
        setDirty(false);
        emit this->saved(saved.name);
        return;
    }
    setDirty(true);
    if (result.error().code == ErrorCode::FileChanged)
        tellChangedOnDisk();
    else
        m_message->setMessage(MessageKind::Error, result.error().message, result.error().detail);
    emit saveFailed();
}

void RouteForm::tellChangedOnDisk() {
    quaygate::tellChangedOnDisk(
        m_message, [this] { discard(); },
        [this] {
            if (const Route *now = m_services.config.snapshot()->findRoute(m_original.name))
                m_original = *now;
        });
}

void RouteForm::followConfig() {
    offerBackends();
    const Route *now = m_services.config.snapshot()->findRoute(m_original.name);
    if (m_saving || m_original.name.isEmpty() || (now && *now == m_original)) {
        refresh();
        return;
    }
    if (m_dirty)
        tellChangedOnDisk();
    else if (now)
        edit(*now);
}

void RouteForm::discard() {
    if (m_original.name.isEmpty()) {
        createNew();
    } else if (const Route *now = m_services.config.snapshot()->findRoute(m_original.name)) {
        edit(*now);
    } else {
        edit(m_original);
    }
}

void RouteForm::focusFirst() {
    m_name->setFocus();
    m_name->selectAll();
}

} // namespace quaygate
