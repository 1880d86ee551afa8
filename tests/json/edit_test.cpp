#include "gateway/json/json_text.h"
#include "tests/json/random_json.h"

#include <QList>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::json {
namespace {

struct FindCase {
    QByteArray text;
    QByteArray key;
    QByteArray value; ///< empty: no such member
};

TEST(JsonFindMember, findsTheTopLevelMemberAlone) {
    const FindCase cases[] = {
        {R"({"model":"gpt"})", "model", R"("gpt")"},
        {R"({ "a":{"model":1}, "model" : 2 })", "model", "2"},
        {R"({"a":[{"model":1}]})", "model", ""},
        {R"({"a":"model","b":"model"})", "model", ""},
        {R"({"mod\u0065l":3})", "model", "3"},
        {R"({"\u006d\u006F\u0064\u0065\u006c":3})", "model", "3"},
        {R"({"model":1,"model":2})", "model", "2"},
        {R"({"model":1,"\u006dodel":{"model":[2]}})", "model", R"({"model":[2]})"},
        {R"({"model":{"x":[1,{}]} ,"b":1})", "model", R"({"x":[1,{}]})"},
        {R"({"model":[]})", "model", "[]"},
        {R"({"models":1,"mode":2,"Model":3})", "model", ""},
        {R"({"":1})", "", "1"},
        {R"({"a\"b":1})", "a\"b", "1"},
        {R"({"\u8a9e":1})", "語", "1"},
        {R"({"語":1})", "語", "1"},
        {"{}", "model", ""},
    };
    for (const FindCase &c : cases) {
        SCOPED_TRACE(c.text.toStdString());
        const Result<Span> found = findMember(c.text, c.key);
        ASSERT_TRUE(found.ok()) << qPrintable(found.error().message);
        EXPECT_EQ(c.text.sliced(found->begin, found->end - found->begin), c.value);
        EXPECT_EQ(*found == Span{}, c.value.isEmpty());
    }
}

TEST(JsonFindMember, saysWhereABodyIsNotAnObject) {
    const std::pair<QByteArray, QString> cases[] = {
        {"", u"line 1, column 1"_s},
        {"hello", u"line 1, column 1"_s},
        {" [1]", u"line 1, column 2: it must start with “{”"_s},
        {"\n\"x\"", u"line 2, column 1: it must start with “{”"_s},
        {"{\"model\":1}\n x", u"line 2, column 2: there is more text"_s},
        {"{\"model\":1,\n \"b\":}", u"line 2, column 6"_s},
        {"{\"model\":{\"a\":[1,2}}", u"line 1, column 19"_s},
        {"\xEF\xBB\xBF{}", u"byte order mark"_s},
    };
    for (const auto &[text, part] : cases) {
        SCOPED_TRACE(text.toStdString());
        const Result<Span> found = findMember(text, "model");
        ASSERT_FALSE(found.ok());
        EXPECT_EQ(found.error().code, ErrorCode::BodyNotJson);
        EXPECT_TRUE(found.error().message.contains(part)) << qPrintable(found.error().message);
        const Result<QByteArray> changed = withMember(text, "model", "1");
        ASSERT_FALSE(changed.ok());
        EXPECT_EQ(changed.error(), found.error());
    }
}

TEST(JsonFindFirstMember, looksNoFurtherThanItMust) {
    const std::pair<QByteArray, QByteArray> cases[] = {
        {R"({"model":"a","model":"b"})", R"("a")"},
        {R"({"x":{"model":1},"model":{"y":[{}, 2]},"z":3})", R"({"y":[{}, 2]})"},
        {R"({"model":"a", what follows is no JSON)", R"("a")"},
        {R"({"mod\u0065l":7})", "7"},
        {R"({"model")", ""},
        {R"({"model":)", ""},
        {R"({"model":[1,)", ""},
        {R"({"x":oops,"model":1})", ""},
        {R"(["model"])", ""},
        {R"({"models":1})", ""},
        {"", ""},
    };
    for (const auto &[text, value] : cases) {
        SCOPED_TRACE(text.toStdString());
        const Span found = findFirstMember(text, "model");
        EXPECT_EQ(text.sliced(found.begin, found.end - found.begin), value);
    }
}

TEST(JsonMayName, seesTheStringWhereverItStands) {
    for (const QByteArray text : {R"({"stream":true})", R"({"x":{"stream" :1}})", R"(["stream"])",
                                  R"({"a":"\"","stream":1})", R"("stream")"})
        EXPECT_TRUE(mayName(text, "stream")) << text.toStdString();
    for (const QByteArray text : {R"({"streams":true})", R"({"stream_options":{}})", R"("stream)",
                                  R"({"x":"a stream of"})", "stream", "\"", ""})
        EXPECT_FALSE(mayName(text, "stream")) << text.toStdString();
}

