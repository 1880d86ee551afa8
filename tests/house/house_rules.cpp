#include "tests/house/house_rules.h"

#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace quaygate::house {

namespace {

constexpr int linesWanted = 400;
constexpr int linesAllowed = 600;

/// A room is a folder of gateway/, or one of the names that `roomOf` gives. What a room may
/// include, besides itself; "*" are all rooms of gateway/ that may be seen from outside, and a
/// header stands for itself alone.
struct Room {
    const char *name;
    const char *sees;
};

constexpr Room rooms[] = {
    {"result", ""},
    {"json", "result"},
    {"config", "result json"},
    {"secrets", "result json"},
    {"azure", "result json config secrets"},
    {"http", "result secrets"},
    {"signin", "result config secrets azure http"},
    {"dialects", "result json gateway/http/sse_reader.h"},
    {"traffic", "result json config gateway/http/sse_reader.h"},
    {"rules", "result json config secrets gateway/http/header_list.h gateway/http/sse_reader.h "
              "gateway/traffic/traffic_record.h"},
    {"pipeline", "result json config secrets azure http dialects traffic rules"},
    {"simulator", "result json secrets azure http gateway/dialects/token_estimate.h"},
    {"front", "* signin dialects rules pipeline"},
    {"ui", "* gateway/rules/client_key.h"},
    {"app", "* ui gateway/rules/client_key.h"},
    {"tests", "* signin dialects rules pipeline ui app"},
};

constexpr const char *seenByAll[] = {"result",    "json", "config", "secrets", "azure",
                                     "simulator", "http", "front",  "traffic"};

/// Headers that a single pair of files (x.h, x.cpp) includes, in all of the program.
struct Single {
    const char *what;
    const char *header;
};

constexpr Single singles[] = {
    {"QtHttpServer", "^(QtHttpServer/.*|Q(Abstract)?HttpServer.*)$"},
    {"libcurl", "^curl/"},
    {"QtKeychain", "^(qt6?keychain/|keychain\\.h$)"},
};

bool isCpp(const QString &path) {
    return path.endsWith(u".h"_s) || path.endsWith(u".cpp"_s);
}

/// The room of a file or of a root-relative include; empty if it has none.
QString roomOf(const QString &path) {
    const QStringList parts = path.split(u'/');
    if (parts.size() < 2)
        return {};
    if (parts.at(0) != u"gateway"_s)
        return parts.at(0);
    if (parts.size() > 2)
        return parts.at(1);
    return parts.at(1) == u"result.h"_s ? u"result"_s : u"front"_s;
}

QMap<QString, QSet<QString>> tableOfRooms() {
    QMap<QString, QSet<QString>> table;
    for (const Room &room : rooms) {
        QSet<QString> &sees = table[QString::fromLatin1(room.name)];
        sees.insert(QString::fromLatin1(room.name));
        for (const QString &name : QString::fromLatin1(room.sees).split(u' ', Qt::SkipEmptyParts)) {
            if (name != u"*"_s) {
                sees.insert(name);
                continue;
            }
            for (const char *seen : seenByAll)
                sees.insert(QString::fromLatin1(seen));
        }
    }
    return table;
}

struct Include {
    QString header;
    bool quoted = false;
};

QList<Include> includesOf(const QString &code) {
    static const QRegularExpression pattern(uR"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])"_s,
                                            QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (auto matches = pattern.globalMatch(code); matches.hasNext();) {
        const auto match = matches.next();
        includes.append({match.captured(2), match.captured(1) == u"\""_s});
    }
    return includes;
}

/// Made by Qt's tools beside the object files, so not relative to the root.
bool isGenerated(const QString &header) {
    static const QRegularExpression pattern(uR"(^(.*\.moc|moc_.*\.cpp|ui_.*\.h|qrc_.*\.cpp)$)"_s);
    return pattern.match(header).hasMatch();
}

class Checker {
public:
    explicit Checker(const IsScreenHeader &isScreenHeader) : m_isScreenHeader(isScreenHeader) {}

    void check(const Source &source) {
        if (!isCpp(source.path))
            return;
        const QString room = roomOf(source.path);
        if (!m_rooms.contains(room)) {
            complain(
                source,
                u"belongs to no room of the table; add \"%1\" and what it may see"_s.arg(room));
            return;
        }
        const QString code = codeOnly(source.text);
        for (const Include &include : includesOf(code))
            checkInclude(source, room, include);
        checkText(source, room, code);
    }

    QStringList finish() {
        for (const Single &single : singles) {
            const QSet<QString> pairs = m_pairs.value(QString::fromLatin1(single.what));
            QStringList names(pairs.begin(), pairs.end());
            names.sort();
            if (names.size() != 1)
                m_complaints.append(u"%1 is included by %2 pairs of files instead of one: %3"_s
                                        .arg(QLatin1StringView(single.what))
                                        .arg(names.size())
                                        .arg(names.join(u", "_s)));
        }
        return m_complaints;
    }

private:
    void complain(const Source &source, const QString &what) {
        m_complaints.append(source.path + u": "_s + what);
    }

    void checkInclude(const Source &source, const QString &room, const Include &include) {
        if (include.quoted)
            checkOwn(source, room, include.header);
        else
            checkForeign(source, room, include.header);
    }

    void checkOwn(const Source &source, const QString &room, const QString &header) {
        if (isGenerated(header))
            return;
        const QString other = roomOf(header);
        if (!m_rooms.contains(other))
            complain(source, u"includes \"%1\", which is not relative to the root"_s.arg(header));
        else if (const QSet<QString> sees = m_rooms.value(room);
                 !sees.contains(other) && !sees.contains(header))
            complain(source, u"%1 must not see %2, but includes \"%3\""_s.arg(room, other, header));
    }

    void checkForeign(const Source &source, const QString &room, const QString &header) {
        if (source.path.startsWith(u"gateway/"_s) && m_isScreenHeader(header))
            complain(source, u"gateway works without a screen, but <%1> is included"_s.arg(header));
        if (room == u"tests"_s)
            return;
        for (const Single &single : singles) {
            if (!QRegularExpression(QLatin1StringView(single.header)).match(header).hasMatch())
                continue;
            const QString pair = source.path.left(source.path.lastIndexOf(u'.'));
            m_pairs[QString::fromLatin1(single.what)].insert(pair);
        }
    }

    void checkText(const Source &source, const QString &room, const QString &code) {
        static const QRegularExpression pragma(uR"(^#pragma once$)"_s,
                                               QRegularExpression::MultilineOption);
        static const QRegularExpression sleeping(
            uR"(\b((QThread::|\.|->)m?sleep|u?sleep|usleep|nanosleep|sleep_(for|until)|qWait|qSleep)\s*\()"_s);
        if (source.path.endsWith(u".h"_s) && !pragma.match(code).hasMatch())
            complain(source, u"the header has no #pragma once"_s);
        if (const auto lines = source.text.count(u'\n'); lines > linesAllowed)
            complain(source, u"has %1 lines; split it by idea (at most %2, better %3)"_s.arg(lines)
                                 .arg(linesAllowed)
                                 .arg(linesWanted));
        if (const auto match = sleeping.match(code); room == u"tests"_s && match.hasMatch())
            complain(source,
                     u"a test waits for a condition, never for time: %1"_s.arg(match.captured(1)));
    }

    const IsScreenHeader &m_isScreenHeader;
    const QMap<QString, QSet<QString>> m_rooms = tableOfRooms();
    QHash<QString, QSet<QString>> m_pairs;
    QStringList m_complaints;
};

} // namespace

QStringList violations(const QList<Source> &sources, const IsScreenHeader &isScreenHeader) {
    Checker checker(isScreenHeader);
    for (const Source &source : sources)
        checker.check(source);
    return checker.finish();
}

QStringList longFiles(const QList<Source> &sources) {
    QStringList found;
    for (const Source &source : sources) {
        const auto lines = source.text.count(u'\n');
        if (lines > linesWanted && lines <= linesAllowed)
            found.append(u"%1: %2 lines"_s.arg(source.path).arg(lines));
    }
    return found;
}

QString codeOnly(const QString &text) {
    // The name in an include is the one literal that stays; the others keep their quotes only.
    static const QRegularExpression token(
        uR"((^[ \t]*#[ \t]*include[^\n]*)|(//[^\n]*|/\*.*?\*/))"
        uR"(|R"([^(\s]*)\(.*?\)\3"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+')"_s,
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    QString code;
    qsizetype from = 0;
    for (auto matches = token.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        code += QStringView(text).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        if (match.capturedStart(1) >= 0) {
            // A comment behind the include would hide nothing that counts.
            code += match.captured(1);
            continue;
        }
        if (match.capturedStart(2) < 0)
            code += u"\"\""_s;
        code += QString(match.captured().count(u'\n'), u'\n');
    }
    return code + text.mid(from);
}

} // namespace quaygate::house
