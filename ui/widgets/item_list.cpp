#include "ui/widgets/item_list.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/item_delegate.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// From this many items on a filter helps.
constexpr int manyItems = 9;

/// Looks at both lines of an item.
class ItemFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWanted(const QString &text) {
        m_wanted = text;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        const auto holds = [&](int role) {
            return index.data(role).toString().contains(m_wanted, Qt::CaseInsensitive);
        };
        return holds(ItemModel::NameRole) || holds(ItemModel::DetailRole);
    }

private:
    QString m_wanted;
};

} // namespace

ItemList::ItemList(const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_model(new ItemModel(this))
    , m_filter(new QLineEdit(this))
    , m_view(new QListView(this)) {
    setProperty("surface", u"list"_s);
    auto *filtered = new ItemFilter(this);
    m_filtered = filtered;
    m_filtered->setSourceModel(m_model);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(name));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(themedIcon(u"search"_s, IconTone::Muted), QLineEdit::LeadingPosition);
    m_filter->hide();
    m_view->setModel(m_filtered);
    m_view->setItemDelegate(new ItemDelegate(m_view));
    m_view->setAccessibleName(name);
    m_view->setUniformItemSizes(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setMouseTracking(true);
    m_view->setSpacing(0);
    m_view->installEventFilter(this);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s, space::s, space::s, space::s);
    column->setSpacing(space::s);
    column->addWidget(m_filter);
    column->addWidget(m_view);

    connect(m_filter, &QLineEdit::textChanged, this, [this, filtered](const QString &text) {
        const QScopedValueRollback selecting(m_selecting, true);
        const QString kept = current();
        filtered->setWanted(text);
        setCurrent(kept);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (!m_selecting && index.isValid())
                    emit picked(index.data(ItemModel::NameRole).toString());
            });
}

void ItemList::setItems(const QList<Item> &items) {
    const QScopedValueRollback selecting(m_selecting, true);
    m_model->setItems(items);
    m_filter->setVisible(items.size() >= manyItems);
    if (items.size() < manyItems)
        m_filter->clear();
}

int ItemList::count() const {
    return m_model->rowCount();
}

QString ItemList::current() const {
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? index.data(ItemModel::NameRole).toString() : QString();
}

void ItemList::setCurrent(const QString &name) {
    const QScopedValueRollback selecting(m_selecting, true);
    const int row = m_model->rowOf(name);
    const QModelIndex index =
        row < 0 ? QModelIndex() : m_filtered->mapFromSource(m_model->index(row));
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
    else
        m_view->clearSelection();
}

bool ItemList::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_view && event->type() == QEvent::KeyPress && !current().isEmpty()) {
        const auto key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            emit deletePressed(current());
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace quaygate
