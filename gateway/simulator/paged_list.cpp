#include "gateway/simulator/paged_list.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/json_answer.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int usualLimit = 20;
constexpr int mostItems = 100;

/// The position of an id; `otherwise` if there is none.
qsizetype positionOf(const std::vector<QJsonValue> &items, const QByteArray &id,
                     qsizetype otherwise) {
    const QString wanted = QString::fromUtf8(id);
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const QJsonValue &item) { return item[u"id"] == wanted; });
    return found == items.end() ? otherwise : found - items.begin();
}

/// 0 if the limit is none.
int limitOf(const Call &call) {
    const QByteArray text = call.query("limit");
    bool isNumber = false;
    const int limit = text.isEmpty() ? usualLimit : text.toInt(&isNumber);
    if (!text.isEmpty() && (!isNumber || limit < 1 || limit > mostItems))
        return 0;
    return limit;
}

QJsonValue idOf(const QJsonArray &page, qsizetype index) {
    return page.isEmpty() ? QJsonValue() : page[index][u"id"];
}

} // namespace

SimulatedAnswer pagedList(const QJsonArray &oldestFirst, PageOrder usual, const Call &call) {
    const int limit = limitOf(call);
    if (limit == 0)
        return modelError(400,
                          u"Invalid 'limit': expected an integer from 1 to %1, but got '%2' "
                          "instead."_s.arg(mostItems)
                              .arg(QString::fromUtf8(call.query("limit"))),
                          u"limit"_s, u"invalid_value"_s);
    const QString order = QString::fromUtf8(call.query("order"));
    if (!order.isEmpty() && order != u"asc" && order != u"desc")
        return invalidValue(u"order"_s, order, {u"asc"_s, u"desc"_s});

    std::vector<QJsonValue> items;
    for (const QJsonValue item : oldestFirst)
        items.push_back(item);
    if (order.isEmpty() ? usual == PageOrder::NewestFirst : order == u"desc")
        std::reverse(items.begin(), items.end());

    const auto count = static_cast<qsizetype>(items.size());
    const qsizetype first = positionOf(items, call.query("after"), -1) + 1;
    const qsizetype end = positionOf(items, call.query("before"), count);
    QJsonArray page;
    for (qsizetype i = first; i < end && page.size() < limit; ++i)
        page.append(items[static_cast<std::size_t>(i)]);
    return jsonAnswer({{u"object"_s, u"list"_s},
                       {u"data"_s, page},
                       {u"first_id"_s, idOf(page, 0)},
                       {u"last_id"_s, idOf(page, page.size() - 1)},
                       {u"has_more"_s, first + page.size() < end}});
}

} // namespace quaygate::simulator
