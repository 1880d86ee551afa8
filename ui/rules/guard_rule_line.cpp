#include "ui/rules/guard_rule_line.h"

#include "gateway/config/config_words.h"
#include "gateway/config/ranges.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/texts_field.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString textFor(GuardBuiltin builtin) {
    switch (builtin) {
    case GuardBuiltin::Ssn:
        return GuardRuleLine::tr("US social security");
    case GuardBuiltin::CreditCard:
        return GuardRuleLine::tr("Credit cards");
    case GuardBuiltin::Phone:
        return GuardRuleLine::tr("Phone numbers");
    case GuardBuiltin::Email:
        return GuardRuleLine::tr("E-mail addresses");
    case GuardBuiltin::CaSin:
        return GuardRuleLine::tr("Canadian SIN");
    }
    Q_UNREACHABLE();
}

} // namespace

GuardRuleLine::GuardRuleLine(QWidget *parent)
    : FormLine(parent)
    , m_action(new Segmented(tr("What becomes of it"), {tr("Refuse"), tr("Mask")}, this))
    , m_patterns(new TextsField(
          {tr("Patterns"), tr("Pattern"), tr("Add a pattern"), u"guardPattern"_s, u"/patterns"_s},
          tr("Regular expression, as in secret-\\d+"), true, this))
    , m_refusal(new QWidget(this))
    , m_status(new MeasureField(wholeNumbers(errorStatusRange), GuardRule().status, {}, m_refusal))
    , m_message(new QLineEdit(m_refusal)) {
    setProperty("surface", u"sunken"_s);
    column()->setContentsMargins(space::m, space::m, space::m, space::m);
    column()->setSpacing(space::m);
    addPart(m_action, u"Action"_s, tr("What becomes of it"), u"/action"_s);
    row()->insertStretch(1);
    buildBuiltins();
    column()->insertWidget(column()->count() - 1, m_patterns);
    watch(m_patterns, u"Patterns"_s, tr("Patterns"), u"/patterns"_s);
    buildRefusal();
    connect(m_action, &Segmented::chosen, this, &GuardRuleLine::showAction);
    showAction();
}

void GuardRuleLine::buildBuiltins() {
    auto *boxes = new QGridLayout;
    boxes->setHorizontalSpacing(space::l);
    boxes->setVerticalSpacing(space::s);
    const QList<GuardBuiltin> all = allValues<GuardBuiltin>();
    for (int i = 0; i < all.size(); ++i) {
        auto *box = new QCheckBox(textFor(all.at(i)), this);
        boxes->addWidget(box, i / 2, i % 2);
        m_builtins.append({all.at(i), box});
        watch(box, u"Builtin-"_s + wordOf(all.at(i)) + u'-', box->text(), u"/builtins"_s);
    }
    boxes->setColumnStretch(1, 1);
    column()->insertLayout(column()->count() - 1, boxes);
}

void GuardRuleLine::buildRefusal() {
    m_message->setPlaceholderText(tr("as Quaygate words it"));
    auto *status = new FormField(tr("Status"), m_status, m_refusal);
    auto *message = new FormField(tr("Message to the client"), m_message, m_refusal);
    auto *pair = new QHBoxLayout(m_refusal);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(space::m);
    pair->addWidget(status, 1);
    pair->addWidget(message, 4);
    column()->insertWidget(column()->count() - 1, m_refusal);
    watch(m_status, u"Status"_s, tr("Status"), u"/status"_s);
    watch(m_message, u"Message"_s, tr("Message to the client"), u"/message"_s);
}

void GuardRuleLine::showAction() {
    m_refusal->setVisible(m_action->current() == 0);
}

void GuardRuleLine::setRule(const GuardRule &rule) {
    m_original = rule;
    m_action->setCurrent(rule.action == GuardRule::Action::Mask ? 1 : 0);
    for (const Box &box : m_builtins)
        box.control->setChecked(rule.builtins.contains(box.builtin));
    m_patterns->setTexts(rule.patterns);
    m_status->setValue(rule.status);
    m_message->setText(rule.message);
    m_message->setCursorPosition(0);
    showAction();
}

GuardRule GuardRuleLine::rule() const {
    GuardRule rule = m_original; // keeps what this version does not know
    rule.action = m_action->current() == 1 ? GuardRule::Action::Mask : GuardRule::Action::Reject;
    // Those that were there keep their order.
    for (const Box &box : m_builtins) {
        if (!box.control->isChecked())
            rule.builtins.removeAll(box.builtin);
        else if (!rule.builtins.contains(box.builtin))
            rule.builtins.append(box.builtin);
    }
    rule.patterns = m_patterns->texts();
    rule.status = int(m_status->value());
    rule.message = m_message->text();
    return rule;
}

Problems GuardRuleLine::unreadable() const {
    const bool isShown = m_action->current() == 0;
    const QString problem = isShown ? m_status->problem() : QString();
    return problem.isEmpty() ? Problems() : Problems{{0, u"/status"_s, problem}};
}

void GuardRuleLine::setProblems(const Problems &problems) {
    Problems ofPatterns;
    Problems others;
    for (const Problem &problem : problems)
        (problem.pointer.startsWith(u"/patterns/"_s) ? ofPatterns : others).append(problem);
    FormLine::setProblems(others);
    m_patterns->setProblems(ofPatterns);
    m_wrongPatterns = !ofPatterns.isEmpty();
}

bool GuardRuleLine::isWrong() const {
    return m_wrongPatterns || FormLine::isWrong();
}

void GuardRuleLine::setNumber(const QString &control, const QString &spoken, qsizetype number) {
    FormLine::setNumber(control, spoken, number);
    m_patterns->setControl(u"%1%2Pattern"_s.arg(control).arg(number));
}

void GuardRuleLine::focusEditor() {
    if (m_wrongPatterns)
        m_patterns->focusEditor();
    else
        FormLine::focusEditor();
}

} // namespace quaygate
