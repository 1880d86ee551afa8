#include "gateway/json/json_text.h"
#include "tests/json/random_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::json {
namespace {

QByteArray bytesOf(QByteArrayView text, Span span) {
    return text.sliced(span.begin, span.end - span.begin).toByteArray();
}

TEST(JsonParse, acceptsWhatRfc8259Accepts) {
    const QByteArray good[] = {"null",
                               " true ",
                               "\t\r\nfalse",
                               "0",
                               "-0",
                               "-0.0",
                               "1e5",
                               "1E+5",
                               "1.25e-07",
                               "123456789012345678901234567890",
                               "\"\"",
                               "[]",
                               "{}",
                               "[ ]",
                               "{ }",
                               "[1,2 , 3]",
                               "{\"\":1}",
                               "{\"a\":1,\"a\":2}",
                               "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                               "\"\\uD800\"",
                               "\"\x7f\"",
                               "\"\xC2\x80\"",
                               "\"\xED\x9F\xBF\"",
                               "\"\xEE\x80\x80\"",
                               "\"\xF4\x8F\xBF\xBF\"",
                               "\"1234567\xC3\xA9\"",
                               "[[[[]]],{\"a\":{\"b\":[]}}]"};
    for (const QByteArray &text : good) {
        const Parsed parsed = parse(text);
        EXPECT_TRUE(parsed.ok) << text.constData() << ": " << qPrintable(parsed.error.message);
    }
}

struct Bad {
    QByteArray text;
    int line;
    int column;
    const char *message; ///< part of it
};

TEST(JsonParse, refusesTheRestWithPlaceAndReason) {
    const Bad bad[] = {
        {"", 1, 1, "ends too early"},
        {"  ", 1, 3, "ends too early"},
        {"{", 1, 2, "ends too early"},
        {"[1", 1, 3, "ends too early"},
        {"{\"a\"", 1, 5, "ends too early"},
        {"{\"a\":", 1, 6, "ends too early"},
        {"{\"a\":1", 1, 7, "ends too early"},
        {"{\"a\":1,", 1, 8, "ends too early"},
        {"\"abc", 1, 5, "ends too early"},
        {"\"abcdefgh", 1, 10, "ends too early"},
        {"1 2", 1, 3, "behind the end"},
        {"{}{}", 1, 3, "behind the end"},
        {"[1]\n]", 2, 1, "behind the end"},
        {"{}"_ba + '\0', 1, 3, "behind the end"},
        {"[1 2]", 1, 4, "“]” is missing"},
        {"[1}", 1, 3, "“]” is missing"},
        {"{\"a\":1]", 1, 7, "“}” is missing"},
        {"{\"a\" 1}", 1, 6, "“:” is missing"},
        {"{a:1}", 1, 2, "name"},
        {"{'a':1}", 1, 2, "name"},
        {"{\"a\":1,}", 1, 8, "name"},
        {"{1:1}", 1, 2, "name"},
        {"[1,]", 1, 4, "value is missing"},
        {"[,1]", 1, 2, "value is missing"},
        {"}", 1, 1, "value is missing"},
        {"// x\n1", 1, 1, "value is missing"},
        {"[\n  NaN]", 2, 3, "value is missing"},
        {"True", 1, 1, "value is missing"},
        {"tru", 1, 1, "bare words"},
        {"nul", 1, 1, "bare words"},
        {"truex", 1, 5, "behind the end"},
        {"01", 1, 2, "start with 0"},
        {"-", 1, 2, "ends too early"},
        {"-a", 1, 2, "behind the “-”"},
        {"+1", 1, 1, "value is missing"},
        {".5", 1, 1, "value is missing"},
        {"[1.]", 1, 4, "behind the “.”"},
        {"[1.e5]", 1, 4, "behind the “.”"},
        {"[1e]", 1, 4, "exponent"},
        {"[1e+]", 1, 5, "exponent"},
        {"0x10", 1, 2, "behind the end"},
        {"\"a\nb\"", 1, 3, "control character"},
        {"\"a"_ba + '\0' + "b\"", 1, 3, "control character"},
        {"\"12345678\tb\"", 1, 10, "control character"},
        {"\"\\x\"", 1, 2, "cannot be escaped"},
        {"\"\\"_ba + '\0' + '"', 1, 2, "cannot be escaped"},
        {"\"\\u12g4\"", 1, 2, "hexadecimal"},
        {"\"\\u123\"", 1, 2, "hexadecimal"},
        {"\"\\u12", 1, 2, "hexadecimal"},
        {"\"\x80\"", 1, 2, "UTF-8"},
        {"\"\xC0\x80\"", 1, 2, "UTF-8"},
        {"\"\xC1\xBF\"", 1, 2, "UTF-8"},
        {"\"\xC3\"", 1, 2, "UTF-8"},
        {"\"\xC3", 1, 2, "UTF-8"},
        {"\"\xE0\x9F\xBF\"", 1, 2, "UTF-8"},
        {"\"\xED\xA0\x80\"", 1, 2, "UTF-8"},
        {"\"\xE2\x82\"", 1, 2, "UTF-8"},
        {"\"\xF0\x8F\xBF\xBF\"", 1, 2, "UTF-8"},
        {"\"\xF4\x90\x80\x80\"", 1, 2, "UTF-8"},
        {"\"\xF5\x80\x80\x80\"", 1, 2, "UTF-8"},
        {"\"12345678\xFF\"", 1, 10, "UTF-8"},
        {"\xEF\xBB\xBF{}", 1, 1, "byte order mark"},
        {"\xC2\xA0{}", 1, 1, "value is missing"},
    };
    for (const Bad &c : bad) {
        SCOPED_TRACE(c.text.toStdString());
        const Parsed parsed = parse(c.text);
        ASSERT_FALSE(parsed.ok);
        EXPECT_EQ(parsed.error.line, c.line);
        EXPECT_EQ(parsed.error.column, c.column);
        EXPECT_TRUE(parsed.error.message.contains(QString::fromUtf8(c.message)))
            << qPrintable(parsed.error.message);
    }
}

TEST(JsonParse, boundsTheDepth) {
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    EXPECT_TRUE(parse(nested(512)).ok);
    EXPECT_FALSE(parse(nested(513)).ok);
    EXPECT_FALSE(parse(nested(513), 100000).ok);
    EXPECT_TRUE(parse(nested(3), 3).ok);
    EXPECT_FALSE(parse(nested(4), 3).ok);
    EXPECT_TRUE(parse("1", 0).ok);
    EXPECT_FALSE(parse(QByteArray(5000000, '[')).ok);
    EXPECT_FALSE(parse("{\"a\":"_ba.repeated(1000000)).ok);
}

TEST(JsonParse, knowsWhereEachPartStands) {
    const QByteArray text = " {\"a\" : [1, \"x\\n\" ,{}],\"\\u0062\":null } ";
    const Parsed parsed = parse(text);
    ASSERT_TRUE(parsed.ok);
    ASSERT_EQ(parsed.root.type, Node::Type::Object);
    EXPECT_EQ(bytesOf(text, parsed.root.span), text.trimmed());
    ASSERT_EQ(parsed.root.members.size(), 2U);
    EXPECT_EQ(bytesOf(text, parsed.root.members[0].keySpan), "\"a\"");
    EXPECT_EQ(bytesOf(text, parsed.root.members[1].keySpan), "\"\\u0062\"");
    EXPECT_EQ(parsed.root.members[1].key, "b");
    const Node *list = parsed.root.find("a");
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(bytesOf(text, list->span), "[1, \"x\\n\" ,{}]");
    ASSERT_EQ(list->elements.size(), 3U);
    EXPECT_EQ(list->elements[0].type, Node::Type::Number);
    EXPECT_EQ(stringValue(text, list->elements[1]), u"x\n"_s);
    EXPECT_EQ(list->elements[2].type, Node::Type::Object);
    EXPECT_EQ(parsed.root.find("c"), nullptr);
}

TEST(JsonParse, takesTheLastOfSeveralMembersOfOneName) {
    const QByteArray text = R"({"a":1,"\u0061":2})";
    const Parsed parsed = parse(text);
    ASSERT_TRUE(parsed.ok);
    EXPECT_EQ(bytesOf(text, parsed.root.find("a")->span), "2");
}

TEST(JsonStrings, meanWhatTheirEscapesSay) {
    const std::pair<QByteArray, QString> cases[] = {
        {R"("")", u""_s},
        {R"("\"\\\/\b\f\n\r\t")", u"\"\\/\b\f\n\r\t"_s},
        {R"("a\u00e9\u8a9e\ud83d\uDE00z")", u"aé語😀z"_s},
        {R"("\ud800x")", u"\uFFFDx"_s},
        {R"("\udc00")", u"\uFFFD"_s},
        {R"("\ud800\ud83d\ude00")", u"\uFFFD😀"_s},
        {R"("\ud800\n")", u"\uFFFD\n"_s},
        {R"("\ud800")", u"\uFFFD"_s},
        {R"("x\u0000y")", QString(u"x\0y"_s)},
        {"\"語\"", u"語"_s},
    };
    for (const auto &[text, expected] : cases) {
        const Parsed parsed = parse(text);
        ASSERT_TRUE(parsed.ok) << text.constData();
        EXPECT_EQ(stringValue(text, parsed.root), expected) << text.constData();
    }
}

