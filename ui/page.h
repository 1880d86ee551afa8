#pragma once

#include <QWidget>

namespace quaygate {

/// A page of the window that takes part in its shortcuts. Pages that need none of this may be any
/// QWidget.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Ctrl+N.
    virtual void createNew() {}
    /// Ctrl+S.
    virtual void save() {}
    virtual bool hasUnsavedEdits() const { return false; }

signals:
    void unsavedEditsChanged(bool unsaved);
};

} // namespace quaygate
