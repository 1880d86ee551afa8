#include "gateway/config/config_json.h"
#include "gateway/json/json_text.h"
#include "tests/config/sample_config.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(ConfigJson, readsTheDocumentedFile) {
    const ParsedConfig parsed = parseConfig(test::documentedText());
    EXPECT_EQ(describe(parsed.problems), QString());
    EXPECT_EQ(parsed.config, test::documentedConfig());
}

TEST(ConfigJson, takesDefaultsForWhatIsAbsent) {
    const ParsedConfig parsed = parseConfig(R"({"version":1})");
    EXPECT_EQ(describe(parsed.problems), QString());
    EXPECT_EQ(parsed.config, Config());
}

TEST(ConfigJson, acceptsAByteOrderMark) {
    const ParsedConfig parsed = parseConfig("\xEF\xBB\xBF" + test::documentedText());
    EXPECT_EQ(describe(parsed.problems), QString());
    EXPECT_EQ(parsed.config, test::documentedConfig());
}

TEST(ConfigJson, writesWhatItReadsBackToTheSame) {
    for (const Config &config :
         {Config(), test::documentedConfig(), test::fullConfig(), test::completeConfig()}) {
        const QByteArray text = writeConfig(config);
        const ParsedConfig parsed = parseConfig(text);
        EXPECT_EQ(describe(parsed.problems), QString()) << text.constData();
        EXPECT_EQ(parsed.config, config) << text.constData();
        EXPECT_EQ(writeConfig(parsed.config), text);
    }
}

TEST(ConfigJson, writesForPeople) {
    EXPECT_EQ(writeConfig(test::documentedConfig()).toStdString(), R"({
  "version": 1,
  "gateway": {
    "address": "127.0.0.1",
    "port": 8080
  },
  "backends": [
    {
      "name": "azure-openai",
      "endpoint": "my-endpoint.cognitiveservices.azure.com",
      "deploymentName": "gpt-4.1-mini",
      "apiVersion": "2025-01-01-preview",
      "auth": {
        "kind": "keychain",
        "name": "azure-openai"
      }
    }
  ],
  "routes": [
    {
      "name": "azure-openai",
      "match": {
        "pathPrefix": "/azure-openai"
      },
      "backends": [
        {
          "name": "azure-openai"
        }
      ]
    }
  ]
}
)");
}

TEST(ConfigJson, keepsUnknownMembersToTheByte) {
    const QByteArray text = R"({"version":1, "later": {"x" : [ 1.00,
   "\u00e9" ]}, "gateway":{"corps" : { }}})";
    const ParsedConfig parsed = parseConfig(text);
    ASSERT_EQ(describe(parsed.problems), QString());
    const QByteArray written = writeConfig(parsed.config);
    EXPECT_TRUE(written.contains("\"later\": {\"x\" : [ 1.00,\n   \"\\u00e9\" ]}"))
        << written.constData();
    EXPECT_TRUE(written.contains("\"corps\": { }")) << written.constData();
}

struct BadText {
    QByteArray text;
    QString problems; ///< as `describe` shows them
};

