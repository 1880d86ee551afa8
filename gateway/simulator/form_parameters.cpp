#include "gateway/simulator/form_parameters.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;

QJsonValue valueOf(const QString &text, Type type) {
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if ((type == Type::Integer || type == Type::Number) && isNumber)
        return number;
    if (type == Type::Boolean && (text == u"true" || text == u"false"))
        return text == u"true";
    return text;
}

/// "include[]" is "include".
QString nameOf(const FormPart &part) {
    const qsizetype bracket = part.name.endsWith(u']') ? part.name.lastIndexOf(u'[') : -1;
    return bracket > 0 ? part.name.first(bracket) : part.name;
}

} // namespace

QJsonObject parametersOf(const MultipartForm &form, std::span<const Parameter> known) {
    QJsonObject values;
    for (const FormPart &part : form.parts()) {
        const QString name = nameOf(part);
        const auto found = std::find_if(known.begin(), known.end(), [&](const Parameter &each) {
            return name == QLatin1StringView(each.name);
        });
        const Type type = found == known.end() ? Type::Any : found->type;
        const QString text =
            part.filename.isEmpty() ? QString::fromUtf8(part.bytes) : part.filename;
        if (type == Type::Array) {
            QJsonArray list = values[name].toArray();
            list.append(text);
            values[name] = list;
        } else {
            values[name] = valueOf(text, type);
        }
    }
    return values;
}

} // namespace quaygate::simulator
