#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"
#include "ui/services.h"

#include <QWidget>

class QLineEdit;

namespace quaygate {

class FormField;
class Segmented;
class StoredSecretFields;

/// The client secret of an app registration: typed here and kept in the keychain, or in an
/// environment variable.
class ClientSecretFields : public QWidget {
    Q_OBJECT

public:
    explicit ClientSecretFields(const Services &services, QWidget *parent = nullptr);

    void setReference(const SecretReference &reference);
    SecretReference reference() const;
    void setDefaultName(const QString &name);

    StoredSecretFields *stored() const { return m_stored; }
    /// Empty if none was typed, or the secret is in a variable.
    Secret typedSecret() const;
    /// The field that has the reference's name.
    FormField *nameField() const;
    QList<FormField *> fields() const;

signals:
    void edited(quaygate::FormField *field);

private:
    bool inKeychain() const;
    void showPlace();

    // In the order of Tab.
    Segmented *m_place;
    FormField *m_placeRow;
    StoredSecretFields *m_stored;
    QLineEdit *m_variable;
    FormField *m_variableRow;
    SecretReference m_reference; ///< as it was set: what has no field here is kept
};

} // namespace quaygate
