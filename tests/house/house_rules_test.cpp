#include "tests/house/house_rules.h"

#include <gtest/gtest.h>

// The checker itself, on made-up sources: each rule catches what breaks it, and nothing else.

using namespace Qt::StringLiterals;

namespace quaygate::house {

namespace {

bool isScreenHeader(const QString &header) {
    return header == u"QPushButton"_s || header.startsWith(u"QtWidgets/"_s);
}

/// Sources without a violation, to which each case adds one file.
QList<Source> goodHouse() {
    return {
        {u"gateway/http/http_server.cpp"_s,
         u"#include \"gateway/http/http_server.h\"\n#include <QAbstractHttpServer>\n"_s},
        {u"gateway/http/http_server.h"_s, u"#pragma once\n#include \"gateway/result.h\"\n"_s},
        {u"gateway/http/upstream_client.cpp"_s,
         u"#include <curl/curl.h>\n#include <curl/multi.h>\n"_s},
        {u"app/keychain_secret_store.h"_s, u"#pragma once\n#include <qt6keychain/keychain.h>\n"_s},
        {u"app/keychain_secret_store.cpp"_s, u"#include <qt6keychain/keychain.h>\n"_s},
        {u"app/main.cpp"_s, u"#include \"gateway/gateway.h\"\n#include \"ui/services.h\"\n"_s},
        {u"ui/home/home_page.cpp"_s,
         u"#include \"gateway/config/config.h\"\n#include <QPushButton>\n#include \"home_page.moc\"\n"_s},
        {u"gateway/gateway.cpp"_s,
         u"#include \"gateway/pipeline/router.h\"\n#include \"gateway/simulator/simulator.h\"\n"_s},
        {u"gateway/dialects/event_translator.cpp"_s,
         u"#include \"gateway/http/sse_reader.h\"\n#include \"gateway/json/json_text.h\"\n"_s},
        {u"tests/pipeline/router_test.cpp"_s,
         u"#include \"gateway/pipeline/router.h\"\n#include <curl/curl.h>\n"
         "// QThread::sleep(1) is what we do not do\nauto text = \"qWait(5)\";\n"_s},
        {u"docs/architecture.md"_s, u"#include <QPushButton>\n"_s},
    };
}

struct Case {
    const char *what;
    const char *path;
    QString text;
    const char *complaint;
};

void PrintTo(const Case &c, std::ostream *out) {
    *out << c.what;
}

class BrokenRule : public testing::TestWithParam<Case> {};

TEST_P(BrokenRule, IsFound) {
    const Case &c = GetParam();
    QList<Source> sources = goodHouse();
    sources.append({QString::fromLatin1(c.path), c.text});

    const QStringList found = violations(sources, isScreenHeader);

    ASSERT_EQ(found.size(), 1) << found.join(u'\n').toStdString();
    EXPECT_TRUE(found.first().contains(QString::fromLatin1(c.complaint)))
        << found.first().toStdString();
}

const Case cases[] = {
    {"uiSeesApp", "ui/a.cpp", u"#include \"app/commands.h\"\n"_s, "ui must not see app"},
    {"uiSeesPipeline", "ui/a.cpp", u"#include \"gateway/pipeline/router.h\"\n"_s,
     "ui must not see pipeline"},
    {"uiSeesSignin", "ui/a.cpp", u"#include \"gateway/signin/token_service.h\"\n"_s,
     "ui must not see signin"},
    {"signinSeesPipeline", "gateway/signin/a.cpp", u"#include \"gateway/pipeline/router.h\"\n"_s,
     "signin must not see pipeline"},
    {"pipelineSeesSignin", "gateway/pipeline/a.cpp",
     u"#include \"gateway/signin/token_service.h\"\n"_s, "pipeline must not see signin"},
    {"appSeesPipeline", "app/a.cpp", u"#include \"gateway/pipeline/router.h\"\n"_s,
     "app must not see pipeline"},
    {"gatewaySeesUi", "gateway/http/a.cpp", u"#include \"ui/services.h\"\n"_s,
     "http must not see ui"},
    {"frontSeesUi", "gateway/gateway_worker.cpp", u"#include \"ui/services.h\"\n"_s,
     "front must not see ui"},
    {"gatewaySeesApp", "gateway/config/a.h", u"#pragma once\n  #  include \"app/commands.h\"\n"_s,
     "config must not see app"},
    {"configSeesAzure", "gateway/config/a.cpp", u"#include \"gateway/azure/address.h\"\n"_s,
     "config must not see azure"},
    {"configSeesSecrets", "gateway/config/a.cpp", u"#include \"gateway/secrets/secret.h\"\n"_s,
     "config must not see secrets"},
    {"secretsSeeConfig", "gateway/secrets/a.cpp", u"#include \"gateway/config/config.h\"\n"_s,
     "secrets must not see config"},
    {"httpSeesConfig", "gateway/http/a.cpp", u"#include \"gateway/config/config.h\"\n"_s,
     "http must not see config"},
    {"httpSeesJson", "gateway/http/a.cpp", u"#include \"gateway/json/json_text.h\"\n"_s,
     "http must not see json"},
    {"dialectsSeeHttp", "gateway/dialects/a.cpp", u"#include \"gateway/http/exchange.h\"\n"_s,
     "dialects must not see http"},
    {"dialectsSeeAzure", "gateway/dialects/a.cpp", u"#include \"gateway/azure/address.h\"\n"_s,
     "dialects must not see azure"},
    {"simulatorSeesDialects", "gateway/simulator/a.cpp",
     u"#include \"gateway/dialects/chat_stream.h\"\n"_s, "simulator must not see dialects"},
    {"azureSeesHttp", "gateway/azure/a.cpp", u"#include \"gateway/http/exchange.h\"\n"_s,
     "azure must not see http"},
    {"simulatorSeesPipeline", "gateway/simulator/a.cpp",
     u"#include \"gateway/pipeline/router.h\"\n"_s, "simulator must not see pipeline"},
    {"simulatorSeesConfig", "gateway/simulator/a.cpp", u"#include \"gateway/config/config.h\"\n"_s,
     "simulator must not see config"},
    {"pipelineSeesFront", "gateway/pipeline/a.cpp", u"#include \"gateway/gateway.h\"\n"_s,
     "pipeline must not see front"},
    {"resultSeesJson", "gateway/result.h",
     u"#pragma once\n#include \"gateway/json/json_text.h\"\n"_s, "result must not see json"},
    {"unknownRoom", "gateway/new_room/a.cpp", u""_s, "belongs to no room"},
    {"fileOutsideOfTheRooms", "scratch.cpp", u""_s, "belongs to no room"},
    {"notRelativeToTheRoot", "gateway/http/a.cpp", u"#include \"exchange.h\"\n"_s,
     "not relative to the root"},
    {"parentFolder", "gateway/http/a.cpp", u"#include \"../result.h\"\n"_s,
     "not relative to the root"},
    {"widgetInGateway", "gateway/simulator/a.cpp", u"#include <QPushButton>\n"_s,
     "gateway works without a screen"},
    {"widgetModuleInFront", "gateway/a.h", u"#pragma once\n#include <QtWidgets/QLabel>\n"_s,
     "gateway works without a screen"},
    {"secondHttpServer", "gateway/simulator/a.cpp", u"#include <QHttpServer>\n"_s,
     "QtHttpServer is included by 2 pairs"},
    {"secondCurl", "app/a.cpp", u"#include <curl/easy.h>\n"_s, "libcurl is included by 2 pairs"},
    {"secondKeychain", "ui/a.cpp", u"#include <qt6keychain/keychain.h>\n"_s,
     "QtKeychain is included by 2 pairs"},
    {"noPragma", "ui/a.h", u"// #pragma once\nclass A;\n"_s, "no #pragma once"},
    {"tooLong", "ui/a.cpp", QString(601, u'\n'), "has 601 lines"},
    {"threadSleep", "tests/http/a.cpp", u"QThread::msleep(10);"_s, "QThread::msleep"},
    {"stdSleep", "tests/http/a.cpp", u"std::this_thread::sleep_for(10ms);"_s, "sleep_for"},
    {"posixSleep", "tests/http/a.cpp", u"::usleep(10);"_s, "usleep"},
    {"testWait", "tests/http/a.cpp", u"QTest::qWait(10);"_s, "qWait"},
};

INSTANTIATE_TEST_SUITE_P(Rules, BrokenRule, testing::ValuesIn(cases),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(HouseRules, NothingIsFoundInAGoodHouse) {
    EXPECT_EQ(violations(goodHouse(), isScreenHeader), QStringList());
}

TEST(HouseRules, EachSingleHeaderMustBeThere) {
    EXPECT_EQ(violations({}, isScreenHeader).size(), 3);
}

TEST(HouseRules, WaitingForAConditionIsNoSleep) {
    QList<Source> sources = goodHouse();
    sources.append({u"tests/a.cpp"_s, u"QTest::qWaitFor(done); waitUntil(done); asleep(1);"_s});
    EXPECT_EQ(violations(sources, isScreenHeader), QStringList());
}

TEST(HouseRules, LongFilesAreNamedBeforeTheyAreRefused) {
    const QList<Source> sources = {{u"ui/a.cpp"_s, QString(400, u'\n')},
                                   {u"ui/b.cpp"_s, QString(401, u'\n')},
                                   {u"ui/c.cpp"_s, QString(600, u'\n')},
                                   {u"ui/d.cpp"_s, QString(601, u'\n')}};
    EXPECT_EQ(longFiles(sources),
              QStringList({u"ui/b.cpp: 401 lines"_s, u"ui/c.cpp: 600 lines"_s}));
}

struct CodeCase {
    QString text;
    QString code;
};

TEST(HouseRules, CodeIsWhatIsNeitherCommentNorLiteral) {
    const CodeCase table[] = {
        {u"a; // b\nc;"_s, u"a; \nc;"_s},
        {u"a; /* b\n * c */ d;"_s, u"a; \n d;"_s},
        {u"f(\"// no comment\");"_s, u"f(\"\");"_s},
        {u"f(\"a \\\" /* b\"); g();"_s, u"f(\"\"); g();"_s},
        {u"f(R\"x(a \")\" // b\n)x\"); g();"_s, u"f(\"\"\n); g();"_s},
        {u"f('\"'); g('\\''); h(\"x\");"_s, u"f(\"\"); g(\"\"); h(\"\");"_s},
        {u"n = 1'000'000; // m"_s, u"n = 1'000'000; "_s},
        {u"#include \"a/b.h\"\nf(\"a\");"_s, u"#include \"a/b.h\"\nf(\"\");"_s},
        {u"// #include \"a/b.h\"\n"_s, u"\n"_s},
    };
    for (const CodeCase &c : table)
        EXPECT_EQ(codeOnly(c.text), c.code) << c.text.toStdString();
}

} // namespace

} // namespace quaygate::house
