#pragma once

#include "ui/widgets/item_model.h"

#include <QFrame>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace quaygate {

/// A list of items with a filter above it once there are many.
class ItemList : public QFrame {
    Q_OBJECT

public:
    /// `name`: what the list holds, for a screen reader.
    explicit ItemList(const QString &name, QWidget *parent = nullptr);

    void setItems(const QList<Item> &items);
    int count() const;

    /// The selected item's name, or empty.
    QString current() const;
    /// Selects and scrolls to it; empty or unknown: selects nothing. Emits no `picked`.
    void setCurrent(const QString &name);

    QListView *view() const { return m_view; }

signals:
    /// A person selected another item.
    void picked(const QString &name);
    void deletePressed(const QString &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ItemModel *m_model;
    QLineEdit *m_filter;
    QListView *m_view;
    QSortFilterProxyModel *m_filtered;
    bool m_selecting = false;
};

} // namespace quaygate