TEST(JsonStrings, quoteAndReadBackToTheSame) {
    QString all;
    for (char16_t c = 0; c < 0x300; ++c)
        all += QChar(c);
    all += u"語😀\u2028"_s;
    const QByteArray literal = quote(all);
    const Parsed parsed = parse(literal);
    ASSERT_TRUE(parsed.ok) << qPrintable(parsed.error.message);
    EXPECT_EQ(stringValue(literal, parsed.root), all);
    EXPECT_EQ(quote(u"a\"b\\c\n\x01"_s), R"("a\"b\\c\n\u0001")");
    EXPECT_TRUE(parse(quote(QString(QChar(0xD800)))).ok);
}

TEST(JsonLines, countFromOne) {
    const QByteArray text = "a\nb\r\n\nc";
    EXPECT_EQ(lineAt(text, 0), 1);
    EXPECT_EQ(lineAt(text, 1), 1);
    EXPECT_EQ(lineAt(text, 2), 2);
    EXPECT_EQ(lineAt(text, 6), 4);
    EXPECT_EQ(lineAt(text, 100), 4);
}

/// What the tree says, as Qt's values, to be compared with what Qt's own reader says.
QJsonValue toQt(QByteArrayView text, const Node &node) {
    switch (node.type) {
    case Node::Type::Object: {
        QJsonObject object;
        for (const Node::Member &member : node.members)
            object.insert(QString::fromUtf8(member.key), toQt(text, member.value));
        return object;
    }
    case Node::Type::Array: {
        QJsonArray array;
        for (const Node &element : node.elements)
            array.append(toQt(text, element));
        return array;
    }
    case Node::Type::String:
        return stringValue(text, node);
    case Node::Type::Number:
        return bytesOf(text, node.span).toDouble();
    case Node::Type::Bool:
        return bytesOf(text, node.span) == "true";
    case Node::Type::Null:
        break;
    }
    return QJsonValue::Null;
}

