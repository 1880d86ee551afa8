#include "ui/backends/stored_secret_fields.h"

#include "gateway/secrets/secret_store.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/key_field.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

StoredSecretFields::StoredSecretFields(const Services &services, const Words &words,
                                       QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_words(words)
    , m_key(new KeyField(this))
    , m_name(new QLineEdit(this))
    , m_keyRow(new FormField(words.label, m_key, this))
    , m_nameRow(new FormField(tr("Stored &as"), m_name, this)) {
    m_key->setObjectName(words.control);
    m_name->setObjectName(words.nameControl);

    auto *pair = new QHBoxLayout(this);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(space::m);
    pair->addWidget(m_keyRow, 1);
    pair->addWidget(m_nameRow, 1);

    connect(m_key, &QLineEdit::textChanged, this, [this] { emit edited(m_keyRow); });
    connect(m_name, &QLineEdit::textChanged, this, [this] { emit edited(m_nameRow); });
    connect(m_name, &QLineEdit::editingFinished, this, &StoredSecretFields::lookForStored);
    tellStored({});
}

void StoredSecretFields::setName(const QString &name) {
    m_key->wipe();
    m_name->setText(name);
    m_name->setCursorPosition(0);
    lookForStored();
}

QString StoredSecretFields::name() const {
    const QString typed = m_name->text().trimmed();
    return typed.isEmpty() ? m_defaultName : typed;
}

void StoredSecretFields::setDefaultName(const QString &name) {
    m_defaultName = name;
    m_name->setPlaceholderText(name.isEmpty() ? tr("as the backend") : name);
}

Secret StoredSecretFields::typedSecret() const {
    return m_key->hasKey() ? m_key->key() : Secret();
}

void StoredSecretFields::lookForStored() {
    tellStored({});
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    const auto lookIn = [this, name](const QString &where) {
        return guarded(this, [this, name, where](const Result<QStringList> &names) {
            if (names && names->contains(name) && m_name->text().trimmed() == name)
                tellStored(where);
        });
    };
    m_services.keychain.names(lookIn(tr("Stored in the keychain; type to replace")));
    m_services.session.names(lookIn(tr("Kept for this session; type to replace")));
}

void StoredSecretFields::tellStored(const QString &where) {
    m_key->setPlaceholderText(where.isEmpty() ? m_words.placeholder : where);
}

} // namespace quaygate
