#include "gateway/simulator/parameter_check.h"

#include "gateway/simulator/azure_errors.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;

bool isInteger(const QJsonValue &value) {
    return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
}

bool hasType(const QJsonValue &value, Type type) {
    switch (type) {
    case Type::Any:
        return true;
    case Type::Boolean:
        return value.isBool();
    case Type::Integer:
        return isInteger(value);
    case Type::Number:
        return value.isDouble();
    case Type::String:
        return value.isString();
    case Type::Array:
        return value.isArray();
    case Type::Object:
        return value.isObject();
    }
    return false;
}

QString nameOf(Type type) {
    switch (type) {
    case Type::Boolean:
        return u"a boolean"_s;
    case Type::Integer:
        return u"an integer"_s;
    case Type::Number:
        return u"a decimal"_s;
    case Type::String:
        return u"a string"_s;
    case Type::Array:
        return u"an array"_s;
    default:
        return u"an object"_s;
    }
}

QString plain(double number) {
    return QLocale::c().toString(number, 'g', QLocale::FloatingPointShortest);
}

SimulatedAnswer outOfBounds(const Parameter &parameter, double number, bool above) {
    const QString name = QLatin1StringView(parameter.name);
    const bool integer = parameter.type == Type::Integer;
    const QString kind = integer ? u"integer"_s : u"decimal"_s;
    return modelError(
        400,
        u"Invalid '%1': %2 %3 value. Expected a value %4 %5, but got %6 instead."_s.arg(
            name, kind, above ? u"above maximum"_s : u"below minimum"_s, above ? u"<="_s : u">="_s,
            plain(above ? *parameter.most : *parameter.least), plain(number)),
        name, kind + (above ? u"_above_max_value"_s : u"_below_min_value"_s));
}

std::optional<SimulatedAnswer> checkValue(const QJsonValue &value, const Parameter &parameter) {
    if (value.isNull())
        return std::nullopt;
    if (!hasType(value, parameter.type))
        return invalidType(QLatin1StringView(parameter.name), nameOf(parameter.type),
                           typeOf(value));
    if (parameter.most && value.toDouble() > *parameter.most)
        return outOfBounds(parameter, value.toDouble(), true);
    if (parameter.least && value.toDouble() < *parameter.least)
        return outOfBounds(parameter, value.toDouble(), false);
    return std::nullopt;
}

} // namespace

std::optional<SimulatedAnswer> checkText(const QString &name, const QString &text,
                                         qsizetype longest) {
    if (text.isEmpty())
        return missingParameter(name);
    if (text.size() > longest)
        return modelError(400,
                          u"Invalid '%1': string too long. Expected a string with maximum length "
                          "%2, but got a string with length %3 instead."_s.arg(name)
                              .arg(longest)
                              .arg(text.size()),
                          name, u"string_above_max_length"_s);
    return std::nullopt;
}

QString typeOf(const QJsonValue &value) {
    switch (value.type()) {
    case QJsonValue::Bool:
        return u"a boolean"_s;
    case QJsonValue::Double:
        return isInteger(value) ? u"an integer"_s : u"a decimal number"_s;
    case QJsonValue::String:
        return u"a string"_s;
    case QJsonValue::Array:
        return u"an array"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    default:
        return u"null"_s;
    }
}

std::optional<SimulatedAnswer> checkParameters(const QJsonObject &body,
                                               std::span<const Parameter> known) {
    for (auto each = body.begin(); each != body.end(); ++each) {
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const Parameter &parameter) {
                return each.key() == QLatin1StringView(parameter.name);
            });
        if (found == known.end())
            return modelError(400, u"Unknown parameter: '%1'."_s.arg(each.key()), each.key(),
                              u"unknown_parameter"_s);
        if (auto refusal = checkValue(each.value(), *found))
            return refusal;
    }
    return std::nullopt;
}

} // namespace quaygate::simulator
