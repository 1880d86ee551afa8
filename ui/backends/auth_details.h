#pragma once

#include "gateway/config/config.h"

#include <QWidget>

class QLineEdit;

namespace quaygate {

class FormField;
struct SignInKind;

/// What few need of a way to sign in: the header of a key, the sign-in service, the scope of a
/// token. Shows what the way chosen has a use for.
class AuthDetails : public QWidget {
    Q_OBJECT

public:
    explicit AuthDetails(QWidget *parent = nullptr);

    void setAuth(const Auth &auth);
    void showKind(Auth::Kind kind);
    /// Puts what is shown into it.
    void apply(Auth &auth) const;

    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void edited(quaygate::FormField *field);

private:
    struct Detail {
        QString Auth::*member;
        QString pointer;
        QLineEdit *edit;
        FormField *row;
    };

    Detail makeDetail(QString Auth::*member, const QString &key, const QString &label,
                      const QString &placeholder, const QString &hint);
    Detail makeHeader();

    QList<Detail> m_details;
    const SignInKind *m_kind;
};

} // namespace quaygate
