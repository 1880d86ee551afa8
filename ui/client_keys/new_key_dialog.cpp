#include "ui/client_keys/new_key_dialog.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/shown_secret.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

NewKeyDialog::NewKeyDialog(const QString &name, const Secret &key, QWidget *parent)
    : FittedDialog(540, parent) {
    setObjectName(u"newKey"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("The key “%1”").arg(name));

    auto *shown = new ShownSecret(tr("Key"), key, this);
    shown->setObjectName(u"shownKey"_s);
    auto *row = new FormField(tr("Key"), shown, this);
    auto *copy = new CopyButton(
        tr("Copy the key"), [shown] { return shown->text(); }, this);
    copy->setObjectName(u"copyKey"_s);
    row->addBeside(copy);
    row->setHint(tr("The tool sends it as its API key: as Authorization: Bearer, api-key or "
                    "x-api-key."));

    auto *done = makeButton(tr("I have stored it"), ButtonKind::Primary, this);
    done->setObjectName(u"done"_s);
    done->setFocusPolicy(Qt::StrongFocus);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(done);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(space::s);
    texts->addWidget(makeText(windowTitle(), TextType::Heading, this));
    texts->addWidget(makeText(tr("Copy it now: it is shown only this once. Quaygate keeps a hash "
                                 "of it, from which nobody can get it back. If it is lost, make a "
                                 "new key."),
                              TextType::Body, this));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::l);
    column->addLayout(texts);
    column->addWidget(row);
    column->addLayout(foot);
    copy->setFocus();
}

} // namespace quaygate