TEST(ConfigJson, saysWhatIsWrongAndWhere) {
    const BadText cases[] = {
        {"", u"line 1: This is not JSON: column 1: the text ends too early."_s},
        {"{\n  \"version\": 1,\n}",
         u"line 3: This is not JSON: column 1: a member's name, in double quotes, is missing."_s},
        {"[1]", u"line 1: The configuration must be an object in braces { }."_s},
        {"{}", u"line 1, /version: The version of the file's layout is missing: write "
               "\"version\": 1."_s},
        {"{\n\"version\": 2, \"routes\": 7}",
         u"line 2, /version: The file was written by a newer Quaygate (version 2); this one reads "
         "version 1."_s},
        {"{\"version\": \"1\"}",
         u"line 1, /version: \"version\" must be a whole number from 1 to 1000000."_s},
        {"{\"version\": 0}",
         u"line 1, /version: \"version\" must be a whole number from 1 to 1000000."_s},
        {"{\"version\":1,\n\"gateway\":[]}",
         u"line 2, /gateway: “gateway” must be an object in braces { }."_s},
        {"{\"version\":1,\"gateway\":{\n\"port\":65536}}",
         u"line 2, /gateway/port: \"port\" must be a whole number from 0 to 65535."_s},
        {"{\"version\":1,\"gateway\":{\"port\":-1}}",
         u"line 1, /gateway/port: \"port\" must be a whole number from 0 to 65535."_s},
        {"{\"version\":1,\"gateway\":{\"workers\":65}}",
         u"line 1, /gateway/workers: \"workers\" must be a whole number from 0 to 64."_s},
        {"{\"version\":1,\"gateway\":{\"port\":80.5}}",
         u"line 1, /gateway/port: \"port\" must be a whole number from 0 to 65535."_s},
        {"{\"version\":1,\"gateway\":{\"port\":\"8080\"}}",
         u"line 1, /gateway/port: \"port\" must be a whole number from 0 to 65535."_s},
        {"{\"version\":1,\"gateway\":{\"address\":7}}",
         u"line 1, /gateway/address: \"address\" must be a text in double quotes."_s},
        {"{\"version\":1,\"backends\":{}}",
         u"line 1, /backends: \"backends\" must be a list in brackets [ ]."_s},
        {"{\"version\":1,\"backends\":[\"a\"]}",
         u"line 1, /backends/0: A backend must be an object in braces { }."_s},
        {"{\"version\":1,\"routes\":[null]}",
         u"line 1, /routes/0: A route must be an object in braces { }."_s},
        {"{\"version\":1,\"backends\":[\n{\"name\":\"a\",\"endpoint\":\"h\"}]}",
         u"line 2, /backends/0/auth: \"auth\" is missing: write {\"kind\": \"keychain\", \"name\": "
         "\"…\"} with the name of the secret."_s},
        {"{\"version\":1,\"backends\":[{\"name\":\"a\",\"endpoint\":\"h\",\n\"auth\":{\n"
         "\"kind\":\"entra\",\"name\":\"x\"}}]}",
         u"line 3, /backends/0/auth/kind: \"kind\" must be \"keychain\", \"env\", "
         "\"none\", \"entra-client-secret\", \"entra-managed-identity\", \"azure-cli\" or "
         "\"passthrough\"."_s},
        {"{\"version\":1,\"a/b~\":1,\n\"a/b~\":2}",
         u"line 2, /a~1b~0: \"a/b~\" stands twice; remove one of them."_s},
    };
    for (const BadText &c : cases)
        EXPECT_EQ(describe(parseConfig(c.text).problems), c.problems) << c.text.constData();
}

TEST(ConfigJson, listsEveryProblemAtOnceInTheOrderOfTheText) {
    const QByteArray text = R"({"version": 1,
  "gateway": {"address": "example.com", "port": 70000},
  "backends": [{"name": "a", "endpoint": "http://example.com",
                "apiVersion": "2025-01-01",
                "auth": {"kind": "env", "name": "1KEY"}},
               {"name": "a", "endpoint": "ok.example",
                "auth": {"kind": "none"}}],
  "routes": [{"name": "r", "match": {"pathPrefix": "x"},
              "backends": [{"name": "b"}]},
             {"name": "r", "backends": []}]})";
    QStringList places;
    const Problems problems = parseConfig(text).problems;
    for (const Problem &problem : problems)
        places.append(QString::number(problem.line) + problem.pointer);
    EXPECT_EQ(places.join(u'\n').toStdString(), u"2/gateway/port\n"
                                                "2/gateway/address\n"
                                                "3/backends/0/endpoint\n"
                                                "3/backends/0/deploymentName\n"
                                                "5/backends/0/auth/name\n"
                                                "6/backends/1/name\n"
                                                "7/backends/1/auth/kind\n"
                                                "8/routes/0/match/pathPrefix\n"
                                                "9/routes/0/backends/0/name\n"
                                                "10/routes/1/match/pathPrefix\n"
                                                "10/routes/1/backends\n"
                                                "10/routes/1/name"_s.toStdString());
}

TEST(ConfigJson, boundsTheNumberOfProblems) {
    const QByteArray text = "{\"version\":1,\"backends\":[" + "{},"_ba.repeated(5000) + "{}]}";
    EXPECT_EQ(parseConfig(text).problems.size(), 100);
}

} // namespace
} // namespace quaygate
