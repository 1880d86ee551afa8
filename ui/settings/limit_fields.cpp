#include "ui/settings/limit_fields.h"

#include "gateway/config/ranges.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/measure_field.h"

#include <QGridLayout>
#include <QHash>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    QString label;
    QString hint;
};

/// By the limit's key in the file.
Words wordsFor(const QString &key) {
    static const QHash<QString, Words> words{
        {u"headerBytes"_s,
         {LimitFields::tr("Request head"),
          LimitFields::tr("Request line and headers; more is refused with 431.")}},
        {u"targetBytes"_s,
         {LimitFields::tr("Path and query"), LimitFields::tr("More is refused with 414.")}},
        {u"bodyBytes"_s,
         {LimitFields::tr("Request body"), LimitFields::tr("More is refused with 413.")}},
        {u"connections"_s,
         {LimitFields::tr("Connections at once"), LimitFields::tr("More are refused with 503.")}},
        {u"inFlight"_s,
         {LimitFields::tr("Requests at once"), LimitFields::tr("More are refused with 503.")}},
        {u"headerTime"_s,
         {LimitFields::tr("For the whole head"), LimitFields::tr("Then refused with 408.")}},
        {u"bodyStall"_s,
         {LimitFields::tr("Pause within the body"), LimitFields::tr("Then refused with 408.")}},
        {u"keepAlive"_s,
         {LimitFields::tr("Idle between requests"), LimitFields::tr("Then closed.")}},
        {u"writeStall"_s,
         {LimitFields::tr("Client that takes nothing"),
          LimitFields::tr("Then its answer is cut.")}},
    };
    return words.value(key);
}

bool isSize(const CountLimit &limit) {
    return QStringView(limit.key).endsWith(u"Bytes");
}

/// Two columns under a heading.
QGridLayout *makeGroup(const QString &heading, const QList<FormField *> &rows, QWidget *parent) {
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::m);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeLabel(heading, TextType::Caption, parent), 0, 0, 1, 2);
    for (int i = 0; i < rows.size(); ++i)
        grid->addWidget(rows.at(i), 1 + i / 2, i % 2);
    return grid;
}

} // namespace

LimitFields::LimitFields(QWidget *parent) : LimitFields(new QWidget, parent) {
}

LimitFields::LimitFields(QWidget *contents, QWidget *parent)
    : Fold(tr("Limits"), contents, parent) {
    setObjectName(u"limits"_s);
    nameLine(u"limitsLine"_s);
    const GatewayLimits usual;
    QList<FormField *> sizes;
    QList<FormField *> numbers;
    for (const CountLimit &limit : countLimits) {
        const Measure measure = isSize(limit) ? byteSizes(limit.range) : wholeNumbers(limit.range);
        m_counts.append(
            makeField(limit.key, new MeasureField(measure, usual.*limit.member, {}, contents)));
        (isSize(limit) ? sizes : numbers).append(m_counts.last().row);
    }
    QList<FormField *> times;
    for (const TimeLimit &limit : timeLimits) {
        m_times.append(makeField(
            limit.key, new MeasureField(durations(), (usual.*limit.member).count(), {}, contents)));
        times.append(m_times.last().row);
    }
    auto *column = new QVBoxLayout(contents);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xl);
    column->addLayout(makeGroup(tr("Sizes, as in 64 KiB or 16 MiB"), sizes, contents));
    column->addLayout(makeGroup(tr("Numbers"), numbers, contents));
    column->addLayout(makeGroup(tr("Times, as in 500ms, 30s or 10m"), times, contents));
}

LimitFields::Field LimitFields::makeField(const char16_t *key, MeasureField *edit) {
    const QString name = QString::fromUtf16(key);
    const Words words = wordsFor(name);
    edit->setObjectName(u"limit-"_s + name);
    auto *row = new FormField(words.label, edit, edit->parentWidget());
    row->setHint(words.hint);
    connect(edit, &QLineEdit::textChanged, this, [this, row] { emit edited(row); });
    return {u"/gateway/limits/"_s + name, words.label, edit, row};
}

void LimitFields::fill(const GatewayLimits &limits) {
    for (std::size_t i = 0; i < countLimits.size(); ++i)
        m_counts.at(qsizetype(i)).edit->setValue(limits.*countLimits[i].member);
    for (std::size_t i = 0; i < timeLimits.size(); ++i)
        m_times.at(qsizetype(i)).edit->setValue((limits.*timeLimits[i].member).count());
}

void LimitFields::apply(GatewayLimits &limits) const {
    for (std::size_t i = 0; i < countLimits.size(); ++i)
        limits.*countLimits[i].member = int(m_counts.at(qsizetype(i)).edit->value());
    for (std::size_t i = 0; i < timeLimits.size(); ++i)
        limits.*timeLimits[i].member =
            std::chrono::milliseconds(m_times.at(qsizetype(i)).edit->value());
}

void LimitFields::summarise(const GatewayLimits &limits) {
    const GatewayLimits usual;
    QStringList parts;
    for (std::size_t i = 0; i < countLimits.size(); ++i)
        if (limits.*countLimits[i].member != usual.*countLimits[i].member)
            parts.append(m_counts.at(qsizetype(i)).label);
    for (std::size_t i = 0; i < timeLimits.size(); ++i)
        if (limits.*timeLimits[i].member != usual.*timeLimits[i].member)
            parts.append(m_times.at(qsizetype(i)).label);
    setSummary(parts.isEmpty() ? tr("all as usual") : parts.join(u", "_s));
}

Problems LimitFields::unreadable() const {
    Problems problems;
    for (const Field &field : m_counts + m_times)
        if (const QString problem = field.edit->problem(); !problem.isEmpty())
            problems.append({0, field.pointer, problem});
    return problems;
}

QList<FormField *> LimitFields::fields() const {
    QList<FormField *> fields;
    for (const Field &field : m_counts + m_times)
        fields.append(field.row);
    return fields;
}

FormField *LimitFields::fieldOf(const QString &pointer) const {
    for (const Field &field : m_counts + m_times)
        if (field.pointer == pointer)
            return field.row;
    return nullptr;
}

} // namespace quaygate
