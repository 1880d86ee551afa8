#include "ui/backends/auth_fields.h"

#include "gateway/secrets/secret_store.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/key_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tab_chain.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The kinds that have fields here; the others are set in the file and shown as a fact.
bool hasFields(Auth::Kind kind) {
    return kind == Auth::Kind::Keychain || kind == Auth::Kind::Environment ||
           kind == Auth::Kind::None;
}

} // namespace

AuthFields::AuthFields(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_kind(new Segmented(tr("Authentication"), {tr("Keychain"), tr("Environment"), tr("No key")},
                           this))
    , m_key(new KeyField(this))
    , m_secretName(new QLineEdit(this))
    , m_variable(new QLineEdit(this))
    , m_kindRow(new FormField(tr("Authentication"), m_kind, this))
    , m_keyRow(new FormField(tr("&Key"), m_key, this))
    , m_secretNameRow(new FormField(tr("Stored &as"), m_secretName, this))
    , m_variableRow(new FormField(tr("Environment &variable"), m_variable, this))
    , m_keychainRows(new QWidget(this))
    , m_noKeyText(
          makeText(tr("Requests are sent without a key. That works for the simulator and for "
                      "servers on this computer."),
                   TextType::Small, this))
    , m_elsewhereText(makeText(tr("How this backend signs in is set in the configuration file."),
                               TextType::Small, this)) {
    m_key->setObjectName(u"key"_s);
    m_secretName->setObjectName(u"secretName"_s);
    m_variable->setObjectName(u"variable"_s);
    m_variable->setPlaceholderText(u"AZURE_OPENAI_API_KEY"_s);
    m_variableRow->setHint(
        tr("Read when Quaygate starts and when the configuration is read again."));

    auto *pair = new QHBoxLayout(m_keychainRows);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(space::m);
    pair->addWidget(m_keyRow, 1);
    pair->addWidget(m_secretNameRow, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_kindRow);
    column->addWidget(m_keychainRows);
    column->addWidget(m_variableRow);
    column->addWidget(m_noKeyText);
    column->addWidget(m_elsewhereText);
    chainTabs({m_kind, m_key, m_secretName, m_variable});

    connect(m_kind, &Segmented::chosen, this, [this] {
        showKind();
        emit edited();
    });
    connect(m_key, &QLineEdit::textChanged, this, &AuthFields::edited);
    connect(m_variable, &QLineEdit::textChanged, this, &AuthFields::edited);
    connect(m_secretName, &QLineEdit::textChanged, this, &AuthFields::edited);
    connect(m_secretName, &QLineEdit::editingFinished, this, &AuthFields::lookForStoredKey);
    showKind();
}

void AuthFields::setAuth(const Auth &auth) {
    m_auth = auth;
    if (hasFields(auth.kind))
        m_kind->setCurrent(int(auth.kind));
    m_key->wipe();
    m_secretName->setText(auth.kind == Auth::Kind::Keychain ? auth.name : QString());
    m_variable->setText(auth.kind == Auth::Kind::Environment ? auth.name : QString());
    m_secretName->setCursorPosition(0);
    showKind();
    lookForStoredKey();
}

Auth AuthFields::auth(const QString &secretName) const {
    Auth auth = m_auth;
    if (!hasFields(auth.kind))
        return auth;
    auth.kind = kind();
    auth.name.clear();
    if (auth.kind == Auth::Kind::Environment)
        auth.name = m_variable->text().trimmed();
    if (auth.kind == Auth::Kind::Keychain)
        auth.name =
            m_secretName->text().trimmed().isEmpty() ? secretName : m_secretName->text().trimmed();
    return auth;
}

Secret AuthFields::typedKey() const {
    return kind() == Auth::Kind::Keychain && m_key->hasKey() ? m_key->key() : Secret();
}

void AuthFields::setDefaultName(const QString &name) {
    m_secretName->setPlaceholderText(name.isEmpty() ? tr("as the backend") : name);
}

void AuthFields::lookForStoredKey() {
    tellStored({});
    const QString name = m_secretName->text().trimmed();
    if (name.isEmpty() || kind() != Auth::Kind::Keychain)
        return;
    const auto lookIn = [this, name](const QString &where) {
        return guarded(this, [this, name, where](const Result<QStringList> &names) {
            if (names && names->contains(name) && m_secretName->text().trimmed() == name)
                tellStored(where);
        });
    };
    m_services.keychain.names(lookIn(tr("Stored in the keychain; type to replace")));
    m_services.session.names(lookIn(tr("Kept for this session; type to replace")));
}

void AuthFields::tellStored(const QString &where) {
    m_key->setPlaceholderText(where.isEmpty() ? tr("Paste the key") : where);
}

Auth::Kind AuthFields::kind() const {
    return hasFields(m_auth.kind) ? Auth::Kind(m_kind->current()) : m_auth.kind;
}

void AuthFields::showKind() {
    m_kindRow->setVisible(hasFields(m_auth.kind));
    m_keychainRows->setVisible(kind() == Auth::Kind::Keychain);
    m_variableRow->setVisible(kind() == Auth::Kind::Environment);
    m_noKeyText->setVisible(kind() == Auth::Kind::None);
    m_elsewhereText->setVisible(!hasFields(m_auth.kind));
}

} // namespace quaygate
