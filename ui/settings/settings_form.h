#pragma once

#include "gateway/config/problem.h"
#include "gateway/result.h"
#include "ui/services.h"
#include "ui/settings/settings_edits.h"
#include "ui/widgets/editor_form.h"
#include "ui/widgets/field_problems.h"

class QLineEdit;

namespace quaygate {

class AccessFold;
class DesktopFold;
class Fold;
class FormField;
class FormFrame;
class LimitFields;
class MeasureField;
class MessageBar;
class MoneyFold;
class PairsField;
class SettingsFold;
class TrafficFold;

/// The form of what is not about one backend or route: where the gateway listens, who may use it,
/// what it remembers, its threads and limits, the names and prices of models.
class SettingsForm : public EditorForm {
    Q_OBJECT

public:
    explicit SettingsForm(const Services &services, QWidget *parent = nullptr);

    /// The configuration changed, by this form or by someone else.
    void followConfig();

    bool isDirty() const override { return m_dirty; }
    void save() override;
    void discard() override;
    void focusFirst() override;

    /// As the fields are now.
    Settings draft() const;
    const MessageBar *message() const { return m_message; }

private:
    void build();
    void connectFields();
    void fill(const Settings &settings);
    void fieldEdited(FormField *field);
    void refresh();
    QList<SettingsFold *> folds() const;
    QList<Fold *> everyFold() const; ///< the limits, too
    Problems problems(const Settings &settings) const;
    void showProblems(const Problems &problems);
    FormField *fieldOf(const QString &pointer) const;
    void leadTo(const Problem &problem);
    void setDirty(bool dirty);
    void saveEnded(const Settings &saved, const Result<void> &result);
    void tellChangedOnDisk();

    Services m_services;
    FormFrame *m_frame;
    QLineEdit *m_address;
    MeasureField *m_port;
    MeasureField *m_workers;
    FormField *m_addressRow;
    FormField *m_portRow;
    FormField *m_workersRow;
    PairsField *m_aliases;
    AccessFold *m_access;
    TrafficFold *m_traffic;
    MoneyFold *m_money;
    DesktopFold *m_desktop;
    LimitFields *m_limits;
    MessageBar *m_message;

    Settings m_original; ///< as they are saved
    FieldProblems m_problems;
    bool m_filling = false;
    bool m_dirty = false;
    bool m_saving = false;
};

} // namespace quaygate
