#pragma once

#include "gateway/azure/address.h"
#include "gateway/connection_test.h"
#include "ui/backends/backend_saving.h"
#include "ui/services.h"
#include "ui/widgets/fitted_dialog.h"

class QLineEdit;
class QPushButton;

namespace quaygate {

class ApiVersionField;
class ConnectionPanel;
class EndpointField;
class FormField;
class KeyField;
class MessageBar;

/// The short way to a first deployment: paste the URL, paste the key, test, done. Adds a backend
/// and a route to it. Closes itself once both are saved.
class AddDeploymentDialog : public FittedDialog {
    Q_OBJECT

public:
    explicit AddDeploymentDialog(const Services &services, QWidget *parent = nullptr);

    const ConnectionPanel *connection() const { return m_connection; }
    const MessageBar *message() const { return m_message; }

signals:
    /// Saved; the route's name.
    void added(const QString &route);

protected:
    void reject() override;

private:
    void build();
    void takeAddress(const AzureAddress &address);
    void edited();
    Backend draft() const;
    /// Tells what is missing; true if nothing is.
    bool check();
    void testAndAdd();
    void testEnded(const ConnectionReport &report);
    void add(KeyPlace place);
    void showAddError(const Error &error);

    Services m_services;
    EndpointField *m_url;
    QLineEdit *m_deployment;
    ApiVersionField *m_version;
    KeyField *m_key;
    FormField *m_urlRow;
    FormField *m_deploymentRow;
    FormField *m_versionRow;
    FormField *m_keyRow;
    ConnectionPanel *m_connection;
    MessageBar *m_message;
    QPushButton *m_cancel;
    QPushButton *m_addAnyway;
    QPushButton *m_primary;
    bool m_saving = false;
};

} // namespace quaygate
