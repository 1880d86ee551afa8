#include "gateway/config/config_json.h"
#include "gateway/json/json_text.h"
#include "tests/config/sample_config.h"

#include <QFile>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using json::Node;

QStringList keysOf(const Node &object) {
    QStringList keys;
    for (const Node::Member &member : object.members)
        keys.append(QString::fromUtf8(member.key));
    keys.sort();
    return keys;
}

const Node &at(const Node &root, std::initializer_list<QByteArrayView> path) {
    const Node *node = &root;
    for (const QByteArrayView key : path)
        node = node->type == Node::Type::Array ? &node->elements.at(0) : node->find(key);
    return *node;
}

class Schema : public testing::Test {
protected:
    void SetUp() override {
        QFile file(QStringLiteral(QUAYGATE_SCHEMA));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        m_text = file.readAll();
        m_schema = json::parse(m_text);
        ASSERT_TRUE(m_schema.ok) << qPrintable(m_schema.error.message);
    }

    QByteArray m_text;
    json::Parsed m_schema;
};

/// Every member set, so that what is written holds every member that this version knows.
TEST_F(Schema, namesExactlyTheMembersThatAreWritten) {
    const QByteArray text = writeConfig(test::completeConfig());
    const json::Parsed written = json::parse(text);
    ASSERT_TRUE(written.ok);
    const Node &root = m_schema.root;
    const Node &config = written.root;
    const auto properties = [&](QByteArrayView definition) {
        return keysOf(at(root, {"$defs", definition, "properties"}));
    };
    EXPECT_EQ(keysOf(at(root, {"properties"})), keysOf(config));
    EXPECT_EQ(properties("gateway"), keysOf(at(config, {"gateway"})));
    EXPECT_EQ(properties("limits"), keysOf(at(config, {"gateway", "limits"})));
    EXPECT_EQ(properties("backend"), keysOf(at(config, {"backends", ""})));
    EXPECT_EQ(properties("timeouts"), keysOf(at(config, {"backends", "", "timeouts"})));
    EXPECT_EQ(properties("tls"), keysOf(at(config, {"backends", "", "tls"})));
    EXPECT_EQ(properties("auth"), keysOf(at(config, {"backends", "", "auth"})));
    EXPECT_EQ(properties("secret"), keysOf(at(config, {"backends", "", "auth", "secret"})));
    EXPECT_EQ(properties("route"), keysOf(at(config, {"routes", ""})));
    EXPECT_EQ(properties("match"), keysOf(at(config, {"routes", "", "match"})));
    EXPECT_EQ(properties("routeBackend"), keysOf(at(config, {"routes", "", "backends", ""})));
    EXPECT_EQ(properties("cors"), keysOf(at(config, {"gateway", "cors"})));
    EXPECT_EQ(properties("traffic"), keysOf(at(config, {"gateway", "traffic"})));
    EXPECT_EQ(properties("retry"), keysOf(at(config, {"routes", "", "retry"})));
    EXPECT_EQ(properties("cooldown"), keysOf(at(config, {"routes", "", "cooldown"})));
    EXPECT_EQ(properties("routeTimeouts"), keysOf(at(config, {"routes", "", "timeouts"})));
    EXPECT_EQ(properties("clientKey"), keysOf(at(config, {"clientKeys", ""})));
    EXPECT_EQ(properties("desktop"), keysOf(at(config, {"desktop"})));
    EXPECT_EQ(properties("price"), keysOf(at(config, {"prices", "gpt-4.1"})));
}

TEST_F(Schema, namesExactlyTheMembersOfRules) {
    const QByteArray text = writeConfig(test::completeConfig());
    const json::Parsed written = json::parse(text);
    ASSERT_TRUE(written.ok);
    const Node &root = m_schema.root;
    const Node &route = at(written.root, {"routes", ""});
    const auto properties = [&](QByteArrayView definition) {
        return keysOf(at(root, {"$defs", definition, "properties"}));
    };
    EXPECT_EQ(properties("prompt"), keysOf(at(route, {"prompt"})));
    EXPECT_EQ(properties("promptMessage"), keysOf(at(route, {"prompt", "prepend", ""})));
    EXPECT_EQ(properties("guard"), keysOf(at(route, {"guard"})));
    QStringList members = keysOf(at(route, {"guard", "request", ""}));
    members.append(u"builtins"_s);
    members.sort();
    EXPECT_EQ(properties("guardRule"), members);
    members = keysOf(at(route, {"rateLimit", ""}));
    members.append(u"tokens"_s);
    members.sort();
    EXPECT_EQ(properties("rateLimit"), members);
    EXPECT_EQ(properties("budget"), keysOf(at(route, {"budget"})));
}

TEST_F(Schema, knowsTheVersionOfThisProgram) {
    const Node &version = at(m_schema.root, {"properties", "version", "const"});
    EXPECT_EQ(m_text.mid(version.span.begin, version.span.end - version.span.begin).toInt(),
              Config::currentVersion);
}

/// What the reader takes as its own is not kept as unknown.
TEST_F(Schema, namesExactlyTheMembersThatAreRead) {
    const Config config = parseConfig(writeConfig(test::completeConfig())).config;
    EXPECT_EQ(config, test::completeConfig());
    EXPECT_TRUE(config.unknown.isEmpty());
    EXPECT_TRUE(config.gateway.unknown.isEmpty());
    EXPECT_TRUE(config.backends[0].unknown.isEmpty());
    EXPECT_TRUE(config.backends[0].auth.unknown.isEmpty());
    EXPECT_TRUE(config.backends[0].auth.secret.unknown.isEmpty());
    EXPECT_TRUE(config.routes[0].unknown.isEmpty());
    EXPECT_TRUE(config.routes[0].match.unknown.isEmpty());
    EXPECT_TRUE(config.routes[0].backends[0].unknown.isEmpty());
}

} // namespace
} // namespace quaygate
