#include "ui/widgets/list_detail_page.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/editor_form.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/item_list.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/question.h"

#include <QBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

ListDetailPage::ListDetailPage(const Words &words, EditorForm *form, QWidget *parent)
    : Page(parent)
    , m_list(new ItemList(words.listName, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(words.icon, words.emptyTitle, words.emptyText))
    , m_detail(new QWidget)
    , m_form(form)
    , m_create(makeButton(words.createText, ButtonKind::Primary, this, u"plus"_s)) {
    auto *header = new PageHeader(words.title, words.text, this);
    m_create->setObjectName(u"create"_s);
    m_create->setToolTip(tr("%1 (%2)").arg(
        words.createText, QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
    header->addAction(m_create);

    auto *row = new QHBoxLayout(m_detail);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::l);
    m_list->setMinimumWidth(216);
    m_list->setMaximumWidth(320);
    row->addWidget(m_list, 2);
    row->addWidget(m_form, 5);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_detail);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, 20, space::xl, space::xl);
    column->setSpacing(20);
    column->addWidget(header);
    column->addWidget(m_stack, 1);

    auto *emptyCreate = m_empty->addAction(words.createText);
    emptyCreate->setObjectName(u"emptyCreate"_s);
    connect(emptyCreate, &QPushButton::clicked, this, &ListDetailPage::createNew);
    connect(m_create, &QPushButton::clicked, this, &ListDetailPage::createNew);
    connect(m_list, &ItemList::picked, this, &ListDetailPage::open);
    connect(m_list, &ItemList::deletePressed, this, [this](const QString &name) { remove(name); });
    connect(m_form, &EditorForm::removePressed, this, [this] { remove(m_shown); });
    connect(m_form, &EditorForm::duplicatePressed, this, &ListDetailPage::duplicate);
    connect(m_form, &EditorForm::discardPressed, this, &ListDetailPage::offerDiscard);
    connect(m_form, &EditorForm::dirtyChanged, this, &Page::unsavedEditsChanged);
    connect(m_form, &EditorForm::saveFailed, this, [this] { m_afterSave = nullptr; });
    connect(m_form, &EditorForm::saved, this, &ListDetailPage::showSaved);
}

void ListDetailPage::createNew() {
    settleDraft([this] { showNew(); });
}

void ListDetailPage::save() {
    if (m_stack->currentWidget() == m_detail)
        m_form->save();
}

bool ListDetailPage::hasUnsavedEdits() const {
    return m_form->isDirty();
}

void ListDetailPage::open(const QString &name) {
    if (name == m_shown && !m_new)
        return;
    settleDraft([this, name] { showItem(name); });
}

void ListDetailPage::setItems(const QList<Item> &items) {
    m_list->setItems(items);
    const auto isShown = [this](const Item &item) { return item.name == m_shown; };
    const bool lost =
        !m_new && !m_form->isDirty() && std::none_of(items.begin(), items.end(), isShown);
    if (lost || (items.isEmpty() && !m_form->isDirty() && !m_new))
        showFirst();
    else
        m_list->setCurrent(m_new ? QString() : m_shown);
}

void ListDetailPage::showFirst() {
    m_shown.clear();
    if (m_list->count() > 0)
        showItem(m_list->view()->model()->index(0, 0).data(ItemModel::NameRole).toString());
    else
        turnTo(m_empty);
}

void ListDetailPage::turnTo(QWidget *side) {
    m_stack->setCurrentWidget(side);
    // The empty page offers the same in its middle.
    m_create->setVisible(side != m_empty);
}

void ListDetailPage::showItem(const QString &name) {
    m_new = false;
    m_shown = name;
    turnTo(m_detail);
    load(name);
    m_list->setCurrent(name);
}

void ListDetailPage::showNew() {
    m_new = true;
    m_shown.clear();
    turnTo(m_detail);
    m_list->setCurrent({});
    loadNew();
    m_form->focusFirst();
}

void ListDetailPage::showSaved(const QString &name) {
    m_new = false;
    m_shown = name;
    if (const auto then = std::exchange(m_afterSave, nullptr))
        then();
    else
        showItem(name);
}

void ListDetailPage::duplicate() {
    const QString original = m_shown;
    settleDraft([this, original] {
        m_new = true;
        m_shown.clear();
        turnTo(m_detail);
        m_list->setCurrent({});
        loadCopy(original);
        m_form->focusFirst();
    });
}

void ListDetailPage::settleDraft(std::function<void()> then) {
    if (!m_form->isDirty()) {
        then();
        return;
    }
    // The list goes back to what is in the form until the answer is given.
    m_list->setCurrent(m_new ? QString() : m_shown);
    auto *question = new Question(
        tr("Save your edits?"),
        tr("The form has edits that are not saved. They are lost if you discard them."), window());
    question->addAnswer(tr("Keep editing"), ButtonKind::Ghost);
    question->addAnswer(tr("Discard"), ButtonKind::Secondary, [this, then] {
        m_form->discard();
        then();
    });
    question->addAnswer(tr("Save"), ButtonKind::Primary, [this, then] {
        m_afterSave = then;
        m_form->save();
    });
    question->open();
}

void ListDetailPage::offerDiscard() {
    const auto discard = [this] {
        m_form->discard();
        if (m_new) {
            m_new = false;
            showFirst();
        }
    };
    if (!m_form->isDirty()) {
        if (m_new)
            discard();
        return;
    }
    auto *question =
        new Question(tr("Discard your edits?"),
                     tr("What you changed in this form since it was saved is lost."), window());
    question->addAnswer(tr("Keep editing"), ButtonKind::Ghost);
    question->addAnswer(tr("Discard"), ButtonKind::Danger, discard);
    question->open();
}

} // namespace quaygate
