#include "ui/backends/client_secret_fields.h"

#include "ui/backends/stored_secret_fields.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

ClientSecretFields::ClientSecretFields(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_place(
          new Segmented(tr("Client secret in"), {tr("Keychain"), tr("Environment variable")}, this))
    , m_placeRow(new FormField(tr("Client secret in"), m_place, this))
    , m_stored(new StoredSecretFields(services,
                                      {tr("Client &secret"), tr("Paste the secret's value"),
                                       u"clientSecret"_s, u"clientSecretName"_s},
                                      this))
    , m_variable(new QLineEdit(this))
    , m_variableRow(new FormField(tr("Environment &variable"), m_variable, this)) {
    m_place->setObjectName(u"clientSecretPlace"_s);
    m_variable->setObjectName(u"clientSecretVariable"_s);
    m_variable->setPlaceholderText(u"AZURE_CLIENT_SECRET"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_placeRow);
    column->addWidget(m_stored);
    column->addWidget(m_variableRow);

    connect(m_place, &Segmented::chosen, this, [this] {
        showPlace();
        emit edited(m_placeRow);
    });
    connect(m_stored, &StoredSecretFields::edited, this, &ClientSecretFields::edited);
    connect(m_variable, &QLineEdit::textChanged, this, [this] { emit edited(m_variableRow); });
    showPlace();
}

void ClientSecretFields::setReference(const SecretReference &reference) {
    m_reference = reference;
    const bool keychain = reference.kind == SecretReference::Kind::Keychain;
    m_place->setCurrent(keychain ? 0 : 1);
    m_stored->setName(keychain ? reference.name : QString());
    m_variable->setText(keychain ? QString() : reference.name);
    m_variable->setCursorPosition(0);
    showPlace();
}

SecretReference ClientSecretFields::reference() const {
    SecretReference reference = m_reference;
    reference.kind =
        inKeychain() ? SecretReference::Kind::Keychain : SecretReference::Kind::Environment;
    reference.name = inKeychain() ? m_stored->name() : m_variable->text().trimmed();
    return reference;
}

void ClientSecretFields::setDefaultName(const QString &name) {
    m_stored->setDefaultName(name);
}

Secret ClientSecretFields::typedSecret() const {
    return inKeychain() ? m_stored->typedSecret() : Secret();
}

FormField *ClientSecretFields::nameField() const {
    return inKeychain() ? m_stored->nameField() : m_variableRow;
}

QList<FormField *> ClientSecretFields::fields() const {
    return {m_placeRow, m_stored->nameField(), m_variableRow};
}

bool ClientSecretFields::inKeychain() const {
    return m_place->current() == 0;
}

void ClientSecretFields::showPlace() {
    m_stored->setVisible(inKeychain());
    m_variableRow->setVisible(!inKeychain());
}

} // namespace quaygate
