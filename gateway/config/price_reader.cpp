#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Both prices must be there: one that is not known is not nothing.
void takePrice(ObjectReader &object, QByteArrayView key, double &price) {
    if (object.has(key))
        return object.takeNumber(key, priceRange, price);
    object.add(key, u"\"%1\" is missing: write what a million tokens cost, in US dollars."_s.arg(
                        QString::fromLatin1(key)));
}

ModelPrice readPrice(Reading &reading, const json::Node &node, const QString &pointer) {
    ModelPrice price;
    ObjectReader object(reading, node, pointer, u"The price of a model"_s);
    if (node.type == json::Node::Type::Object) {
        takePrice(object, "input", price.input);
        takePrice(object, "output", price.output);
    }
    if (double cached = 0; object.has("cachedInput")) {
        object.takeNumber("cachedInput", priceRange, cached);
        price.cachedInput = cached;
    }
    price.unknown = object.rest();
    return price;
}

} // namespace

QList<ModelPrice> readPrices(Reading &reading, const json::Node &node, const QString &pointer) {
    QList<ModelPrice> prices;
    ObjectReader object(reading, node, pointer, u"“prices”"_s);
    for (const json::Node::Member &member : node.members) {
        prices.append(readPrice(reading, member.value, object.pointerTo(member.key)));
        prices.last().model = QString::fromUtf8(member.key);
    }
    return prices;
}

} // namespace quaygate
