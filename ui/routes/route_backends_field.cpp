#include "ui/routes/route_backends_field.h"

#include "gateway/config/ranges.h"
#include "ui/routes/backend_order.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int numberWidth = 64;

class BackendLine : public FormLine {
public:
    explicit BackendLine(QWidget *parent)
        : FormLine(parent)
        , m_name(new QComboBox(this))
        , m_weight(new MeasureField(wholeNumbers(weightRange), RouteBackend().weight, {}, this))
        , m_priority(
              new MeasureField(wholeNumbers(priorityRange), RouteBackend().priority, {}, this)) {
        m_name->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_name->setMinimumContentsLength(8);
        m_name->setPlaceholderText(RouteBackendsField::tr("Choose…"));
        leaveWheelToForm(m_name);
        for (MeasureField *number : {m_weight, m_priority})
            number->setFixedWidth(numberWidth);
        addPart(m_name, u"Name"_s, RouteBackendsField::tr("Backend"), u"/name"_s, 1);
        addPart(m_weight, u"Weight"_s, RouteBackendsField::tr("Weight"), u"/weight"_s);
        addPart(m_priority, u"Priority"_s, RouteBackendsField::tr("Priority"), u"/priority"_s);
    }

    void offer(const QStringList &names) {
        const QString chosen = m_name->currentText();
        const QSignalBlocker quiet(m_name);
        m_name->clear();
        m_name->addItems(names);
        choose(chosen);
    }

    void setBackend(const RouteBackend &backend) {
        m_original = backend;
        choose(backend.name);
        m_weight->setValue(backend.weight);
        m_priority->setValue(backend.priority);
    }

    RouteBackend backend() const {
        RouteBackend backend = m_original; // keeps what this version does not know
        backend.name = m_name->currentText();
        backend.weight = int(m_weight->value());
        backend.priority = int(m_priority->value());
        return backend;
    }

    bool isEmpty() const override { return m_name->currentText().isEmpty(); }

    Problems unreadable() const override {
        Problems problems;
        if (!m_weight->problem().isEmpty())
            problems.append({0, u"/weight"_s, m_weight->problem()});
        if (!m_priority->problem().isEmpty())
            problems.append({0, u"/priority"_s, m_priority->problem()});
        return problems;
    }

private:
    /// Shows what is gone too, so that it can be told.
    void choose(const QString &name) {
        if (!name.isEmpty() && m_name->findText(name) < 0)
            m_name->addItem(name);
        m_name->setCurrentIndex(m_name->findText(name));
    }

    QComboBox *m_name;
    MeasureField *m_weight;
    MeasureField *m_priority;
    RouteBackend m_original;
};

QWidget *makeHeading() {
    auto *heading = new QWidget;
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    auto *weight = makeLabel(RouteBackendsField::tr("Weight"), TextType::Small, heading);
    auto *priority = makeLabel(RouteBackendsField::tr("Priority"), TextType::Small, heading);
    for (QLabel *label : {weight, priority})
        label->setFixedWidth(numberWidth);
    row->addStretch();
    row->addWidget(weight);
    row->addWidget(priority);
    // As wide as the button that removes a line.
    row->addSpacing(size::icon + 2 * 6);
    return heading;
}

} // namespace

RouteBackendsField::RouteBackendsField(QWidget *parent)
    : LinesField(
          {tr("Backends"), tr("Backend"), tr("Add a backend"), u"backend"_s, u"/backends"_s},
          [](QWidget *table) -> FormLine * { return new BackendLine(table); }, parent) {
    setHeading(makeHeading());
    connect(this, &LinesField::lineAdded, this, &RouteBackendsField::chooseUnused);
    connect(this, &LinesField::edited, this, &RouteBackendsField::tellOrder);
}

void RouteBackendsField::offer(const QStringList &names) {
    m_offered = names;
    for (FormLine *line : lines())
        static_cast<BackendLine *>(line)->offer(names);
    tellOrder();
}

void RouteBackendsField::setBackends(const QList<RouteBackend> &backends) {
    clear();
    for (const RouteBackend &backend : backends) {
        auto *line = static_cast<BackendLine *>(addLine());
        line->offer(m_offered);
        line->setBackend(backend);
    }
    tellOrder();
}

QList<RouteBackend> RouteBackendsField::backends() const {
    QList<RouteBackend> backends;
    for (const FormLine *line : filled())
        backends.append(static_cast<const BackendLine *>(line)->backend());
    return backends;
}

/// A new line begins with the first backend that the route does not have yet.
void RouteBackendsField::chooseUnused(FormLine *line) {
    QStringList unused = m_offered;
    for (const RouteBackend &backend : backends())
        unused.removeAll(backend.name);
    auto *added = static_cast<BackendLine *>(line);
    added->offer(m_offered);
    added->setBackend(RouteBackend{unused.value(0)});
}

void RouteBackendsField::tellOrder() {
    if (m_offered.isEmpty())
        setHint(tr("There is no backend yet; add one on the page Backends."));
    else if (const QString order = backendOrder(backends()); !order.isEmpty())
        setHint(order);
    else
        setHint(tr("With several, the lowest priority is asked first, and those of the same "
                   "priority share the requests by weight."));
}

} // namespace quaygate
