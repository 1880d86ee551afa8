#include "ui/widgets/pairs_field.h"

#include "gateway/config/object_reader.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

PairsField::PairsField(const Words &words, QWidget *parent)
    : PairsField(words, new QWidget, parent) {
}

PairsField::PairsField(const Words &words, QWidget *table, QWidget *parent)
    : FormField(words.label, table, parent)
    , m_words(words)
    , m_lines(new QVBoxLayout)
    , m_add(makeButton(words.add, ButtonKind::Link, table, u"plus"_s)) {
    setObjectName(words.control);
    m_add->setObjectName(words.control + u"Add"_s);
    m_lines->setSpacing(space::s);
    auto *column = new QVBoxLayout(table);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addLayout(m_lines);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addLine({});
        m_table.last().name->setFocus();
    });
}

void PairsField::setPairs(const QList<TextPair> &pairs) {
    for (const Line &line : std::exchange(m_table, {})) {
        line.widget->hide();
        line.widget->deleteLater();
    }
    for (const TextPair &pair : pairs)
        addLine(pair);
}

QList<TextPair> PairsField::pairs() const {
    QList<TextPair> pairs;
    for (const Line &line : m_table) {
        const TextPair pair{line.name->text().trimmed(), line.value->text()};
        if (!pair.name.isEmpty() || !pair.value.trimmed().isEmpty())
            pairs.append(pair);
    }
    return pairs;
}

void PairsField::offerValues(const QStringList &values) {
    if (m_offers && m_offered == values)
        return;
    m_offers = true;
    m_offered = values;
    for (const Line &line : m_table) {
        if (!line.choice)
            continue;
        const QString text = line.value->text();
        const QSignalBlocker quiet(line.choice);
        const QSignalBlocker quietEdit(line.value);
        line.choice->clear();
        line.choice->addItems(values);
        line.choice->setEditText(text);
        line.value->setCursorPosition(0);
    }
}

void PairsField::addLine(const TextPair &pair) {
    Line line{};
    line.widget = new QWidget(editor());
    line.name = new QLineEdit(pair.name, line.widget);
    if (m_offers) {
        line.choice = new QComboBox(line.widget);
        line.choice->setEditable(true);
        line.choice->setInsertPolicy(QComboBox::NoInsert);
        line.choice->setCompleter(nullptr);
        leaveWheelToForm(line.choice);
        line.choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        line.choice->setMinimumContentsLength(8);
        line.choice->addItems(m_offered);
        line.choice->setEditText(pair.value);
        line.value = line.choice->lineEdit();
    } else {
        line.value = new QLineEdit(pair.value, line.widget);
    }
    line.remove = makeIconButton(u"close"_s, tr("Remove"), line.widget);
    line.error = makeText({}, TextType::Error, line.widget);
    line.error->hide();
    line.name->setPlaceholderText(m_words.name);
    line.value->setPlaceholderText(m_words.value);
    line.name->setCursorPosition(0);
    line.value->setCursorPosition(0);

    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addWidget(line.name, 1);
    row->addWidget(line.choice ? static_cast<QWidget *>(line.choice) : line.value, 1);
    row->addWidget(line.remove);
    auto *column = new QVBoxLayout(line.widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addLayout(row);
    column->addWidget(line.error);
    m_lines->addWidget(line.widget);
    line.widget->show();
    chainLine(line);
    m_table.append(line);
    numberLines();

    connect(line.name, &QLineEdit::textChanged, this, &PairsField::edited);
    connect(line.value, &QLineEdit::textChanged, this, &PairsField::edited);
    connect(line.remove, &QPushButton::clicked, this,
            [this, widget = line.widget] { removeLine(widget); });
}

/// A line that is made late comes before the button that made it.
void PairsField::chainLine(const Line &line) {
    QWidget *value = line.choice ? static_cast<QWidget *>(line.choice) : line.value;
    QWidget *before = m_add->previousInFocusChain();
    // Qt takes no widget without focus here, and with one that holds others goes behind them all.
    while (before->focusPolicy() == Qt::NoFocus || before->isAncestorOf(m_add))
        before = before->previousInFocusChain();
    setTabOrder(before, line.name);
    setTabOrder(line.name, value);
    setTabOrder(value, line.remove);
}

void PairsField::removeLine(QWidget *widget) {
    const auto line = std::find_if(m_table.begin(), m_table.end(),
                                   [&](const Line &one) { return one.widget == widget; });
    const qsizetype index = line - m_table.begin();
    m_table.erase(line);
    widget->hide();
    widget->deleteLater(); // its button is what was pressed
    numberLines();
    if (m_table.isEmpty())
        m_add->setFocus();
    else
        m_table.at(std::min(index, m_table.size() - 1)).name->setFocus();
    emit edited();
}

void PairsField::numberLines() {
    for (qsizetype i = 0; i < m_table.size(); ++i) {
        const Line &line = m_table.at(i);
        const QString which = u"%1 %2, "_s.arg(m_words.pair).arg(i + 1);
        line.name->setAccessibleName(which + m_words.name);
        (line.choice ? static_cast<QWidget *>(line.choice) : line.value)
            ->setAccessibleName(which + m_words.value);
        line.remove->setAccessibleName(which + tr("Remove"));
        line.name->setObjectName(u"%1Name%2"_s.arg(m_words.control).arg(i + 1));
        line.value->setObjectName(u"%1Value%2"_s.arg(m_words.control).arg(i + 1));
        line.remove->setObjectName(u"%1Remove%2"_s.arg(m_words.control).arg(i + 1));
    }
}

void PairsField::setProblems(const Problems &problems) {
    QString ofAll;
    for (const Problem &problem : problems)
        if (ofAll.isEmpty() && problem.pointer == m_words.pointer)
            ofAll = problem.message;
    FormField::setError(ofAll);
    for (const Line &line : m_table) {
        const QString place = memberPointer(m_words.pointer, line.name->text().trimmed().toUtf8());
        const bool isEmpty = line.name->text().trimmed().isEmpty() && line.value->text().isEmpty();
        const auto found =
            std::find_if(problems.begin(), problems.end(),
                         [&](const Problem &problem) { return problem.pointer == place; });
        setError(line, found == problems.end() || isEmpty ? QString() : found->message);
    }
}

void PairsField::setError(const Line &line, const QString &error) {
    line.error->setText(error);
    line.error->setVisible(!error.isEmpty());
    QWidget *value = line.choice ? static_cast<QWidget *>(line.choice) : line.value;
    for (QWidget *part : {static_cast<QWidget *>(line.name), value}) {
        restyle(part, "invalid", !error.isEmpty());
        part->setAccessibleDescription(error);
    }
}

void PairsField::focusEditor() {
    const auto wrong = std::find_if(m_table.begin(), m_table.end(),
                                    [](const Line &line) { return !line.error->text().isEmpty(); });
    if (wrong != m_table.end())
        wrong->name->setFocus();
    else
        m_add->setFocus();
}

} // namespace quaygate
