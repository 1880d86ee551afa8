#include "ui/home/welcome.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

Welcome::Welcome(QWidget *parent) : QWidget(parent) {
    auto *azure = makeChoice(u"cloud"_s, tr("Add an Azure deployment"),
                             tr("Paste its URL and key from the portal. Takes about a minute."));
    azure->setObjectName(u"addAzure"_s);
    auto *simulator = makeChoice(u"simulator"_s, tr("Try the simulator"),
                                 tr("A look-alike of Azure on this computer. No account needed."));
    simulator->setObjectName(u"trySimulator"_s);
    connect(azure, &QPushButton::clicked, this, &Welcome::addDeploymentPressed);
    connect(simulator, &QPushButton::clicked, this, &Welcome::simulatorPressed);

    auto *title = makeText(tr("Welcome to Quaygate"), TextType::Display, this);
    title->setAlignment(Qt::AlignHCenter);
    auto *text =
        makeText(tr("One local address for your Azure OpenAI deployments. Keys stay in this "
                    "computer's keychain; your tools only ever see localhost."),
                 TextType::Muted, this);
    text->setAlignment(Qt::AlignHCenter);
    auto *textRow = new QHBoxLayout;
    textRow->addStretch(1);
    text->setMinimumWidth(460);
    text->setMaximumWidth(460);
    textRow->addWidget(text);
    textRow->addStretch(1);

    auto *choices = new QHBoxLayout;
    choices->setSpacing(space::l);
    choices->addStretch(1);
    choices->addWidget(azure, 8);
    choices->addWidget(simulator, 8);
    choices->addStretch(1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    column->setSpacing(space::s);
    column->addStretch(3);
    column->addWidget(new IconView(QIcon(u":/quaygate/icons/quaygate.svg"_s), 64, this), 0,
                      Qt::AlignHCenter);
    column->addSpacing(space::s);
    column->addWidget(title);
    column->addLayout(textRow);
    column->addSpacing(space::xl);
    column->addLayout(choices);
    column->addStretch(4);
}

QPushButton *Welcome::makeChoice(const QString &icon, const QString &title, const QString &text) {
    auto *button = new QPushButton(this);
    button->setProperty("kind", u"choice"_s);
    button->setAccessibleName(title);
    button->setAccessibleDescription(text);
    button->setAutoDefault(false);
    button->setCursor(Qt::PointingHandCursor);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumSize(240, 148);
    button->setMaximumWidth(320);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *heading = makeText(title, TextType::Heading);
    auto *description = makeText(text, TextType::Muted);
    auto *column = new QVBoxLayout(button);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(6);
    column->addWidget(new IconView(themedIcon(icon, IconTone::Accent), 28, button));
    column->addSpacing(space::xs);
    column->addWidget(heading);
    column->addWidget(description);
    column->addStretch();
    for (QLabel *label : {heading, description})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    return button;
}

} // namespace quaygate
