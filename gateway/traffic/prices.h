#pragma once

#include "gateway/config/rules.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QHash>
#include <QStringView>

#include <memory>
#include <optional>

namespace quaygate {

/// What a model costs, in US dollars a million tokens.
struct Price {
    struct Rates {
        double input = 0;
        double output = 0;
        std::optional<double> cachedInput = {}; ///< nothing: as `input`
        std::optional<double> cacheWrite = {};  ///< nothing: as `input`

        bool operator==(const Rates &) const = default;
    };

    Rates rates;
    /// Holds for all of an exchange whose input has more than so many tokens; 0: there is no such.
    qint64 above = 0;
    Rates ratesAbove = {};

    bool operator==(const Price &) const = default;
};

/// What an answer cost in US dollars; nothing if its input or its output is not known.
std::optional<double> costOf(const TokenUsage &usage, const Price &price);

/// The prices that Quaygate brings (resources/prices.json), with those of the configuration before
/// them. Immutable; make one for each snapshot and share it, any thread may ask. A lookup is one
/// or two in a hash table.
class Prices {
public:
    /// `own`: Config::prices.
    explicit Prices(const QList<ModelPrice> &own = {});

    /// Of the model that an answer names (TrafficRecord::modelReturned): by the whole name in
    /// whatever case, then without the date at its end ("-2025-04-14", "-20250414", "@20250414").
    /// Nothing: unknown, which is not 0. Where an answer repeats what was asked for, as that of the
    /// responses API does, a deployment named after its model is found, and another is not.
    std::optional<Price> find(const QString &model) const;

    /// find and costOf.
    std::optional<double> cost(const QString &model, const TokenUsage &usage) const;

private:
    using Table = QHash<QString, Price>;

    std::shared_ptr<const Table> m_brought;
    Table m_own;
};

} // namespace quaygate
