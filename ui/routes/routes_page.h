#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"
#include "ui/services.h"
#include "ui/widgets/list_detail_page.h"

#include <functional>

namespace quaygate {

class RouteForm;

/// The routes: a list and the form.
class RoutesPage : public ListDetailPage {
    Q_OBJECT

public:
    explicit RoutesPage(const Services &services, QWidget *parent = nullptr);

    RouteForm *form() const { return m_form; }

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
    RoutesPage(const Services &services, RouteForm *form, QWidget *parent);
    void refresh();
    void removeNow(const QString &name);
    void undoRemoval(const Snapshot &before, const QString &name);

    Services m_services;
    RouteForm *m_form;
};

} // namespace quaygate
