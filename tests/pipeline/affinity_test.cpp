#include "gateway/pipeline/affinity.h"

#include <QStringList>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

QList<QByteArray> marksIn(const QByteArray &text, qsizetype piece) {
    QList<QByteArray> marks;
    MarkReader reader([&](const QByteArray &mark) { marks.append(mark); });
    for (qsizetype i = 0; i < text.size(); i += piece)
        reader.feed(text.sliced(i, std::min(piece, text.size() - i)));
    return marks;
}

const QByteArray reasoning(80, 'x');
const QByteArray answer =
    R"(event: response.created
data: {"type":"response.created","response":{"id":"resp_1","object":"response"}}

data: {"item":{"id": "rs_2","encrypted_content":")" +
    reasoning + R"("},"item_id":"no"}

data: {"response":{"id":"resp_1"}})";

TEST(MarkReader, FindsTheSameHoweverItIsCut) {
    const QList<QByteArray> expected{"resp_1", "rs_2", reasoning.first(64)};
    for (qsizetype piece = 1; piece <= answer.size(); ++piece) {
        QList<QByteArray> marks = marksIn(answer, piece);
        std::sort(marks.begin(), marks.end());
        EXPECT_EQ(marks, expected) << piece;
    }
}

TEST(MarkReader, KeepsABoundedNumber) {
    QByteArray listing;
    for (int i = 0; i < 1000; ++i)
        listing += R"({"id":"file-)" + QByteArray::number(i) + R"("},)";
    EXPECT_EQ(marksIn(listing, 4096).size(), 256);
}

TEST(ServedBy, TellsNewsOnce) {
    ServedBy served;
    int told = 0;
    served.onServed = [&](const QByteArray &, const QString &) { ++told; };
    served.note("resp_1", u"east"_s);
    served.note("resp_1", u"east"_s);
    EXPECT_EQ(told, 1);
    EXPECT_EQ(served.of("resp_1"), u"east"_s);
    served.hear("resp_2", u"west"_s);
    EXPECT_EQ(told, 1);
    EXPECT_EQ(served.of("resp_2"), u"west"_s);
    EXPECT_EQ(served.of("resp_3"), QString());
}

TEST(ServedBy, ForgetsTheOldest) {
    ServedBy served;
    for (qsizetype i = 0; i < ServedBy::most + 5; ++i)
        served.hear("m" + QByteArray::number(i), u"b"_s);
    EXPECT_EQ(served.of("m4"), QString());
    EXPECT_EQ(served.of("m5"), u"b"_s);
    EXPECT_EQ(served.of("m" + QByteArray::number(ServedBy::most + 4)), u"b"_s);
}

struct MarksCase {
    const char *name;
    const char *target;
    QByteArray body;
    bool asksForStored;
    QList<QByteArray> marks;
};

void PrintTo(const MarksCase &row, std::ostream *out) {
    *out << row.name;
}

class Marks : public testing::TestWithParam<MarksCase> {};

TEST_P(Marks, OfARequest) {
    HttpRequest request;
    request.target = GetParam().target;
    request.body = GetParam().body;
    EXPECT_EQ(marksOf(request, GetParam().asksForStored), GetParam().marks);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Marks,
    testing::Values(
        MarksCase{"none", "/v1/responses", "{}", false, {}},
        MarksCase{"previous",
                  "/v1/responses",
                  R"({"previous_response_id": "resp_9"})",
                  false,
                  {"resp_9"}},
        MarksCase{"noPrevious", "/v1/responses", R"({"previous_response_id":null})", false, {}},
        MarksCase{"reasoning",
                  "/v1/responses",
                  R"({"input":[{"encrypted_content":"old"},{"encrypted_content":")" + reasoning +
                      R"("}]})",
                  false,
                  {reasoning.first(64)}},
        MarksCase{"stored",
                  "/azure-openai/v1/responses/resp_68b1c2d3/input_items?x=file-123456789",
                  "",
                  true,
                  {"resp_68b1c2d3"}},
        MarksCase{"file", "/v1/files/file-0123456789ab/content", "", true, {"file-0123456789ab"}},
        MarksCase{"words", "/azure-openai/v1/files", "", true, {}}),
    [](const auto &row) { return std::string(row.param.name); });

TEST(SessionLiking, GivesEachItsShareAndIsStable) {
    const QStringList names{u"east"_s, u"west"_s};
    const QList<int> weights{3, 1};
    int east = 0;
    constexpr int sessions = 4000;
    for (int i = 0; i < sessions; ++i) {
        const QByteArray session = "s" + QByteArray::number(i);
        const double first = sessionLiking(session, names[0], weights[0]);
        EXPECT_EQ(first, sessionLiking(session, names[0], weights[0]));
        east += first > sessionLiking(session, names[1], weights[1]) ? 1 : 0;
    }
    EXPECT_NEAR(east / double(sessions), 0.75, 0.03);
}

TEST(Session, IsWhatOneOfTheHeadersSays) {
    HttpRequest request;
    EXPECT_TRUE(sessionOf(request).isEmpty());
    request.headers = {{"Session_ID", "abc"}};
    EXPECT_EQ(sessionOf(request), "abc");
    request.headers.append("X-Quaygate-Session", "mine");
    EXPECT_EQ(sessionOf(request), "mine");
}

} // namespace
} // namespace quaygate
