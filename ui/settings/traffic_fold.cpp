#include "gateway/config/ranges.h"
#include "ui/settings/settings_folds.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/wheel_guard.h"

#include <QComboBox>
#include <QLocale>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// The items that a person can choose; behind them stands what the file says, if it is another.
constexpr std::chrono::seconds spans[] = {0s, 15min, 1h};

} // namespace

TrafficFold::TrafficFold(QWidget *parent, Clock clock)
    : SettingsFold(tr("What is remembered of requests"), u"traffic"_s, parent)
    , m_clock(std::move(clock))
    , m_days(new MeasureField(wholeNumbers(daysRange), TrafficSettings().days, {}, contents()))
    , m_megabytes(new MeasureField(wholeNumbers(megabytesRange), TrafficSettings().megabytes, {},
                                   contents()))
    , m_bodies(new QComboBox(contents())) {
    FormField *days = addRow(tr("For days"), m_days, u"/gateway/traffic/days"_s, u"trafficDays"_s);
    FormField *size =
        addRow(tr("On the disk, in megabytes"), m_megabytes, u"/gateway/traffic/megabytes"_s,
               u"trafficMegabytes"_s, tr("The oldest go first."));
    addPair(days, size);
    m_bodies->addItems({tr("No"), tr("For 15 minutes"), tr("For 1 hour")});
    leaveWheelToForm(m_bodies);
    m_bodiesRow = addRow(tr("What is asked and answered, too"), m_bodies,
                         u"/gateway/traffic/bodiesUntil"_s, u"trafficBodies"_s);
    connect(m_bodies, &QComboBox::activated, this, &TrafficFold::chooseBodies);
}

void TrafficFold::fill(const Settings &settings) {
    const TrafficSettings &traffic = settings.gateway.traffic;
    m_days->setValue(traffic.days);
    m_megabytes->setValue(traffic.megabytes);
    m_until = m_original = traffic.bodiesUntil;
    const bool isOn = QDateTime::fromString(m_until, Qt::ISODate) > m_clock();
    while (m_bodies->count() > int(std::size(spans)))
        m_bodies->removeItem(m_bodies->count() - 1);
    if (isOn)
        m_bodies->addItem(tr("As it is"));
    m_bodies->setCurrentIndex(isOn ? m_bodies->count() - 1 : 0);
    tellBodies();
}

/// The time begins when it is chosen.
void TrafficFold::chooseBodies() {
    const int index = m_bodies->currentIndex();
    if (index >= int(std::size(spans)))
        m_until = m_original;
    else if (index == 0)
        m_until.clear();
    else
        m_until = m_clock().addSecs(spans[index].count()).toString(Qt::ISODate);
    tellBodies();
    emit edited(m_bodiesRow);
}

void TrafficFold::tellBodies() {
    const QDateTime until = QDateTime::fromString(m_until, Qt::ISODate);
    m_bodiesRow->setHint(
        until > m_clock()
            ? tr("Bodies of requests and answers are kept until %1. They may hold what is private.")
                  .arg(QLocale().toString(until.toLocalTime(), QLocale::ShortFormat))
            : tr("Without this, times, numbers and models are kept, never a text."));
}

void TrafficFold::apply(Settings &settings) const {
    TrafficSettings &traffic = settings.gateway.traffic;
    traffic.days = int(m_days->value());
    traffic.megabytes = int(m_megabytes->value());
    traffic.bodiesUntil = m_until;
}

void TrafficFold::summarise(const Settings &settings) {
    const TrafficSettings &traffic = settings.gateway.traffic;
    QStringList parts{tr("%1 days").arg(traffic.days), tr("%1 MB").arg(traffic.megabytes)};
    if (QDateTime::fromString(traffic.bodiesUntil, Qt::ISODate) > m_clock())
        parts.append(tr("bodies too"));
    setSummary(parts.join(u" · "_s));
}

} // namespace quaygate
