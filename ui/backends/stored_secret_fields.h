#pragma once

#include "gateway/secrets/secret.h"
#include "ui/services.h"

#include <QWidget>

class QLineEdit;

namespace quaygate {

class FormField;
class KeyField;

/// A secret that goes to the keychain, and the name that it has there.
class StoredSecretFields : public QWidget {
    Q_OBJECT

public:
    struct Words {
        QString label;       ///< "&Key"
        QString placeholder; ///< while nothing is stored: "Paste the key"
        QString control;     ///< the object name of the key's field
        QString nameControl;
    };

    StoredSecretFields(const Services &services, const Words &words, QWidget *parent = nullptr);

    /// Shows it and empties the key's field.
    void setName(const QString &name);
    /// What was typed, else the default name.
    QString name() const;
    /// The name follows this until someone types one.
    void setDefaultName(const QString &name);

    KeyField *key() const { return m_key; }
    /// Empty if none was typed.
    Secret typedSecret() const;
    FormField *nameField() const { return m_nameRow; }

    /// Looks up, without reading it, whether there is a secret of that name, and says so in the
    /// key's field.
    void lookForStored();

signals:
    void edited(quaygate::FormField *field);

private:
    void tellStored(const QString &where);

    Services m_services;
    Words m_words;
    KeyField *m_key;
    QLineEdit *m_name;
    FormField *m_keyRow;
    FormField *m_nameRow;
    QString m_defaultName;
};

} // namespace quaygate
