#pragma once

#include "gateway/azure/address.h"
#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/connection_test.h"
#include "ui/backends/backend_saving.h"
#include "ui/services.h"
#include "ui/widgets/editor_form.h"
#include "ui/widgets/field_problems.h"

class QLineEdit;
class QPushButton;

namespace quaygate {

class AdvancedFields;
class ApiVersionField;
class AuthFields;
class ConnectionPanel;
class EndpointField;
class FormField;
class FormFrame;
class MessageBar;
class Segmented;
class ValueField;

/// The form of one backend.
class BackendForm : public EditorForm {
    Q_OBJECT

public:
    explicit BackendForm(const Services &services, QWidget *parent = nullptr);

    /// Shows a saved backend.
    void edit(const Backend &backend);
    /// A new one; with `like` a copy of it under another name.
    void createNew(const Backend *like = nullptr);
    /// The configuration changed, by this form or by someone else.
    void followConfig();

    bool isDirty() const override { return m_dirty; }
    void save() override;
    void discard() override;
    void focusFirst() override;

    /// As the fields are now.
    Backend draft() const;
    const MessageBar *message() const { return m_message; }

signals:
    void tested(const QString &name, const quaygate::ConnectionReport &report);

private:
    void build();
    void connectFields();
    void fill(const Backend &backend, const QString &heading);
    void fieldEdited(FormField *field);
    void takeAddress(const AzureAddress &address);
    void refresh();
    Problems problems(const Backend &backend) const;
    void showProblems(const Problems &problems);
    QList<FormField *> fieldsWithProblems() const;
    FormField *fieldOf(const QString &pointer) const;
    void leadTo(const Problem &problem);
    void showProvider();
    void showUpstreamUrl(const Backend &backend);
    void setDirty(bool dirty);
    void test();
    void saveTo(KeyPlace place);
    void saveEnded(const Backend &saved, const Result<void> &result);
    void showSaveError(const Error &error);
    void tellChangedOnDisk();

    Services m_services;
    FormFrame *m_frame;
    QLineEdit *m_name;
    Segmented *m_provider;
    EndpointField *m_endpoint;
    QLineEdit *m_deployment;
    ApiVersionField *m_version;
    AuthFields *m_auth;
    AdvancedFields *m_advanced;
    FormField *m_nameRow;
    FormField *m_providerRow;
    FormField *m_endpointRow;
    FormField *m_deploymentRow;
    FormField *m_versionRow;
    ValueField *m_upstream;
    QPushButton *m_testButton;
    ConnectionPanel *m_connection;
    MessageBar *m_message;

    /// As it is saved; an empty name: a new backend.
    Backend m_original;
    FieldProblems m_problems;
    bool m_filling = false;
    bool m_dirty = false;
    bool m_saving = false;
};

} // namespace quaygate
