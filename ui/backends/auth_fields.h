#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"
#include "ui/services.h"

#include <QWidget>

class QLineEdit;

namespace quaygate {

class FormField;
class KeyField;
class Segmented;

/// How a backend's requests are signed: with a key in the keychain, an environment variable, or not
/// at all.
class AuthFields : public QWidget {
    Q_OBJECT

public:
    explicit AuthFields(const Services &services, QWidget *parent = nullptr);

    /// Shows it and empties the key field.
    void setAuth(const Auth &auth);
    /// `secretName`: the name of the secret where none was typed.
    Auth auth(const QString &secretName) const;

    KeyField *key() const { return m_key; }
    Secret typedKey() const;
    /// The secret's name follows this until someone types one.
    void setDefaultName(const QString &name);

    FormField *kindField() const { return m_kindRow; }
    FormField *keyField() const { return m_keyRow; }
    FormField *secretNameField() const { return m_secretNameRow; }
    FormField *variableField() const { return m_variableRow; }
    /// Looks up, without reading it, whether there is a key of that name, and says so in the key
    /// field.
    void lookForStoredKey();

signals:
    void edited();

private:
    Auth::Kind kind() const;
    void showKind();
    void tellStored(const QString &where);

    Services m_services;
    Segmented *m_kind;
    KeyField *m_key;
    QLineEdit *m_secretName;
    QLineEdit *m_variable;
    FormField *m_kindRow;
    FormField *m_keyRow;
    FormField *m_secretNameRow;
    FormField *m_variableRow;
    QWidget *m_keychainRows;
    QWidget *m_noKeyText;
    QWidget *m_elsewhereText;
    Auth m_auth; ///< as it was set: what has no field here is kept
};

} // namespace quaygate
