#include "app/traffic_options.h"

#include "gateway/traffic/traffic_log.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Time = TrafficRecord::Clock::time_point;

constexpr auto usage =
    "usage: quaygate traffic [OPTION]...\n"
    "\n"
    "Prints what the gateway was asked and what came of it, oldest first; works while\n"
    "the gateway runs and after it has ended. What is not known is shown as –.\n"
    "\n"
    "  --limit N          the newest N exchanges, at most 10000 (20 if not given)\n"
    "  --follow           go on with new ones as they come, until interrupted\n"
    "  --json             one JSON object a line, with all that is known\n"
    "  --since TIME       from then on: 15m, 2h, 3d ago, or a date as 2026-01-31 or\n"
    "                     2026-01-31T12:00\n"
    "  --route NAME       of that route only\n"
    "  --client-key NAME  of that client key only\n"
    "  --model NAME       asked for, sent or returned\n"
    "  --failed           only what failed or was refused\n"
    "  --file FILE        another traffic file than that of this user\n";

Error wrong(const QString &what) {
    return {ErrorCode::BadRequest, what, {}};
}

Time timeOf(const QDateTime &moment) {
    return Time(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
}

/// A span before `now`, or a date in local time.
std::optional<Time> readSince(const QString &text, const QDateTime &now) {
    static const QRegularExpression span(u"^([0-9]{1,6})([smhd])$"_s);
    if (const auto match = span.match(text); match.hasMatch()) {
        const qint64 unit = match.captured(2) == u"s"   ? 1
                            : match.captured(2) == u"m" ? 60
                            : match.captured(2) == u"h" ? 3600
                                                        : 24 * 3600;
        return timeOf(now.addSecs(-match.captured(1).toLongLong() * unit));
    }
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
    return moment.isValid() ? std::optional(timeOf(moment)) : std::nullopt;
}

void addOptions(QCommandLineParser &parser) {
    parser.addOptions({{u"follow"_s, u"Go on."_s},
                       {u"json"_s, u"JSON."_s},
                       {u"limit"_s, u"How many."_s, u"N"_s, u"20"_s},
                       {u"since"_s, u"From then on."_s, u"TIME"_s},
                       {u"route"_s, u"Of a route."_s, u"NAME"_s},
                       {u"client-key"_s, u"Of a client key."_s, u"NAME"_s},
                       {u"model"_s, u"Of a model."_s, u"NAME"_s},
                       {u"failed"_s, u"What failed."_s},
                       {u"file"_s, u"The traffic file."_s, u"FILE"_s},
                       {{u"h"_s, u"help"_s}, u"Help."_s}});
}

std::optional<QString> valueOf(const QCommandLineParser &parser, const QString &name) {
    return parser.isSet(name) ? std::optional(parser.value(name)) : std::nullopt;
}

} // namespace

QByteArray trafficUsage() {
    return usage;
}

Result<TrafficOptions> readTrafficOptions(const QStringList &arguments, const QDateTime &now) {
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QStringList{u"quaygate traffic"_s} + arguments))
        return wrong(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return wrong(u"There is no argument \"%1\"."_s.arg(parser.positionalArguments().first()));

    TrafficOptions options;
    options.help = parser.isSet(u"help"_s);
    options.follow = parser.isSet(u"follow"_s);
    options.json = parser.isSet(u"json"_s);
    options.file = valueOf(parser, u"file"_s).value_or(TrafficLog::defaultPath());
    options.query.route = valueOf(parser, u"route"_s);
    options.query.clientKey = valueOf(parser, u"client-key"_s);
    options.query.model = valueOf(parser, u"model"_s);
    options.query.failedOnly = parser.isSet(u"failed"_s);
    options.query.bodies = options.json;

    bool isNumber = false;
    options.query.limit = parser.value(u"limit"_s).toInt(&isNumber);
    if (!isNumber || options.query.limit < 1 || options.query.limit > TrafficQuery::mostRecords)
        return wrong(
            u"--limit must be a number from 1 to %1, not \"%2\"."_s.arg(TrafficQuery::mostRecords)
                .arg(parser.value(u"limit"_s)));
    if (const auto since = valueOf(parser, u"since"_s)) {
        options.query.since = readSince(*since, now);
        if (!options.query.since)
            return wrong(u"--since must be a time as in 15m, 2h, 3d or 2026-01-31T12:00, not "
                         "\"%1\"."_s.arg(*since));
    }
    return options;
}

} // namespace quaygate
