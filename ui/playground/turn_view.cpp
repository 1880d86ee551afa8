#include "ui/playground/turn_view.h"

#include "ui/playground/answer_footer.h"
#include "ui/playground/answer_view.h"
#include "ui/playground/question_bubble.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

TurnView::TurnView(const QString &question, const QString &routeName, int expectedWidth,
                   QWidget *parent)
    : QWidget(parent)
    , m_question(new QuestionBubble(question, expectedWidth, this))
    , m_who(makeLabel(routeName, TextType::Caption, this))
    , m_waiting(makeLabel(tr("Waiting for the first token…"), TextType::Muted, this))
    , m_answer(new AnswerView(expectedWidth, this))
    , m_problem(new MessageBar(this))
    , m_footer(new AnswerFooter(this)) {
    m_waiting->setObjectName(u"waiting"_s);
    m_problem->setObjectName(u"answerProblem"_s);
    m_answer->setAccessibleName(tr("Answer"));
    connect(m_question, &QuestionBubble::edit, this, &TurnView::edit);
    connect(m_answer, &AnswerView::drawn, this, &TurnView::drawn);
    connect(m_answer, &AnswerView::linkChosen, this, &TurnView::linkChosen);
    connect(m_footer, &AnswerFooter::askAgain, this, &TurnView::askAgain);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    column->addWidget(m_question);
    column->addWidget(m_who);
    column->addWidget(m_waiting);
    column->addWidget(m_answer);
    column->addWidget(m_problem);
    column->addWidget(m_footer);
    m_answer->hide();
    m_footer->hide();
    updateActions();
}

void TurnView::append(const QString &text) {
    m_waiting->hide();
    m_answer->show();
    m_answer->append(text);
}

void TurnView::finish(const Answer &answer) {
    m_ended = answer;
    m_waiting->hide();
    m_answer->flush();
    m_footer->setAnswer(answer);
    m_footer->show();
    showProblem(answer);
    updateActions();
}

void TurnView::showProblem(const Answer &answer) {
    // The footer says that it was stopped; that is no news to the one who stopped it.
    const bool isKnown = answer.end == Answer::End::Stopped && !answer.text.isEmpty();
    if (answer.problem.isEmpty() || isKnown) {
        m_problem->clear();
        return;
    }
    const bool isNote = answer.end == Answer::End::Complete || answer.end == Answer::End::Cut;
    const MessageKind kind = answer.end == Answer::End::Stopped ? MessageKind::Info
                             : isNote                           ? MessageKind::Warning
                                                                : MessageKind::Error;
    QList<MessageAction> actions;
    if (m_isLast)
        actions.append({tr("Try again"), [this] { emit askAgain(); }});
    const QString detail =
        answer.detail.isEmpty() ? QString() : tr("It said: %1").arg(answer.detail);
    m_problem->setMessage(kind, answer.problem, detail, actions);
}

void TurnView::setLast(bool isLast) {
    if (m_isLast == isLast)
        return;
    m_isLast = isLast;
    if (m_ended.end != Answer::End::Pending)
        showProblem(m_ended);
    updateActions();
}

void TurnView::updateActions() {
    const bool canAct = m_isLast && m_ended.end != Answer::End::Pending;
    m_question->setEditable(canAct);
    m_footer->setCanAskAgain(canAct && !m_problem->isSet());
}

} // namespace quaygate