struct SetCase {
    QByteArray text;
    QByteArray expected;
};

TEST(JsonWithMember, changesNothingElse) {
    const SetCase cases[] = {
        {"{}", R"({"model":"new"})"},
        {"{ }", R"({"model":"new" })"},
        {R"( { "a" : 1.00 } )", R"( {"model":"new", "a" : 1.00 } )"},
        {R"({"model":""})", R"({"model":"new"})"},
        {R"({"model" : null , "a":1e5})", R"({"model" : "new" , "a":1e5})"},
        {R"({"a":1,"model":{"x":{"y":[]}},"b":2})", R"({"a":1,"model":"new","b":2})"},
        {R"({"mod\u0065l":7})", R"({"mod\u0065l":"new"})"},
        {R"({"model":1,"x":{"model":2},"model":[3]})",
         R"({"model":"new","x":{"model":2},"model":"new"})"},
    };
    for (const SetCase &c : cases) {
        SCOPED_TRACE(c.text.toStdString());
        const Result<QByteArray> changed = withMember(c.text, "model", R"("new")");
        ASSERT_TRUE(changed.ok()) << qPrintable(changed.error().message);
        EXPECT_EQ(*changed, c.expected);
    }
}

TEST(JsonWithMember, escapesANameThatItAdds) {
    const Result<QByteArray> changed = withMember("{}", "a\"é\n", "1");
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(*changed, "{\"a\\\"é\\n\":1}");
}

/// An object put together from members whose text is known, so that the expected outcome is too.
struct RandomObject {
    QByteArray text;
    QByteArray expected;
    bool hasMember = false;
};

RandomObject randomObject(test::RandomJson &random, const QByteArray &newValue) {
    const QByteArray spellings[] = {"\"model\"", "\"\\u006dodel\"", "\"mode\\u006C\""};
    RandomObject made;
    const QByteArray begin = random.whitespace() + '{';
    QByteArray before;
    QByteArray after;
    const int count = random.below(6);
    for (int i = 0; i < count; ++i) {
        const bool target = random.below(4) == 0;
        QByteArray key = target ? spellings[random.below(3)] : random.string();
        if (!target && key == "\"model\"")
            key = "\"models\"";
        const QByteArray head = (i > 0 ? "," : "") + random.whitespace() + key +
                                random.whitespace() + ':' + random.whitespace();
        const QByteArray tail = random.whitespace();
        const QByteArray value = random.value();
        before += head + value + tail;
        after += head + (target ? newValue : value) + tail;
        made.hasMember = made.hasMember || target;
    }
    const QByteArray end = "}" + random.whitespace();
    made.text = begin + before + end;
    made.expected = made.hasMember
                        ? begin + after + end
                        : begin + "\"model\":" + newValue + (count > 0 ? "," : "") + before + end;
    return made;
}

TEST(JsonWithMember, keepsEveryOtherByteOfRandomObjects) {
    test::RandomJson random(3);
    int replaced = 0;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray newValue = random.value();
        const RandomObject object = randomObject(random, newValue);
        const Result<QByteArray> changed = withMember(object.text, "model", newValue);
        ASSERT_TRUE(changed.ok()) << object.text.constData() << qPrintable(changed.error().message);
        ASSERT_EQ(*changed, object.expected) << object.text.constData();
        const Result<Span> found = findMember(*changed, "model");
        ASSERT_TRUE(found.ok());
        ASSERT_EQ(changed->sliced(found->begin, found->end - found->begin), newValue);
        replaced += object.hasMember ? 1 : 0;
    }
    EXPECT_GT(replaced, 1000);
    EXPECT_LT(replaced, 4900);
}

TEST(JsonWithMember, agreesWithTheTreeOnDamagedTexts) {
    test::RandomJson random(5);
    int refused = 0;
    for (int i = 0; i < 20000; ++i) {
        QByteArray text = randomObject(random, "1").text;
        text[random.below(static_cast<int>(text.size()))] = static_cast<char>(random.below(256));
        const Parsed parsed = parse(text);
        const bool isObject = parsed.ok && parsed.root.type == Node::Type::Object;
        const Result<Span> found = findMember(text, "model");
        ASSERT_EQ(found.ok(), isObject) << text.constData();
        refused += isObject ? 0 : 1;
        if (!isObject)
            continue;
        const Node *node = parsed.root.find("model");
        ASSERT_EQ(*found, node == nullptr ? Span{} : node->span) << text.constData();
    }
    EXPECT_GT(refused, 1000);
}

} // namespace
} // namespace quaygate::json
