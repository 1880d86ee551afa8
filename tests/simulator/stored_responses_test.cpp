#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// Responses that are asked for again.
namespace quaygate::simulator::test {
namespace {

const QByteArray path = "/openai/v1/responses"_ba;

QByteArray at(const QJsonObject &response, const char *rest = "") {
    return path + '/' + response[u"id"].toString().toUtf8() + rest;
}

QStringList ids(const SimulatedAnswer &answer) {
    QStringList list;
    for (const QJsonValue item : json(answer)[u"data"].toArray())
        list.append(item[u"id"].toString());
    return list;
}

class StoredResponses : public ::testing::Test {
protected:
    QJsonObject make(const char *more = "{}", const HeaderList &headers = {}) {
        QJsonObject body = object(more);
        body[u"model"] = u"chat"_s;
        if (!body.contains(u"input"))
            body[u"input"] = u"hi"_s;
        const SimulatedAnswer answer = resource.post(path, body, headers);
        return answer.streamed ? events(answer).first()[u"response"].toObject() : json(answer);
    }
    SimulatedAnswer get(const QByteArray &target) { return resource.ask("GET", target, {}); }

    Resource resource;
};

TEST_F(StoredResponses, AreHadAgainUntilTheyAreDeleted) {
    const QJsonObject made = make();
    EXPECT_EQ(json(get(at(made))), made);
    EXPECT_EQ(json(get("/openai/responses/" + made[u"id"].toString().toUtf8() +
                       "?api-version=2025-03-01-preview")),
              made)
        << "the other family sees it too";
    EXPECT_EQ(json(resource.ask("DELETE", at(made), {})),
              (QJsonObject{{u"id"_s, made[u"id"]},
                           {u"object"_s, u"response.deleted"_s},
                           {u"deleted"_s, true}}));
    for (const char *method : {"GET", "DELETE"}) {
        const SimulatedAnswer gone = resource.ask(method, at(made), {});
        EXPECT_EQ(gone.status, 404);
        EXPECT_EQ(error(gone)[u"message"].toString(),
                  u"Response with id '%1' not found."_s.arg(made[u"id"].toString()));
    }
}

TEST_F(StoredResponses, AreNotThoseThatWereNotToBeStored) {
    EXPECT_EQ(get(at(make(R"({"store":false})"))).status, 404);
}

TEST_F(StoredResponses, AreBoundedInNumber) {
    const QJsonObject first = make();
    for (std::size_t i = 1; i < ResponseStore::mostResponses; ++i)
        make();
    EXPECT_EQ(get(at(first)).status, 200);
    make();
    EXPECT_EQ(get(at(first)).status, 404);
}

TEST(ResponseStore, IsBoundedInBytes) {
    ResponseStore store;
    const auto add = [&](const QString &id, qsizetype bytes) {
        StoredResponse response;
        response.id = id;
        response.ended = {{u"text"_s, QString(bytes, u'x')}};
        store.add(response);
    };
    add(u"a"_s, ResponseStore::mostBytes / 2);
    add(u"b"_s, ResponseStore::mostBytes / 3);
    EXPECT_TRUE(store.find(u"a"));
    add(u"c"_s, ResponseStore::mostBytes / 3);
    EXPECT_FALSE(store.find(u"a"));
    EXPECT_TRUE(store.find(u"b"));
    add(u"d"_s, ResponseStore::mostBytes);
    EXPECT_FALSE(store.find(u"d")) << "too large by itself";
    EXPECT_TRUE(store.find(u"c"));
}

TEST_F(StoredResponses, ListTheirInputItems) {
    const QJsonObject made = make(R"({"input":[{"id":"msg_1","role":"user","content":"a"},
        {"id":"msg_2","role":"assistant","content":"b"},{"id":"msg_3","role":"user","content":
        [{"type":"input_text","text":"c"}]}]})");
    const SimulatedAnswer all = get(at(made, "/input_items"));
    EXPECT_EQ(ids(all), (QStringList{u"msg_3"_s, u"msg_2"_s, u"msg_1"_s}));
    EXPECT_EQ(json(all)[u"has_more"], false);
    EXPECT_EQ(json(all)[u"first_id"], u"msg_3"_s);
    EXPECT_EQ(json(all)[u"last_id"], u"msg_1"_s);
    EXPECT_EQ(json(all)[u"data"][2][u"content"][0], object(R"({"type":"input_text","text":"a"})"));

