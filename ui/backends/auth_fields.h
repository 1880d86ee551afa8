#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"
#include "ui/backends/sign_in_kinds.h"
#include "ui/services.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace quaygate {

class ClientSecretFields;
class FormField;
class StoredSecretFields;

/// How a backend's requests are signed: the choice of a way, and the fields of the way chosen.
class AuthFields : public QWidget {
    Q_OBJECT

public:
    explicit AuthFields(const Services &services, QWidget *parent = nullptr);

    /// Shows it and empties the fields for secrets.
    void setAuth(const Auth &auth);
    /// What this form and the backend's details make of it: another way begins with nothing of the
    /// one before but what this version does not know.
    Auth auth() const;
    Auth::Kind kind() const;

    /// A secret's name follows that of the backend until someone types one.
    void setDefaultName(const QString &backend);
    /// The dots of a key that was found in a pasted URL.
    void takeKey(const Secret &key);
    /// What was typed for the keychain; empty: the stored one stays.
    Secret typedSecret() const;
    void wipeSecrets();

    /// All that may have a problem.
    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void kindChanged();
    void edited(quaygate::FormField *field);

private:
    struct TextField {
        SignInText text;
        QLineEdit *edit;
        FormField *row;
    };
    struct Page {
        const SignInKind *kind;
        QWidget *widget;
        QList<TextField> texts;
    };

    Page makePage(const SignInKind &kind);
    TextField makeField(const SignInText &text);
    const Page &page() const;
    void showKind();

    QComboBox *m_kind;
    FormField *m_kindRow;
    StoredSecretFields *m_key;
    ClientSecretFields *m_clientSecret;
    QList<Page> m_pages;
    Auth m_auth; ///< as it was set: what has no field here is kept
};

} // namespace quaygate
