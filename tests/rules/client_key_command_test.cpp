#include "app/client_key_command.h"
#include "gateway/config/config_json.h"
#include "gateway/rules/client_key.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Outcome {
    int code = -1;
    QByteArray out;
    QString err;
};

class ClientKeyCommand : public testing::Test {
protected:
    Outcome run(const QStringList &arguments) {
        QBuffer out;
        QBuffer err;
        out.open(QIODevice::WriteOnly);
        err.open(QIODevice::WriteOnly);
        const int code = clientKeyCommand(arguments + QStringList{u"--config"_s, m_file}, out, err);
        return {code, out.data(), QString::fromUtf8(err.data())};
    }

    QByteArray text() const {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QByteArray &bytes) {
        QFile file(m_file);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }

    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(u"config.json"_s);
};

TEST_F(ClientKeyCommand, PrintsAKeyOnceAndKeepsItsHash) {
    const Outcome added = run({u"add"_s, u"laptop"_s});
    EXPECT_EQ(added.code, 0) << added.err.toStdString();
    ASSERT_EQ(added.out.size(), 47) << "the key, a line end, and nothing else";
    EXPECT_TRUE(added.out.startsWith("qg-"));
    EXPECT_TRUE(added.out.endsWith('\n'));
    const QByteArray key = added.out.trimmed();
    EXPECT_FALSE(text().contains(key));
    EXPECT_FALSE(added.err.contains(QString::fromLatin1(key)));

    const ParsedConfig parsed = parseConfig(text());
    ASSERT_TRUE(parsed.problems.isEmpty());
    ASSERT_EQ(parsed.config.clientKeys.size(), 1);
    const ClientKey &kept = parsed.config.clientKeys.first();
    EXPECT_EQ(kept.name, u"laptop"_s);
    EXPECT_EQ(kept.hash, hashOfClientKey(Secret(QByteArray(key))));
    EXPECT_EQ(kept.routes, QStringList{u"*"_s});
    EXPECT_EQ(kept.models, QStringList{u"*"_s});
}

TEST_F(ClientKeyCommand, KeepsWhatTheKeyMayUse) {
    const Outcome added = run({u"add"_s, u"laptop"_s, u"--route"_s, u"azure"_s, u"--model"_s,
                               u"gpt-4*"_s, u"--model"_s, u"o3"_s});
    EXPECT_EQ(added.code, 0) << added.err.toStdString();
    EXPECT_EQ(run({u"add"_s, u"phone"_s}).code, 0);
    const Outcome listed = run({u"list"_s});
    EXPECT_EQ(listed.code, 0);
    EXPECT_EQ(listed.out, "laptop\tazure\tgpt-4*,o3\t\nphone\t*\t*\t\n");
    EXPECT_EQ(listed.err, QString());
}

