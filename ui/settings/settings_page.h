#pragma once

#include "ui/page.h"
#include "ui/services.h"

namespace quaygate {

class SettingsForm;

/// The page of what is not about one backend or route.
class SettingsPage : public Page {
    Q_OBJECT

public:
    explicit SettingsPage(const Services &services, QWidget *parent = nullptr);

    void save() override;
    bool hasUnsavedEdits() const override;

    SettingsForm *form() const { return m_form; }

signals:
    /// To be told at the foot of the window.
    void saved(const QString &text);

private:
    void offerDiscard();

    SettingsForm *m_form;
};

} // namespace quaygate
