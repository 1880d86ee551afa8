#pragma once

#include <QWidget>

namespace quaygate {

/// A form that edits one item. Its edits are a draft until they are saved; Escape offers to drop
/// them.
class EditorForm : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual bool isDirty() const = 0;
    /// Ends in `saved`, or in a message in the form.
    virtual void save() = 0;
    /// Back to what is saved; a form for a new item becomes empty.
    virtual void discard() = 0;
    virtual void focusFirst() = 0;

signals:
    void dirtyChanged(bool dirty);
    void saved(const QString &name);
    /// The form says why.
    void saveFailed();
    void discardPressed();
    void duplicatePressed();
    void removePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace quaygate