TEST_F(ClientKeyCommand, KeepsHowMuchTheKeyMayAskFor) {
    const Outcome added = run({u"add"_s, u"one"_s, u"--requests"_s, u"60/minute:10"_s,
                               u"--tokens"_s, u"100000/hour"_s, u"--requests"_s, u"3/second"_s});
    EXPECT_EQ(added.code, 0) << added.err.toStdString();
    EXPECT_EQ(run({u"list"_s}).out, "one\t*\t*\t60 requests/minute:10,3 requests/second,"
                                    "100000 tokens/hour\n");
    const QList<RateLimit> limits = parseConfig(text()).config.clientKeys.first().rules.rateLimit;
    ASSERT_EQ(limits.size(), 3);
    EXPECT_EQ(limits[0].requests, 60);
    EXPECT_EQ(limits[0].burst, 10);
    EXPECT_EQ(limits[2].tokens, 100'000);
    EXPECT_EQ(limits[2].per, RateLimit::Per::Hour);
}

TEST_F(ClientKeyCommand, ChangesWhatIsGivenAndKeepsTheKey) {
    EXPECT_EQ(run({u"add"_s, u"one"_s, u"--route"_s, u"azure"_s, u"--tokens"_s, u"5/hour"_s}).code,
              0);
    const QString hash = parseConfig(text()).config.clientKeys.first().hash;
    const Outcome changed =
        run({u"change"_s, u"one"_s, u"--model"_s, u"o3"_s, u"--route"_s, u"*"_s});
    EXPECT_EQ(changed.code, 0) << changed.err.toStdString();
    EXPECT_EQ(changed.out, "") << "the key is not known any more";
    EXPECT_EQ(run({u"list"_s}).out, "one\t*\to3\t5 tokens/hour\n");
    EXPECT_EQ(parseConfig(text()).config.clientKeys.first().hash, hash);
    EXPECT_EQ(run({u"change"_s, u"two"_s, u"--model"_s, u"o3"_s}).code, 1);
}

TEST_F(ClientKeyCommand, TellsWhetherKeysAreLookedAt) {
    EXPECT_TRUE(run({u"add"_s, u"one"_s}).err.contains(u"switched off"_s));
    write(R"({"version":1,"gateway":{"clientKeys":"required"}})");
    const Outcome added = run({u"add"_s, u"one"_s});
    EXPECT_EQ(added.code, 0);
    EXPECT_FALSE(added.err.contains(u"switched off"_s)) << added.err.toStdString();
}

TEST_F(ClientKeyCommand, RemovesAKey) {
    EXPECT_EQ(run({u"add"_s, u"one"_s}).code, 0);
    EXPECT_EQ(run({u"add"_s, u"two"_s}).code, 0);
    const Outcome removed = run({u"remove"_s, u"one"_s});
    EXPECT_EQ(removed.code, 0);
    EXPECT_EQ(removed.out + removed.err.toUtf8(), "");
    EXPECT_EQ(run({u"list"_s}).out, "two\t*\t*\t\n");
    EXPECT_EQ(run({u"remove"_s, u"one"_s}).code, 1);
}

TEST_F(ClientKeyCommand, LeavesTheRestOfTheFileAlone) {
    write(R"({"version":1,"gateway":{"port":9191},"mine":{"kept":true}})");
    EXPECT_EQ(run({u"add"_s, u"one"_s}).code, 0);
    EXPECT_EQ(run({u"remove"_s, u"one"_s}).code, 0);
    const ParsedConfig parsed = parseConfig(text());
    EXPECT_EQ(parsed.config.gateway.port, 9191);
    EXPECT_TRUE(text().contains("\"kept\""));
}

TEST_F(ClientKeyCommand, RefusesWithoutWriting) {
    EXPECT_EQ(run({u"add"_s, u"one"_s}).code, 0);
    const QByteArray before = text();
    for (const QString &name : {u"one"_s, QString(), QString(65, u'x'), u" padded"_s}) {
        const Outcome refused = run({u"add"_s, name});
        EXPECT_EQ(refused.code, 1) << name.toStdString();
        EXPECT_EQ(refused.out, "");
        EXPECT_FALSE(refused.err.isEmpty());
    }
    EXPECT_EQ(text(), before);
    write("{");
    const Outcome broken = run({u"add"_s, u"two"_s});
    EXPECT_EQ(broken.code, 1);
    EXPECT_EQ(broken.out, "");
    EXPECT_TRUE(broken.err.contains(u"cannot be used"_s));
    EXPECT_EQ(text(), "{");
}

TEST_F(ClientKeyCommand, ExplainsWrongUse) {
    const QStringList wrong[] = {{},
                                 {u"add"_s},
                                 {u"add"_s, u"a"_s, u"b"_s},
                                 {u"remove"_s},
                                 {u"list"_s, u"a"_s},
                                 {u"list"_s, u"--route"_s, u"a"_s},
                                 {u"rename"_s, u"a"_s},
                                 {u"change"_s, u"a"_s},
                                 {u"remove"_s, u"a"_s, u"--model"_s, u"b"_s},
                                 {u"add"_s, u"a"_s, u"--requests"_s, u"60"_s},
                                 {u"add"_s, u"a"_s, u"--requests"_s, u"60/day"_s},
                                 {u"add"_s, u"a"_s, u"--tokens"_s, u"9999999999/hour"_s},
                                 {u"add"_s, u"a"_s, u"--key"_s, u"b"_s}};
    for (const QStringList &arguments : wrong) {
        const Outcome outcome = run(arguments);
        EXPECT_EQ(outcome.code, 2) << arguments.join(u' ').toStdString();
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(outcome.err.contains(u"usage: "_s));
    }
    const Outcome help = run({u"--help"_s});
    EXPECT_EQ(help.code, 0);
    EXPECT_TRUE(help.out.startsWith("usage: "));
    EXPECT_FALSE(QFile::exists(m_file));
}

} // namespace
} // namespace quaygate
