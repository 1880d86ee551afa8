#include "ui/client_keys/client_keys_page.h"

#include "gateway/config/config_store.h"
#include "ui/client_keys/client_key_edits.h"
#include "ui/client_keys/client_key_form.h"
#include "ui/client_keys/new_key_dialog.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/question.h"

using namespace Qt::StringLiterals;

namespace quaygate {

ClientKeysPage::ClientKeysPage(const Services &services, QWidget *parent)
    : ClientKeysPage(services, new ClientKeyForm(services), parent) {
}

ClientKeysPage::ClientKeysPage(const Services &services, ClientKeyForm *form, QWidget *parent)
    : ListDetailPage(
          {tr("Client keys"), tr("Keys for your tools: what each may use, and how much of it."),
           tr("Client keys"), tr("New key…"), u"key"_s, tr("No client keys yet"),
           tr("A client key lets one tool use the gateway, within limits of its own, without ever "
              "seeing the Azure key.")},
          form, parent)
    , m_services(services)
    , m_form(form) {
    connect(&services.config, &ConfigStore::changed, this, &ClientKeysPage::refresh);
    connect(form, &ClientKeyForm::keyMade, this, &ClientKeysPage::showNewKey);
    refresh();
}

void ClientKeysPage::refresh() {
    QList<Item> items;
    for (const ClientKey &key : m_services.config.snapshot()->clientKeys)
        items.append({key.name, summaryOf(key), {}, {}});
    m_form->followConfig();
    setItems(items);
}

void ClientKeysPage::load(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    if (const ClientKey *key = findClientKey(*snapshot, name))
        m_form->edit(*key);
}

void ClientKeysPage::loadNew() {
    m_form->createNew();
}

void ClientKeysPage::loadCopy(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    m_form->createNew(findClientKey(*snapshot, name));
}

void ClientKeysPage::showNewKey(const QString &name, const Secret &key) {
    (new NewKeyDialog(name, key, window()))->open();
}

void ClientKeysPage::remove(const QString &name) {
    const Snapshot snapshot = m_services.config.snapshot();
    if (!findClientKey(*snapshot, name))
        return;
    auto *question =
        new Question(tr("Remove the client key “%1”?").arg(name),
                     tr("Whoever uses this key is refused from then on, where keys are asked for. "
                        "A key that was removed for good cannot be made again."),
                     window());
    question->addAnswer(tr("Cancel"), ButtonKind::Ghost);
    question->addAnswer(tr("Remove"), ButtonKind::Danger, [this, name] { removeNow(name); });
    question->open();
}

void ClientKeysPage::removeNow(const QString &name) {
    const Snapshot before = m_services.config.snapshot();
    if (name == shown())
        m_form->discard();
    m_services.config.save(
        withoutClientKey(*before, name), guarded(this, [=, this](const Result<void> &saved) {
            if (saved)
                emit removed(tr("Client key “%1” removed").arg(name),
                             guarded(this, [=, this] { undoRemoval(before, name); }));
            else
                emit failed(saved.error());
        }));
}

void ClientKeysPage::undoRemoval(const Snapshot &before, const QString &name) {
    m_services.config.save(withClientKeyRestored(*m_services.config.snapshot(), *before, name),
                           guarded(this, [this, name](const Result<void> &saved) {
                               if (saved)
                                   open(name);
                               else
                                   emit failed(saved.error());
                           }));
}

} // namespace quaygate
