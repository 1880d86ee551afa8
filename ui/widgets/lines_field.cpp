#include "ui/widgets/lines_field.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/tab_chain.h"

#include <QBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

LinesField::LinesField(const Words &words, MakeLine make, QWidget *parent)
    : LinesField(words, std::move(make), new QWidget, parent) {
}

LinesField::LinesField(const Words &words, MakeLine make, QWidget *table, QWidget *parent)
    : FormField(words.label, table, parent)
    , m_words(words)
    , m_make(std::move(make))
    , m_column(new QVBoxLayout(table))
    , m_table(new QVBoxLayout)
    , m_add(makeButton(words.add, ButtonKind::Link, table, u"plus"_s)) {
    setControl(words.control);
    m_table->setSpacing(space::s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::xs);
    m_column->addLayout(m_table);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        FormLine *line = addLine();
        emit lineAdded(line);
        line->focusEditor();
        emit edited();
    });
}

void LinesField::setHeading(QWidget *heading) {
    m_heading = heading;
    m_column->insertWidget(0, heading);
    heading->setVisible(!m_lines.isEmpty());
}

void LinesField::setControl(const QString &control) {
    m_words.control = control;
    setObjectName(control);
    m_add->setObjectName(control + u"Add"_s);
    numberLines();
}

FormLine *LinesField::addLine() {
    FormLine *line = m_make(editor());
    m_table->addWidget(line);
    line->show();
    m_lines.append(line);
    chainLine(*line);
    numberLines();
    connect(line, &FormLine::edited, this, &LinesField::edited);
    connect(line, &FormLine::removePressed, this, [this, line] { removeLine(line); });
    return line;
}

void LinesField::clear() {
    for (FormLine *line : std::exchange(m_lines, {})) {
        line->hide();
        line->deleteLater();
    }
    numberLines();
}

QList<FormLine *> LinesField::filled() const {
    QList<FormLine *> filled;
    std::copy_if(m_lines.begin(), m_lines.end(), std::back_inserter(filled),
                 [](const FormLine *line) { return !line->isEmpty(); });
    return filled;
}

/// A line that is made late comes before the button that made it.
void LinesField::chainLine(const FormLine &line) {
    QWidget *before = m_add->previousInFocusChain();
    // Qt takes no widget without focus here, and with one that holds others goes behind them all.
    while (before->focusPolicy() == Qt::NoFocus || before->isAncestorOf(m_add) ||
           line.isAncestorOf(before))
        before = before->previousInFocusChain();
    for (QWidget *stop : line.stops()) {
        setTabOrder(before, stop);
        before = stop;
    }
}

void LinesField::removeLine(FormLine *line) {
    const qsizetype index = m_lines.indexOf(line);
    m_lines.removeAt(index);
    line->hide();
    line->deleteLater(); // its button is what was pressed
    numberLines();
    if (m_lines.isEmpty())
        m_add->setFocus();
    else
        m_lines.at(std::min(index, m_lines.size() - 1))->focusEditor();
    emit edited();
}

void LinesField::numberLines() {
    for (qsizetype i = 0; i < m_lines.size(); ++i)
        m_lines.at(i)->setNumber(m_words.control, m_words.line, i + 1);
    if (m_heading)
        m_heading->setVisible(!m_lines.isEmpty());
}

QString LinesField::stepTo(const FormLine &, qsizetype number) const {
    return QString::number(number);
}

Problems LinesField::unreadable() const {
    Problems problems;
    const QList<FormLine *> lines = filled();
    for (qsizetype i = 0; i < lines.size(); ++i)
        for (const Problem &problem : lines.at(i)->unreadable())
            problems.append({0, m_words.pointer + u'/' + stepTo(*lines.at(i), i) + problem.pointer,
                             problem.message});
    return problems;
}

void LinesField::setProblems(const Problems &problems) {
    Problems ofAll;
    for (const Problem &problem : problems)
        if (problem.pointer == m_words.pointer)
            ofAll.append(problem);
    FormField::setProblems(ofAll);
    const QList<FormLine *> lines = filled();
    for (FormLine *line : m_lines) {
        const qsizetype number = lines.indexOf(line);
        const QString place = m_words.pointer + u'/' + stepTo(*line, number);
        Problems ofLine;
        for (const Problem &problem : problems)
            if (number >= 0 &&
                (problem.pointer == place || problem.pointer.startsWith(place + u'/')))
                ofLine.append({0, problem.pointer.mid(place.size()), problem.message});
        line->setProblems(ofLine);
    }
}

void LinesField::focusEditor() {
    const auto wrong = std::find_if(m_lines.begin(), m_lines.end(),
                                    [](const FormLine *line) { return line->isWrong(); });
    if (wrong != m_lines.end())
        (*wrong)->focusEditor();
    else
        m_add->setFocus();
}

} // namespace quaygate
