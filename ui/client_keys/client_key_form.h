#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"
#include "ui/services.h"
#include "ui/widgets/editor_form.h"
#include "ui/widgets/field_problems.h"

class QLineEdit;

namespace quaygate {

class FormField;
class FormFold;
class FormFrame;
class MessageBar;
class RulesFields;
class TextsField;

/// The form of one client key: what it opens and under which rules. A new one is made with the form
/// and told once it is saved.
class ClientKeyForm : public EditorForm {
    Q_OBJECT

public:
    explicit ClientKeyForm(const Services &services, QWidget *parent = nullptr);

    void edit(const ClientKey &key);
    /// With a new key of its own, whatever it is like.
    void createNew(const ClientKey *like = nullptr);
    void followConfig();

    bool isDirty() const override { return m_dirty; }
    void save() override;
    void discard() override;
    void focusFirst() override;

    ClientKey draft() const;
    const MessageBar *message() const { return m_message; }

signals:
    /// A new key was saved; nobody has seen it yet.
    void keyMade(const QString &name, const quaygate::Secret &key);

private:
    void build();
    void connectFields();
    void fill(const ClientKey &key, const QString &heading);
    void fieldEdited(FormField *field);
    void refresh();
    FormField *fieldOf(const QString &pointer) const;
    Problems problems(const ClientKey &key) const;
    void leadTo(const Problem &problem);
    void showProblems(const Problems &problems);
    void setDirty(bool dirty);
    void saveEnded(const ClientKey &saved, const Result<void> &result);
    void tellChangedOnDisk();
    bool isNew() const { return m_savedName.isEmpty(); }

    Services m_services;
    FormFrame *m_frame;
    QLineEdit *m_name;
    FormField *m_nameRow;
    TextsField *m_routes;
    TextsField *m_models;
    RulesFields *m_rules;
    MessageBar *m_notice;
    MessageBar *m_message;

    ClientKey m_original; ///< as it is saved; of a new one, as it began
    QString m_savedName;  ///< empty: a new one
    Secret m_newKey;      ///< of a new one
    FieldProblems m_problems;
    bool m_filling = false;
    bool m_dirty = false;
    bool m_saving = false;
};

} // namespace quaygate
