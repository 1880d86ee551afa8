#include "ui/backends/auth_fields.h"

#include "gateway/config/names.h"
#include "ui/backends/client_secret_fields.h"
#include "ui/backends/stored_secret_fields.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/tab_chain.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Another name than that of the backend's key: the one must not overwrite the other.
QString clientSecretName(const QString &backend) {
    const QString end = u"-client-secret"_s;
    return backend.isEmpty() ? QString() : backend.left(maxNameLength - end.size()) + end;
}

} // namespace

AuthFields::AuthFields(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_kindRow(new FormField(tr("Sign &in with"), m_kind, this))
    , m_key(new StoredSecretFields(
          services, {tr("&Key"), tr("Paste the key"), u"key"_s, u"secretName"_s}, this))
    , m_clientSecret(new ClientSecretFields(services, this)) {
    m_kind->setObjectName(u"signIn"_s);
    leaveWheelToForm(m_kind);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(12);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_kindRow);
    QList<QWidget *> order{m_kind};
    for (const SignInKind &kind : signInKinds()) {
        m_kind->addItem(kind.name);
        m_pages.append(makePage(kind));
        column->addWidget(m_pages.last().widget);
        order.append(m_pages.last().widget);
    }
    chainTabs(order);

    connect(m_kind, &QComboBox::activated, this, [this] {
        showKind();
        emit kindChanged();
        emit edited(m_kindRow);
    });
    connect(m_key, &StoredSecretFields::edited, this, &AuthFields::edited);
    connect(m_clientSecret, &ClientSecretFields::edited, this, &AuthFields::edited);
    showKind();
}

AuthFields::Page AuthFields::makePage(const SignInKind &kind) {
    Page page{&kind, new QWidget(this), {}};
    auto *column = new QVBoxLayout(page.widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    for (const SignInText &text : kind.texts) {
        page.texts.append(makeField(text));
        column->addWidget(page.texts.last().row);
    }
    if (kind.secret == SignInSecret::Key)
        column->addWidget(m_key);
    if (kind.secret == SignInSecret::ClientSecret)
        column->addWidget(m_clientSecret);
    return page;
}

AuthFields::TextField AuthFields::makeField(const SignInText &text) {
    auto *edit = new QLineEdit(this);
    auto *row = new FormField(text.label, edit, this);
    edit->setObjectName(text.control);
    edit->setPlaceholderText(text.placeholder);
    row->setHint(text.hint);
    connect(edit, &QLineEdit::textChanged, this, [this, row] { emit edited(row); });
    return {text, edit, row};
}

void AuthFields::setAuth(const Auth &auth) {
    m_auth = auth;
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        const Page &page = m_pages.at(i);
        const bool chosen = page.kind->kind == auth.kind;
        if (chosen)
            m_kind->setCurrentIndex(int(i));
        for (const TextField &field : page.texts) {
            field.edit->setText(chosen ? auth.*field.text.member : QString());
            field.edit->setCursorPosition(0);
        }
    }
    m_key->setName(auth.kind == Auth::Kind::Keychain ? auth.name : QString());
    m_clientSecret->setReference(auth.kind == Auth::Kind::EntraClientSecret ? auth.secret
                                                                            : SecretReference());
    showKind();
}

Auth AuthFields::auth() const {
    Auth auth = m_auth;
    if (auth.kind != kind()) {
        auth = Auth();
        auth.kind = kind();
        auth.unknown = m_auth.unknown;
    }
    for (const TextField &field : page().texts)
        auth.*field.text.member = field.edit->text().trimmed();
    if (page().kind->secret == SignInSecret::Key)
        auth.name = m_key->name();
    if (page().kind->secret == SignInSecret::ClientSecret)
        auth.secret = m_clientSecret->reference();
    return auth;
}

Auth::Kind AuthFields::kind() const {
    return page().kind->kind;
}

void AuthFields::setDefaultName(const QString &backend) {
    m_key->setDefaultName(backend);
    m_clientSecret->setDefaultName(clientSecretName(backend));
}

void AuthFields::takeKey(const Secret &key) {
    m_key->key()->setKey(key);
}

Secret AuthFields::typedSecret() const {
    switch (page().kind->secret) {
    case SignInSecret::Key:
        return m_key->typedSecret();
    case SignInSecret::ClientSecret:
        return m_clientSecret->typedSecret();
    case SignInSecret::None:
        break;
    }
    return {};
}

void AuthFields::wipeSecrets() {
    m_key->key()->wipe();
    m_clientSecret->stored()->key()->wipe();
}

QList<FormField *> AuthFields::fields() const {
    QList<FormField *> fields{m_kindRow, m_key->nameField()};
    fields.append(m_clientSecret->fields());
    for (const Page &page : m_pages)
        for (const TextField &field : page.texts)
            fields.append(field.row);
    return fields;
}

FormField *AuthFields::fieldOf(const QString &pointer) const {
    for (const TextField &field : page().texts)
        if (pointer == field.text.pointer)
            return field.row;
    if (pointer == u"/auth/name")
        return m_key->nameField();
    if (pointer.startsWith(u"/auth/secret"))
        return m_clientSecret->nameField();
    return pointer == u"/auth/kind" ? m_kindRow : nullptr;
}

const AuthFields::Page &AuthFields::page() const {
    return m_pages.at(std::max(0, m_kind->currentIndex()));
}

void AuthFields::showKind() {
    for (const Page &one : m_pages)
        one.widget->setVisible(&one == &page() && one.widget->layout()->count() > 0);
    m_kindRow->setHint(page().kind->explanation);
}

} // namespace quaygate
