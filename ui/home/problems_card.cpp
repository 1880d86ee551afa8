#include "ui/home/problems_card.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The rest is counted; they are in the file, where they are mended.
constexpr qsizetype mostShown = 8;

QString placeOf(const Problem &problem) {
    const QString line =
        problem.line > 0 ? ProblemsCard::tr("Line %1").arg(problem.line) : QString();
    QStringList parts{line, problem.pointer};
    parts.removeAll(QString());
    return parts.join(u"  ·  "_s);
}

QWidget *makeRow(const Problem &problem, QWidget *parent) {
    auto *row = new QWidget(parent);
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    const QString place = placeOf(problem);
    if (!place.isEmpty()) {
        auto *label = makeText(place, TextType::Small, row);
        QFont code = Theme::codeFont();
        label->setFont(code);
        column->addWidget(label);
    }
    column->addWidget(makeText(problem.message, TextType::Body, row));
    return row;
}

} // namespace

ProblemsCard::ProblemsCard(const QString &file, QWidget *parent)
    : Card(parent), m_file(file), m_text(makeText({}, TextType::Muted, this)), m_rows(nullptr) {
    auto *open = makeButton(tr("Open the file"), ButtonKind::Secondary, this, u"file"_s);
    open->setToolTip(file);
    connect(open, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_file)); });

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(makeText(tr("The configuration file has mistakes"), TextType::Heading, this));
    texts->addWidget(m_text);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    head->addWidget(new IconView(themedIcon(u"warning"_s, IconTone::Warning), 22, this), 0,
                    Qt::AlignTop);
    head->addLayout(texts, 1);
    head->addWidget(open, 0, Qt::AlignTop);
    contents()->addLayout(head);
    hide();
}

void ProblemsCard::setProblems(const Problems &problems, bool stillServed) {
    setVisible(!problems.isEmpty());
    delete std::exchange(m_rows, nullptr);
    if (problems.isEmpty())
        return;
    m_text->setText(
        stillServed ? tr("The configuration from before is still being served. What you mend in "
                         "the file is picked up when you save it.")
                    : tr("Nothing can be served until it is mended. What you mend in the file is "
                         "picked up when you save it."));
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(22 + space::m, 0, 0, 0);
    column->setSpacing(space::m);
    for (const Problem &problem : problems.first(std::min(mostShown, problems.size())))
        column->addWidget(makeRow(problem, m_rows));
    if (problems.size() > mostShown)
        column->addWidget(makeText(tr("and %n more", nullptr, int(problems.size() - mostShown)),
                                   TextType::Muted, m_rows));
    contents()->addWidget(m_rows);
}

} // namespace quaygate
