#pragma once

#include "gateway/config/config.h"

#include <QList>
#include <QString>

namespace quaygate {

/// A text of an Auth that has a field of its own.
struct SignInText {
    QString Auth::*member;
    QString pointer; ///< its place in a backend: "/auth/tenantId"
    QString control; ///< the name of the field's object
    QString label;
    QString placeholder;
    QString hint;
};

/// Where a way to sign in has its secret, if the form has a field for that.
enum class SignInSecret {
    None,
    Key,          ///< in the keychain, under `Auth::name`
    ClientSecret, ///< where `Auth::secret` says
};

/// One way to sign in, as a person sees it.
struct SignInKind {
    Auth::Kind kind;
    QString name;
    QString explanation;
    SignInSecret secret;
    QList<SignInText> texts;
    /// What few need; the form has these under "Advanced".
    QList<QString Auth::*> details;

    bool hasDetail(QString Auth::*member) const { return details.contains(member); }
};

/// All of them, in the order in which they are offered. A new way to sign in is a new row.
const QList<SignInKind> &signInKinds();
const SignInKind &signInKind(Auth::Kind kind);

} // namespace quaygate
