#include "ui/widgets/item_model.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

void ItemModel::setItems(const QList<Item> &items) {
    removeMissing(items);
    for (int row = 0; row < items.size(); ++row) {
        const Item &item = items.at(row);
        const int now = rowOf(item.name);
        if (now < row) { // new, or a second one of that name
            beginInsertRows({}, row, row);
            m_items.insert(row, item);
            endInsertRows();
            continue;
        }
        if (now > row) {
            beginMoveRows({}, now, now, {}, row);
            m_items.move(now, row);
            endMoveRows();
        }
        if (m_items.at(row) != item) {
            m_items[row] = item;
            emit dataChanged(index(row), index(row));
        }
    }
}

void ItemModel::removeMissing(const QList<Item> &items) {
    QSet<QString> wanted;
    for (const Item &item : items)
        wanted.insert(item.name);
    for (int row = int(m_items.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_items.at(row).name))
            continue;
        beginRemoveRows({}, row, row);
        m_items.removeAt(row);
        endRemoveRows();
    }
}

int ItemModel::rowOf(const QString &name) const {
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const Item &item) { return item.name == name; });
    return found == m_items.end() ? -1 : int(found - m_items.begin());
}

int ItemModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant ItemModel::data(const QModelIndex &index, int role) const {
    const Item &item = m_items.at(index.row());
    switch (role) {
    case Qt::DisplayRole: // what a search by typing looks at
    case NameRole:
        return item.name;
    case DetailRole:
        return item.detail;
    case HealthRole:
        return item.health ? QVariant(int(*item.health)) : QVariant();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QStringList lines{item.name, item.detail, item.healthText};
        lines.removeAll(QString());
        return lines.join(role == Qt::ToolTipRole ? u"\n"_s : u", "_s);
    }
    default:
        return {};
    }
}

} // namespace quaygate
