#include "ui/playground/answer_footer.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

const QString separator = u"  ·  "_s;

QString say(const char *text) {
    return QCoreApplication::translate("AnswerFooter", text);
}

QString seconds(qint64 milliseconds) {
    return say("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / 1000, 'f', 2));
}

QString statusText(const Answer &answer) {
    const QString end = answer.end == Answer::End::Stopped ? say("stopped")
                        : answer.end == Answer::End::Cut   ? say("cut off")
                                                           : QString();
    if (answer.status == 0)
        return end.isEmpty() ? say("no answer") : end;
    const QString status = say("status %1").arg(answer.status);
    return end.isEmpty() ? status : status + u", "_s + end;
}

} // namespace

QString describeAnswer(const Answer &answer) {
    QStringList facts{statusText(answer)};
    if (answer.firstTokenMs)
        facts += say("first token %1").arg(seconds(*answer.firstTokenMs));
    facts += say("total %1").arg(seconds(answer.totalMs));
    // What was never begun used no tokens and no model that anybody could name.
    if (answer.text.isEmpty() && answer.end != Answer::End::Complete)
        return facts.join(separator);
    facts += answer.usage ? say("tokens %1 in, %2 out")
                                .arg(QLocale().toString(answer.usage->in),
                                     QLocale().toString(answer.usage->out))
                          : say("tokens unknown");
    facts += answer.model.isEmpty() ? say("model unknown") : answer.model;
    return facts.join(separator);
}

AnswerFooter::AnswerFooter(QWidget *parent)
    : QWidget(parent)
    , m_facts(makeText({}, TextType::Small, this))
    , m_again(makeIconButton(u"retry"_s, tr("Ask again"), this))
    , m_copy(new CopyButton(
          tr("Copy the answer"), [this] { return m_text; }, this)) {
    setObjectName(u"answerFooter"_s);
    m_facts->setObjectName(u"answerFacts"_s);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_again->setObjectName(u"askAgain"_s);
    m_copy->setObjectName(u"copyAnswer"_s);
    connect(m_again, &QPushButton::clicked, this, &AnswerFooter::askAgain);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::xs);
    row->addWidget(m_facts, 1);
    row->addWidget(m_again, 0, Qt::AlignTop);
    row->addWidget(m_copy, 0, Qt::AlignTop);
}

void AnswerFooter::setAnswer(const Answer &answer) {
    m_text = answer.text;
    m_facts->setText(describeAnswer(answer));
    m_copy->setVisible(!answer.text.isEmpty());
}

void AnswerFooter::setCanAskAgain(bool can) {
    m_again->setVisible(can);
}

} // namespace quaygate
