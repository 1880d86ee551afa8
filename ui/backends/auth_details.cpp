#include "ui/backends/auth_details.h"

#include "ui/backends/sign_in_kinds.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

AuthDetails::AuthDetails(QWidget *parent)
    : QWidget(parent), m_kind(&signInKind(Auth::Kind::Keychain)) {
    m_details = {
        makeHeader(),
        makeDetail(&Auth::authority, u"authority"_s, tr("Authority"),
                   tr("that of the endpoint's cloud"),
                   tr("The address of the sign-in service, as in "
                      "https://login.microsoftonline.com.")),
        makeDetail(&Auth::endpoint, u"endpoint"_s, tr("Identity endpoint"), tr("the machine's own"),
                   tr("The address of the token service, as in http://169.254.169.254.")),
        makeDetail(&Auth::scope, u"scope"_s, tr("Scope"), tr("as the endpoint wants it"),
                   tr("What the token is for, as in "
                      "https://cognitiveservices.azure.com/.default.")),
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(makeLabel(tr("Signing in"), TextType::Caption, this));
    for (const Detail &detail : m_details)
        column->addWidget(detail.row);
    showKind(m_kind->kind);
}

AuthDetails::Detail AuthDetails::makeDetail(QString Auth::*member, const QString &key,
                                            const QString &label, const QString &placeholder,
                                            const QString &hint) {
    auto *edit = new QLineEdit(this);
    edit->setObjectName(u"auth-"_s + key);
    edit->setPlaceholderText(placeholder);
    auto *row = new FormField(label, edit, this);
    row->setHint(hint);
    connect(edit, &QLineEdit::textChanged, this, [this, row] { emit edited(row); });
    return {member, u"/auth/"_s + key, edit, row};
}

AuthDetails::Detail AuthDetails::makeHeader() {
    auto *choice = new QComboBox(this);
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->setCompleter(nullptr);
    leaveWheelToForm(choice);
    choice->addItems(
        {u"Ocp-Apim-Subscription-Key"_s, u"x-api-key"_s, u"Authorization"_s, u"api-key"_s});
    choice->setCurrentIndex(-1);
    choice->lineEdit()->setObjectName(u"auth-header"_s);
    choice->lineEdit()->setPlaceholderText(u"api-key"_s);
    auto *row = new FormField(tr("Header"), choice, this);
    connect(choice, &QComboBox::editTextChanged, this, [this, row] { emit edited(row); });
    return {&Auth::header, u"/auth/header"_s, choice->lineEdit(), row};
}

void AuthDetails::setAuth(const Auth &auth) {
    for (const Detail &detail : m_details) {
        detail.edit->setText(auth.*detail.member);
        detail.edit->setCursorPosition(0);
    }
    showKind(auth.kind);
}

void AuthDetails::showKind(Auth::Kind kind) {
    m_kind = &signInKind(kind);
    for (const Detail &detail : m_details)
        detail.row->setVisible(m_kind->hasDetail(detail.member));
    const bool passedOn = kind == Auth::Kind::Passthrough;
    m_details.first().row->setHint(passedOn
                                       ? tr("One more header of the client that is passed on.")
                                       : tr("The header that the key goes in. API Management wants "
                                            "Ocp-Apim-Subscription-Key."));
    setVisible(!m_kind->details.isEmpty());
}

void AuthDetails::apply(Auth &auth) const {
    for (const Detail &detail : m_details)
        if (m_kind->hasDetail(detail.member))
            auth.*detail.member = detail.edit->text().trimmed();
}

QList<FormField *> AuthDetails::fields() const {
    QList<FormField *> fields;
    for (const Detail &detail : m_details)
        fields.append(detail.row);
    return fields;
}

FormField *AuthDetails::fieldOf(const QString &pointer) const {
    for (const Detail &detail : m_details)
        if (pointer == detail.pointer)
            return detail.row;
    return nullptr;
}

} // namespace quaygate
