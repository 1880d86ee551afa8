#include "gateway/traffic/prices.h"

#include "gateway/traffic/price_file.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

// A static library's resources are linked in only where something asks for them.
void initPriceResources() {
    Q_INIT_RESOURCE(quaygate_prices);
}

namespace quaygate {

namespace {

using Table = QHash<QString, Price>;

/// Read once, and the same for everybody.
std::shared_ptr<const Table> broughtPrices() {
    static const auto table = [] {
        initPriceResources();
        QFile file(u":/quaygate/prices.json"_s);
        Result<Table> read = file.open(QIODevice::ReadOnly) ? traffic::readPrices(file.readAll())
                                                            : Result<Table>(Table());
        // A test reads this very file; without it no price is known, which is shown as such.
        return std::make_shared<const Table>(read.ok() ? std::move(read).value() : Table());
    }();
    return table;
}

bool isDigits(QStringView text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// The name without the date at its end, or the name.
QStringView withoutDate(QStringView name) {
    const auto endsWithSeparator = [&](qsizetype length) {
        const QChar c = name.size() > length ? name[name.size() - length - 1] : QChar();
        return c == u'-' || c == u'@';
    };
    if (const QStringView date = name.last(std::min<qsizetype>(10, name.size()));
        date.size() == 10 && isDigits(date.first(4)) && date[4] == u'-' &&
        isDigits(date.sliced(5, 2)) && date[7] == u'-' && isDigits(date.last(2)) &&
        endsWithSeparator(10))
        return name.chopped(11);
    if (const QStringView date = name.last(std::min<qsizetype>(8, name.size()));
        date.size() == 8 && isDigits(date) && date.startsWith(u"20") && endsWithSeparator(8))
        return name.chopped(9);
    return name;
}

Price priceOf(const ModelPrice &own) {
    return Price{{own.input, own.output, own.cachedInput, {}}};
}

} // namespace

std::optional<double> costOf(const TokenUsage &usage, const Price &price) {
    if (!usage.input || !usage.output)
        return std::nullopt;
    const bool above = price.above > 0 && *usage.input > price.above;
    const Price::Rates &rates = above ? price.ratesAbove : price.rates;
    const qint64 cached = std::min(usage.cached.value_or(0), *usage.input);
    const qint64 written = std::min(usage.cacheWritten.value_or(0), *usage.input - cached);
    const qint64 fresh = *usage.input - cached - written;
    return (double(fresh) * rates.input + double(cached) * rates.cachedInput.value_or(rates.input) +
            double(written) * rates.cacheWrite.value_or(rates.input) +
            double(*usage.output) * rates.output) /
           1e6;
}

Prices::Prices(const QList<ModelPrice> &own) : m_brought(broughtPrices()) {
    for (const ModelPrice &price : own)
        m_own.insert(price.model.toLower(), priceOf(price));
}

std::optional<Price> Prices::find(const QString &model) const {
    const QString name = model.toLower();
    const QString undated = QString::fromRawData(name.constData(), withoutDate(name).size());
    for (const Table *table : {&m_own, m_brought.get()}) {
        if (table->isEmpty())
            continue;
        if (const auto found = table->constFind(name); found != table->constEnd())
            return *found;
        if (undated.size() == name.size())
            continue;
        if (const auto found = table->constFind(undated); found != table->constEnd())
            return *found;
    }
    return std::nullopt;
}

std::optional<double> Prices::cost(const QString &model, const TokenUsage &usage) const {
    const auto price = find(model);
    return price ? costOf(usage, *price) : std::nullopt;
}

} // namespace quaygate
