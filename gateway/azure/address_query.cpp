#include "gateway/azure/address_query.h"

#include "gateway/azure/percent.h"
#include "gateway/json/utf8.h"

#include <algorithm>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

bool isKeyName(const QString &name) {
    // `code` is the key of an Azure Function in front.
    static constexpr QLatin1StringView names[] = {
        "api-key"_L1, "api_key"_L1,          "apikey"_L1, "subscription-key"_L1,
        "key"_L1,     "subscription_key"_L1, "code"_L1,   "ocp-apim-subscription-key"_L1,
    };
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// A parameter's name is shown only if it is a plain word: `?sk-…` without a value could be a key
/// itself.
bool isShowable(const QString &name) {
    static constexpr qsizetype longestWord = 24;
    return !name.isEmpty() && name.size() <= longestWord &&
           std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetter() || u"-_.$"_s.contains(c));
           });
}

QString textOf(QStringView value) {
    return json::textOfUtf8(decodePercent(value));
}

/// Sets `field` once; says so if a second value differs.
void take(QString &field, QStringView value, QLatin1StringView name, QStringList &warnings) {
    const QString text = textOf(value).trimmed();
    if (field.isEmpty())
        field = text;
    else if (!text.isEmpty() && text != field)
        warnings << u"The address gives %1 twice; the first one was taken."_s.arg(name);
}

} // namespace

AddressQuery readAddressQuery(QStringView query) {
    AddressQuery result;
    QString model;
    for (const QStringView item : query.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = item.indexOf(u'=');
        const QString name = textOf(equals < 0 ? item : item.first(equals)).trimmed().toLower();
        const QStringView value = equals < 0 ? QStringView() : item.sliced(equals + 1);

        if (isKeyName(name)) {
            QByteArray bytes = decodePercent(value);
            if (result.key.isEmpty() && !bytes.isEmpty())
                result.key = Secret(std::move(bytes));
            else
                wipe(bytes);
        } else if (name == "api-version"_L1 || name == "api_version"_L1) {
            take(result.apiVersion, value, "api-version"_L1, result.warnings);
        } else if (name == "deployment"_L1) {
            take(result.deploymentName, value, "deployment"_L1, result.warnings);
        } else if (name == "model"_L1) {
            take(model, value, "model"_L1, result.warnings);
        } else if (equals >= 0 && isShowable(name)) {
            result.warnings << u"The parameter \"%1\" was dropped."_s.arg(name);
        } else {
            result.warnings << u"A parameter that is not known was dropped."_s;
        }
    }
    if (result.deploymentName.isEmpty())
        result.deploymentName = model;
    return result;
}

} // namespace quaygate
