#include "ui/widgets/question.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

Question::Question(const QString &title, const QString &text, QWidget *parent)
    : FittedDialog(440, parent), m_texts(new QVBoxLayout), m_answers(new QHBoxLayout) {
    setObjectName(u"question"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);

    m_texts->setSpacing(space::s);
    m_texts->addWidget(makeText(title, TextType::Heading, this));
    m_texts->addWidget(makeText(text, TextType::Body, this));
    m_answers->setSpacing(space::s);
    m_answers->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::xl);
    column->addLayout(m_texts);
    column->addLayout(m_answers);
}

void Question::addAnswer(const QString &text, ButtonKind kind, std::function<void()> run) {
    auto *button = makeButton(text, kind, this);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAutoDefault(true);
    for (auto *other : findChildren<QPushButton *>())
        other->setDefault(other == button);
    button->setFocus();
    connect(button, &QPushButton::clicked, this, [this, run = std::move(run)] {
        // Taken along: closing deletes this dialog and with it this lambda.
        const auto answer = run;
        accept();
        if (answer)
            answer();
    });
    m_answers->addWidget(button);
}

QCheckBox *Question::addOption(const QString &text) {
    auto *box = new QCheckBox(text, this);
    m_texts->addSpacing(space::xs);
    m_texts->addWidget(box);
    return box;
}

} // namespace quaygate
