#include "ui/routes/backend_order.h"
#include "ui/routes/status_list.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(BackendOrder, SaysWhoIsAskedWhen) {
    const struct {
        QList<RouteBackend> backends;
        QString text;
    } cases[] = {
        {{}, {}},
        {{{u"a"_s}}, {}},
        {{{u"a"_s}, {u"b"_s}}, u"Asked in turn: a (50 %) and b (50 %)."_s},
        {{{u"a"_s, 3}, {u"b"_s, 1}, {u"c"_s, 0}},
         u"Asked in turn: a (75 %), b (25 %) and c (0 %)."_s},
        {{{u"spare"_s, 1, 7}, {u"a"_s, 2}, {u"b"_s, 1}},
         u"Asked first: a (67 %) and b (33 %). When these fail: spare."_s},
        {{{u"a"_s}, {u"b"_s, 1, 1}, {u"c"_s, 1, 2}},
         u"Asked first: a. When these fail: b, then c."_s},
    };
    for (const auto &c : cases)
        EXPECT_EQ(backendOrder(c.backends).toStdString(), c.text.toStdString());
}

TEST(StatusList, ReadsWhatPeopleWrite) {
    EXPECT_EQ(readStatuses(u"429, 503"_s), (QList<int>{429, 503}));
    EXPECT_EQ(readStatuses(u" 429;503 500,"_s), (QList<int>{429, 503, 500}));
    EXPECT_EQ(readStatuses(QString()), QList<int>());
    EXPECT_EQ(readStatuses(u"5xx"_s), std::nullopt);
    EXPECT_EQ(readStatuses(u"-429"_s), std::nullopt);
    EXPECT_EQ(readStatuses(writeStatuses({408, 599})), (QList<int>{408, 599}));
}

} // namespace quaygate::test
