#pragma once

#include "ui/page.h"
#include "ui/widgets/item_model.h"

#include <functional>

class QPushButton;
class QStackedWidget;

namespace quaygate {

class EditorForm;
class EmptyState;
class ItemList;

/// A page with a list at the left and the form of one item at the right. A form with unsaved edits
/// is never left without a question.
class ListDetailPage : public Page {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString text;
        QString listName;
        QString createText;
        QString icon;
        QString emptyTitle;
        QString emptyText;
    };

    /// Takes the form over.
    ListDetailPage(const Words &words, EditorForm *form, QWidget *parent = nullptr);

    void createNew() override;
    void save() override;
    bool hasUnsavedEdits() const override;

    /// Shows the item, after a question if the form has unsaved edits.
    void open(const QString &name);

    ItemList *list() const { return m_list; }
    /// The item in the form; empty: a new one, or none.
    QString shown() const { return m_shown; }

protected:
    /// Puts the item into the form.
    virtual void load(const QString &name) = 0;
    /// Makes the form one for a new item.
    virtual void loadNew() = 0;
    /// The same, filled with a copy of the item shown.
    virtual void loadCopy(const QString &name) = 0;
    /// Asks, then removes.
    virtual void remove(const QString &name) = 0;

    void setItems(const QList<Item> &items);
    /// The draft was settled: shows what was saved.
    void showSaved(const QString &name);
    /// Calls `then` once there are no unsaved edits: at once, or after an answer.
    void settleDraft(std::function<void()> then);

private:
    void turnTo(QWidget *side);
    void showItem(const QString &name);
    void showNew();
    void showFirst();
    void duplicate();
    void offerDiscard();

    ItemList *m_list;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QWidget *m_detail;
    EditorForm *m_form;
    QPushButton *m_create;
    QString m_shown;
    bool m_new = false;
    /// What to do once the save under way has succeeded.
    std::function<void()> m_afterSave;
};

} // namespace quaygate
