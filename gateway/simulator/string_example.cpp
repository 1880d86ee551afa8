#include "gateway/simulator/string_example.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int longestQuote = 200;
constexpr int longestString = 4'096;

QString ofFormat(const QString &format) {
    static const QHash<QString, QString> formats{
        {u"date"_s, u"2026-01-15"_s},
        {u"time"_s, u"12:00:00Z"_s},
        {u"date-time"_s, u"2026-01-15T12:00:00Z"_s},
        {u"duration"_s, u"PT1H"_s},
        {u"email"_s, u"ada@example.com"_s},
        {u"hostname"_s, u"example.com"_s},
        {u"ipv4"_s, u"192.0.2.1"_s},
        {u"ipv6"_s, u"2001:db8::1"_s},
        {u"uri"_s, u"https://example.com/"_s},
        {u"uuid"_s, u"6f1d2c3b-4a59-4e68-8f70-112233445566"_s},
    };
    return formats.value(format);
}

bool nameHasOneOf(const QString &name, const QStringList &words) {
    return std::any_of(words.begin(), words.end(), [&](const QString &word) {
        return name.contains(word, Qt::CaseInsensitive);
    });
}

/// The last run of capitalised words behind the first word: "weather in New York today" → "New
/// York".
QString properName(const QString &text) {
    static const QRegularExpression names(u"(?<=\\s)\\p{Lu}[\\p{L}'-]+(?:\\s\\p{Lu}[\\p{L}'-]+)*"_s,
                                          QRegularExpression::UseUnicodePropertiesOption);
    QString last;
    for (auto match = names.globalMatch(text.last(std::min<qsizetype>(text.size(), 2000)));
         match.hasNext();)
        last = match.next().captured();
    return last;
}

QString plausible(const QString &name, const QString &text) {
    static const QStringList places{u"city"_s, u"place"_s,   u"location"_s, u"country"_s, u"name"_s,
                                    u"town"_s, u"address"_s, u"person"_s,   u"title"_s};
    static const QStringList whole{u"query"_s,   u"question"_s, u"text"_s,
                                   u"message"_s, u"prompt"_s,   u"search"_s,
                                   u"input"_s,   u"answer"_s,   u"content"_s};
    if (nameHasOneOf(name, places)) {
        if (const QString found = properName(text); !found.isEmpty())
            return found;
    }
    const QString said = text.simplified().left(longestQuote);
    if (nameHasOneOf(name, whole) && !said.isEmpty())
        return said;
    return name.isEmpty() ? u"example"_s : u"example "_s + QString(name).replace(u'_', u' ');
}

} // namespace

QString stringExample(const QJsonObject &rules, const QString &name, const QString &text) {
    if (const QString value = ofFormat(rules[u"format"].toString()); !value.isEmpty())
        return value;
    if (const QJsonArray examples = rules[u"examples"].toArray();
        !examples.isEmpty() && examples.first().isString())
        return examples.first().toString();
    const int most = rules[u"maxLength"].toInt(longestString);
    const int least = std::min(rules[u"minLength"].toInt(0), longestString);
    return plausible(name, text).left(most).leftJustified(least, u'x');
}

} // namespace quaygate::simulator
