#include "gateway/config/validate_prices.h"

#include "gateway/config/checks.h"
#include "gateway/config/names.h"
#include "gateway/config/object_reader.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString pointerOf(const ModelPrice &price) {
    return memberPointer(u"/prices"_s, price.model.toUtf8());
}

QString modelProblem(const QString &model) {
    if (const QString problem = namePatternProblem(model); !problem.isEmpty())
        return problem;
    if (model.contains(u'*'))
        return u"A price is that of one model; write its whole name, without *."_s;
    if (model != model.toLower())
        return u"Write the name of the model in lower case."_s;
    return {};
}

} // namespace

void checkPrices(const QList<ModelPrice> &prices, Findings &findings) {
    for (const ModelPrice &price : prices) {
        findings.addUnlessEmpty(pointerOf(price), modelProblem(price.model));
        checkNumber(pointerOf(price) + u"/input"_s, price.input, priceRange, findings);
        checkNumber(pointerOf(price) + u"/output"_s, price.output, priceRange, findings);
        if (price.cachedInput)
            checkNumber(pointerOf(price) + u"/cachedInput"_s, *price.cachedInput, priceRange,
                        findings);
    }
    checkUnique(
        prices, [](const ModelPrice &price) { return price.model; },
        [&](qsizetype i) { return pointerOf(prices[i]); },
        [](const ModelPrice &other) {
            return u"The price of “%1” stands twice; remove one."_s.arg(other.model);
        },
        findings);
}

} // namespace quaygate
