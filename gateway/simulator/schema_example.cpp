#include "gateway/simulator/schema_example.h"

#include "gateway/simulator/string_example.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int deepest = 12;
constexpr int longestArray = 16;
constexpr int mostValues = 2'000;

/// One walk through one schema.
class Example {
public:
    Example(const QJsonObject &root, const QString &text) : m_root(root), m_text(text) {}

    QJsonValue of(const QJsonValue &schema, const QString &name, int depth) {
        if (!schema.isObject() || depth > deepest || ++m_values > mostValues)
            return schema.isBool() ? QJsonValue(QJsonObject()) : QJsonValue();
        const QJsonObject rules = resolved(schema.toObject(), depth);
        if (rules.contains(u"const"))
            return rules[u"const"];
        if (const QJsonArray choices = rules[u"enum"].toArray(); !choices.isEmpty())
            return choice(choices);
        if (rules.contains(u"default"))
            return rules[u"default"];
        return ofType(typeIn(rules), rules, name, depth);
    }

private:
    QJsonValue ofType(const QString &type, const QJsonObject &rules, const QString &name,
                      int depth) {
        if (type == u"object")
            return object(rules, depth);
        if (type == u"array")
            return array(rules, name, depth);
        if (type == u"integer" || type == u"number")
            return number(rules, type == u"integer");
        if (type == u"boolean")
            return true;
        if (type == u"null")
            return {};
        return stringExample(rules, name, m_text);
    }

    /// References followed, allOf merged, the first real alternative of anyOf and oneOf taken.
    QJsonObject resolved(QJsonObject rules, int depth) const {
        for (int step = depth; step <= deepest; ++step) {
            if (const QString ref = rules.value(u"$ref").toString(); !ref.isEmpty())
                rules = merged(without(rules, u"$ref"_s), target(ref));
            else if (rules.contains(u"allOf"))
                rules = mergedAll(rules);
            else if (const QString key = alternatives(rules); !key.isEmpty())
                rules = merged(without(rules, key), firstAlternative(rules.value(key).toArray()));
            else
                return rules;
        }
        return rules;
    }

    static QString alternatives(const QJsonObject &rules) {
        if (rules.contains(u"anyOf"))
            return u"anyOf"_s;
        return rules.contains(u"oneOf") ? u"oneOf"_s : QString();
    }

    static QJsonObject firstAlternative(const QJsonArray &alternatives) {
        for (const QJsonValue each : alternatives) {
            if (each[u"type"] != u"null"_s)
                return each.toObject();
        }
        return alternatives.first().toObject();
    }

    static QJsonObject without(QJsonObject rules, const QString &key) {
        rules.remove(key);
        return rules;
    }

    static QJsonObject mergedAll(const QJsonObject &rules) {
        QJsonObject all = without(rules, u"allOf"_s);
        for (const QJsonValue each : rules[u"allOf"].toArray())
            all = merged(all, each.toObject());
        return all;
    }

    static QJsonObject merged(QJsonObject into, const QJsonObject &from) {
        for (auto each = from.begin(); each != from.end(); ++each) {
            if (each.key() == u"properties")
                into[each.key()] = merged(into[each.key()].toObject(), each.value().toObject());
            else if (each.key() == u"required")
                into[each.key()] = joined(into[each.key()].toArray(), each.value().toArray());
            else
                into[each.key()] = each.value();
        }
        return into;
    }

    static QJsonArray joined(QJsonArray a, const QJsonArray &b) {
        for (const QJsonValue each : b)
            a.append(each);
        return a;
    }

    /// "#/$defs/name" and longer ones.
    QJsonObject target(const QString &ref) const {
        QJsonValue at = m_root;
        for (const QString &step : ref.mid(1).split(u'/', Qt::SkipEmptyParts))
            at = at[QString(step).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s)];
        return at.toObject();
    }

    static QString typeIn(const QJsonObject &rules) {
        if (rules[u"type"].isString())
            return rules[u"type"].toString();
        for (const QJsonValue type : rules[u"type"].toArray()) {
            if (type != u"null"_s)
                return type.toString();
        }
        if (rules.contains(u"properties"))
            return u"object"_s;
        return rules.contains(u"items") ? u"array"_s : u"string"_s;
    }

    /// The one that the user named, else the first.
    QJsonValue choice(const QJsonArray &choices) const {
        for (const QJsonValue each : choices) {
            if (each.isString() && m_text.contains(each.toString(), Qt::CaseInsensitive))
                return each;
        }
        return choices.first();
    }

    /// The required properties; all of them where none is required.
    QJsonValue object(const QJsonObject &rules, int depth) {
        const QJsonObject properties = rules[u"properties"].toObject();
        QStringList names;
        for (const QJsonValue name : rules[u"required"].toArray())
            names.append(name.toString());
        if (names.isEmpty() && depth == 0)
            names = properties.keys();
        QJsonObject value;
        for (const QString &name : names)
            value[name] =
                of(properties.value(name).isUndefined() ? QJsonObject() : properties[name], name,
                   depth + 1);
        return value;
    }

    QJsonValue array(const QJsonObject &rules, const QString &name, int depth) {
        const int least = rules[u"minItems"].toInt(1);
        const int most = rules[u"maxItems"].toInt(longestArray);
        QJsonArray value;
        for (int i = 0; i < std::min({std::max(least, 1), most, longestArray}); ++i)
            value.append(of(rules[u"items"].isUndefined() ? QJsonObject() : rules[u"items"], name,
                            depth + 1));
        return value;
    }

    QJsonValue number(const QJsonObject &rules, bool integer) {
        double least = rules[u"minimum"].toDouble(-std::numeric_limits<double>::infinity());
        double most = rules[u"maximum"].toDouble(std::numeric_limits<double>::infinity());
        const double step = integer ? 1 : 0.5;
        if (rules[u"exclusiveMinimum"].isDouble())
            least = std::max(least, rules[u"exclusiveMinimum"].toDouble() + step);
        if (rules[u"exclusiveMaximum"].isDouble())
            most = std::min(most, rules[u"exclusiveMaximum"].toDouble() - step);
        double value = std::max(std::min(numberIn(m_text).value_or(1), most), least);
        if (const double multiple = rules[u"multipleOf"].toDouble(); multiple > 0)
            value = std::ceil(value / multiple) * multiple;
        return integer ? QJsonValue(static_cast<qint64>(std::ceil(value))) : QJsonValue(value);
    }

    static std::optional<double> numberIn(const QString &text) {
        static const QRegularExpression digits(u"-?\\d{1,9}(\\.\\d{1,6})?"_s);
        const QRegularExpressionMatch match = digits.match(text);
        return match.hasMatch() ? std::optional(match.captured().toDouble()) : std::nullopt;
    }

    const QJsonObject &m_root;
    const QString &m_text;
    int m_values = 0;
};

} // namespace

QJsonValue exampleFor(const QJsonObject &schema, const QString &text) {
    return Example(schema, text).of(schema, {}, 0);
}

} // namespace quaygate::simulator
