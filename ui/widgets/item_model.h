#pragma once

#include "ui/widgets/status_dot.h"

#include <QAbstractListModel>
#include <QList>

#include <optional>

namespace quaygate {

/// One row of a list: what it is called and a line about it. The name is its identity.
struct Item {
    QString name;
    QString detail;
    /// Shown as a mark and told in the tooltip; nothing is shown while there is none.
    std::optional<Health> health;
    QString healthText;

    bool operator==(const Item &) const = default;
};

/// The rows of a list, changed by the smallest steps, so that selection and scroll position
/// survive.
class ItemModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole, DetailRole, HealthRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(const QList<Item> &items);
    const QList<Item> &items() const { return m_items; }
    int rowOf(const QString &name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void removeMissing(const QList<Item> &items);

    QList<Item> m_items;
};

} // namespace quaygate