    struct Page {
        const char *query;
        QStringList ids;
        bool more;
    };
    const QList<Page> pages{{"?order=asc&limit=2", {u"msg_1"_s, u"msg_2"_s}, true},
                            {"?order=asc&limit=2&after=msg_2", {u"msg_3"_s}, false},
                            {"?order=asc&before=msg_2", {u"msg_1"_s}, false},
                            {"?after=msg_1", {}, false},
                            {"?limit=1", {u"msg_3"_s}, true}};
    for (const Page &page : pages) {
        const SimulatedAnswer answer =
            get(at(made, (QByteArray("/input_items") + page.query).constData()));
        EXPECT_EQ(ids(answer), page.ids) << page.query;
        EXPECT_EQ(json(answer)[u"has_more"].toBool(), page.more) << page.query;
    }
    for (const char *wrong : {"?limit=0", "?limit=101", "?limit=x", "?order=up"})
        EXPECT_EQ(get(at(made, (QByteArray("/input_items") + wrong).constData())).status, 400);
}

/// In the background, at 100 ms a token.
class BackgroundResponses : public StoredResponses {
protected:
    SimulatedAnswer begin(const QByteArray &more = {}) {
        return resource.ask("POST", path,
                            R"({"model":"chat","input":"hi","background":true)" + more + "}",
                            {{"api-key", "right-key"}, {"x-simulator-pace", "100"}});
    }
    QJsonValue status(const QJsonObject &response) { return json(get(at(response)))[u"status"]; }
    SimulatedAnswer cancel(const QJsonObject &response) {
        return resource.ask("POST", at(response, "/cancel"), {});
    }
};

TEST_F(BackgroundResponses, EndWhenTheirTokensWouldHaveBeenSaid) {
    const QJsonObject made = json(begin());
    EXPECT_EQ(made[u"status"], u"queued"_s);
    EXPECT_TRUE(made[u"output"].toArray().isEmpty());
    EXPECT_EQ(status(made), u"in_progress"_s);
    resource.now += std::chrono::seconds(60);
    EXPECT_EQ(status(made), u"completed"_s);
    EXPECT_EQ(json(get(at(made)))[u"output"].toArray().size(), 1);
    EXPECT_EQ(json(cancel(made))[u"status"], u"completed"_s);
}

TEST_F(BackgroundResponses, CanBeCancelledBeforeAndAgain) {
    const QJsonObject made = json(begin());
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(json(cancel(made))[u"status"], u"cancelled"_s);
    resource.now += std::chrono::seconds(60);
    EXPECT_EQ(status(made), u"cancelled"_s);
    EXPECT_EQ(error(cancel(make()))[u"message"], u"Cannot cancel a synchronous response."_s);
    EXPECT_EQ(cancel({{u"id"_s, u"resp_x"_s}}).status, 404);
}

TEST_F(BackgroundResponses, GiveTheirStreamAgainFromAnyEventOn) {
    const SimulatedAnswer streamed = begin(R"(,"stream":true)");
    EXPECT_EQ(
        types(events(streamed)).first(3),
        (QStringList{u"response.created"_s, u"response.queued"_s, u"response.in_progress"_s}));
    const QJsonObject made = events(streamed).first()[u"response"].toObject();
    EXPECT_EQ(events(get(at(made, "?stream=true"))), events(streamed));
    EXPECT_EQ(events(get(at(made, "?stream=true&starting_after=4"))), events(streamed).sliced(5));
    EXPECT_TRUE(get(at(made, "?stream=true&starting_after=99999")).pieces.empty());
    EXPECT_EQ(get(at(json(begin()), "?stream=true")).status, 400);
    EXPECT_EQ(get(at(make(), "?stream=true")).status, 400);
}

} // namespace
} // namespace quaygate::simulator::test
