#include "gateway/config/writers.h"

namespace quaygate {

namespace {

QByteArray writePrice(const ModelPrice &price, int depth) {
    ObjectWriter object(depth);
    object.addNumber(u"input", price.input);
    object.addNumber(u"output", price.output);
    if (price.cachedInput)
        object.addNumber(u"cachedInput", *price.cachedInput);
    object.addUnknown(price.unknown);
    return object.json();
}

} // namespace

QByteArray writePrices(const QList<ModelPrice> &prices, int depth) {
    ObjectWriter object(depth);
    for (const ModelPrice &price : prices)
        object.add(price.model, writePrice(price, object.innerDepth()));
    return object.json();
}

} // namespace quaygate
