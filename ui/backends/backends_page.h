#pragma once

#include "gateway/connection_test.h"
#include "gateway/result.h"
#include "ui/services.h"
#include "ui/widgets/list_detail_page.h"

#include <QHash>

#include <functional>

class QCheckBox;

namespace quaygate {

class BackendForm;

/// The backends: a list with the outcome of the last test, and the form.
class BackendsPage : public ListDetailPage {
    Q_OBJECT

public:
    explicit BackendsPage(const Services &services, QWidget *parent = nullptr);

    BackendForm *form() const { return m_form; }

signals:
    /// To be told at the foot of the window; `undo` takes it back.
    void removed(const QString &text, const std::function<void()> &undo);
    void failed(const quaygate::Error &error);

protected:
    void load(const QString &name) override;
    void loadNew() override;
    void loadCopy(const QString &name) override;
    void remove(const QString &name) override;

private:
    BackendsPage(const Services &services, BackendForm *form, QWidget *parent);
    void refresh();
    void removeNow(const QString &name, bool withKey);
    void undoRemoval(const Snapshot &before, const QString &name);

    Services m_services;
    BackendForm *m_form;
    QHash<QString, ConnectionReport> m_reports;
};

} // namespace quaygate