TEST(JsonParse, readsRandomTextsAsQtDoes) {
    test::RandomJson random(7);
    for (int i = 0; i < 2000; ++i) {
        QByteArray text = "[" + random.value() + "]";
        text.replace("\\ud800", "\\ufffd"); // Qt keeps lone surrogates as they are
        const Parsed parsed = parse(text);
        ASSERT_TRUE(parsed.ok) << text.constData() << qPrintable(parsed.error.message);
        const QJsonDocument expected = QJsonDocument::fromJson(text);
        ASSERT_FALSE(expected.isNull()) << text.constData();
        // As variants, because Qt orders an object's names in two ways.
        ASSERT_EQ(toQt(text, parsed.root).toVariant(), expected.array().toVariantList())
            << text.constData();
    }
}

TEST(JsonParse, acceptsNoDamagedTextThatQtRefuses) {
    test::RandomJson random(11);
    int accepted = 0;
    for (int i = 0; i < 20000; ++i) {
        QByteArray text = "[" + random.value() + "]";
        const int place = random.below(static_cast<int>(text.size()));
        if (random.below(3) == 0)
            text.remove(place, 1 + random.below(4));
        else
            text[place] = static_cast<char>(random.below(256));
        if (!parse(text).ok || !text.trimmed().startsWith('['))
            continue;
        ++accepted;
        QJsonParseError error;
        QJsonDocument::fromJson(text, &error);
        if (error.error == QJsonParseError::IllegalNumber) // also what Qt says of one too large
            continue;
        ASSERT_EQ(error.error, QJsonParseError::NoError)
            << text.constData() << ": " << qPrintable(error.errorString());
    }
    EXPECT_GT(accepted, 100);
}

} // namespace
} // namespace quaygate::json
