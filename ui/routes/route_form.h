#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/result.h"
#include "ui/services.h"
#include "ui/widgets/editor_form.h"
#include "ui/widgets/field_problems.h"

class QCheckBox;
class QLineEdit;

namespace quaygate {

class CodeBlock;
class FailureFold;
class FormField;
class FormFold;
class FormFrame;
class MatchFold;
class MessageBar;
class PairsField;
class RouteBackendsField;
class RulesFields;
class ValueField;

/// The form of one route, with how to call it.
class RouteForm : public EditorForm {
    Q_OBJECT

public:
    explicit RouteForm(const Services &services, QWidget *parent = nullptr);

    void edit(const Route &route);
    void createNew(const Route *like = nullptr);
    /// The configuration, the backends to choose from or the gateway's address changed.
    void followConfig();
    void showCall();

    bool isDirty() const override { return m_dirty; }
    void save() override;
    void discard() override;
    void focusFirst() override;

    Route draft() const;
    const MessageBar *message() const { return m_message; }

private:
    void build();
    void connectFields();
    void fill(const Route &route, const QString &heading);
    void offerBackends();
    void fieldEdited(FormField *field);
    void offerTargets();
    void refresh();
    QList<FormFold *> folds() const;
    FormField *fieldOf(const QString &pointer) const;
    Problems problems(const Route &route) const;
    void leadTo(const Problem &problem);
    void showProblems(const Problems &problems);
    void setDirty(bool dirty);
    void saveEnded(const Route &saved, const Result<void> &result);
    void tellChangedOnDisk();

    Services m_services;
    FormFrame *m_frame;
    QLineEdit *m_name;
    QLineEdit *m_prefix;
    FormField *m_nameRow;
    FormField *m_prefixRow;
    RouteBackendsField *m_backends;
    PairsField *m_aliases;
    QCheckBox *m_strict;
    FormField *m_strictRow;
    MatchFold *m_match;
    FailureFold *m_failure;
    RulesFields *m_rules;
    ValueField *m_url;
    CodeBlock *m_curl;
    MessageBar *m_message;

    Route m_original; ///< as it is saved; an empty name: a new route
    FieldProblems m_problems;
    bool m_filling = false;
    bool m_dirty = false;
    bool m_saving = false;
};

} // namespace quaygate
