#include "ui/settings/settings_page.h"

#include "gateway/config/config_store.h"
#include "ui/settings/settings_form.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/question.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

SettingsPage::SettingsPage(const Services &services, QWidget *parent)
    : Page(parent), m_form(new SettingsForm(services, this)) {
    m_form->setMaximumWidth(size::readable);
    auto *row = new QHBoxLayout;
    row->addWidget(m_form, 1);
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, 20, space::xl, space::xl);
    column->setSpacing(20);
    column->addWidget(new PageHeader(
        tr("Settings"), tr("The gateway itself: where it listens and what it allows."), this));
    column->addLayout(row, 1);

    connect(&services.config, &ConfigStore::changed, m_form, &SettingsForm::followConfig);
    connect(m_form, &EditorForm::dirtyChanged, this, &Page::unsavedEditsChanged);
    connect(m_form, &EditorForm::discardPressed, this, &SettingsPage::offerDiscard);
    connect(m_form, &EditorForm::saved, this, [this] { emit saved(tr("Settings saved")); });
}

void SettingsPage::save() {
    m_form->save();
}

bool SettingsPage::hasUnsavedEdits() const {
    return m_form->isDirty();
}

void SettingsPage::offerDiscard() {
    if (!m_form->isDirty())
        return;
    auto *question =
        new Question(tr("Discard your edits?"),
                     tr("What you changed in this form since it was saved is lost."), window());
    question->addAnswer(tr("Keep editing"), ButtonKind::Ghost);
    question->addAnswer(tr("Discard"), ButtonKind::Danger, [this] { m_form->discard(); });
    question->open();
}

} // namespace quaygate
