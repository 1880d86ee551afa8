#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"
#include "ui/services.h"
#include "ui/widgets/list_detail_page.h"

#include <functional>

namespace quaygate {

class ClientKeyForm;

/// The keys that local tools have: a list and the form.
class ClientKeysPage : public ListDetailPage {
    Q_OBJECT

public:
    explicit ClientKeysPage(const Services &services, QWidget *parent = nullptr);

    ClientKeyForm *form() const { return m_form; }

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
    ClientKeysPage(const Services &services, ClientKeyForm *form, QWidget *parent);
    void refresh();
    void showNewKey(const QString &name, const Secret &key);
    void removeNow(const QString &name);
    void undoRemoval(const Snapshot &before, const QString &name);

    Services m_services;
    ClientKeyForm *m_form;
};

} // namespace quaygate
