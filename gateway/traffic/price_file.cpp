#include "gateway/traffic/price_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

std::optional<double> rate(const QJsonObject &object, QLatin1StringView name) {
    const QJsonValue value = object.value(name);
    return value.isDouble() && value.toDouble() >= 0 ? std::optional(value.toDouble())
                                                     : std::nullopt;
}

std::optional<Price::Rates> readRates(const QJsonObject &object) {
    const auto input = rate(object, "input"_L1);
    const auto output = rate(object, "output"_L1);
    if (!input || !output)
        return std::nullopt;
    return Price::Rates{*input, *output, rate(object, "cachedInput"_L1),
                        rate(object, "cacheWrite"_L1)};
}

std::optional<Price> readPrice(const QJsonObject &object) {
    const auto rates = readRates(object);
    if (!rates)
        return std::nullopt;
    Price price{*rates};
    if (!object.contains("above"_L1))
        return price;
    const QJsonObject above = object.value("above"_L1).toObject();
    const auto ratesAbove = readRates(above);
    price.above = above.value("tokens"_L1).toInteger();
    if (!ratesAbove || price.above <= 0)
        return std::nullopt;
    price.ratesAbove = *ratesAbove;
    return price;
}

Error malformed(const QString &detail) {
    return {ErrorCode::Internal,
            u"The list of prices that came with Quaygate cannot be read; reinstall it."_s, detail};
}

} // namespace

Result<QHash<QString, Price>> readPrices(const QByteArray &text) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (document.isNull())
        return malformed(error.errorString());
    QHash<QString, Price> prices;
    const QJsonArray entries = document.object().value("prices"_L1).toArray();
    for (const QJsonValue &entry : entries) {
        const auto price = readPrice(entry.toObject());
        if (!price)
            return malformed(u"An entry has no input and output price."_s);
        for (const QJsonValue &model : entry.toObject().value("models"_L1).toArray())
            prices.insert(model.toString(), *price);
    }
    return prices.isEmpty() ? malformed(u"It holds no price."_s)
                            : Result<QHash<QString, Price>>(std::move(prices));
}

} // namespace quaygate::traffic
