#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto path = "/openai/v1/files";

class SimulatedFiles : public ::testing::Test {
protected:
    SimulatedAnswer upload(const QString &name, const QByteArray &purpose, const QByteArray &bytes,
                           const char *target = path) {
        return resource.form(target, {{u"purpose"_s, {}, {}, purpose},
                                      {u"expires_after[anchor]"_s, {}, {}, "created_at"_ba},
                                      {u"expires_after[seconds]"_s, {}, {}, "3600"_ba},
                                      {u"file"_s, name, {}, bytes}});
    }
    SimulatedAnswer ask(const char *method, const QJsonObject &file, const char *rest = "") {
        return resource.ask(method, path + ('/' + file[u"id"].toString().toUtf8()) + rest, {});
    }
    QStringList names(const char *query = "") {
        QStringList list;
        const QByteArray target = QByteArray(path) + query;
        const QJsonObject answer = json(resource.ask("GET", target, {}));
        for (const QJsonValue file : answer[u"data"].toArray())
            list.append(file[u"filename"].toString());
        return list;
    }

    Resource resource;
};

TEST_F(SimulatedFiles, AreKeptByteForByteUntilTheyAreDeleted) {
    const QByteArray bytes = "a\0b\r\n--limi\xff"_ba;
    const SimulatedAnswer uploaded = upload(u"notes.bin"_s, "assistants", bytes);
    ASSERT_EQ(uploaded.status, 200) << uploaded.body().toStdString();
    const QJsonObject file = json(uploaded);
    EXPECT_EQ(file[u"object"], u"file"_s);
    EXPECT_EQ(file[u"bytes"].toInt(), bytes.size());
    EXPECT_EQ(file[u"filename"], u"notes.bin"_s);
    EXPECT_EQ(file[u"status"], u"processed"_s);
    EXPECT_EQ(file[u"expires_at"].toInt() - file[u"created_at"].toInt(), 3600);
    EXPECT_EQ(json(ask("GET", file)), file);
    EXPECT_EQ(ask("GET", file, "/content").body(), bytes);
    EXPECT_EQ(header(ask("GET", file, "/content"), "Content-Type"), "application/octet-stream");
    EXPECT_EQ(json(ask("DELETE", file))[u"deleted"], true);
    for (const char *rest : {"", "/content"})
        EXPECT_EQ(ask("GET", file, rest).status, 404);
    EXPECT_EQ(ask("DELETE", file).status, 404);
}

TEST_F(SimulatedFiles, AreListedByPurpose) {
    upload(u"a.txt"_s, "assistants", "x");
    upload(u"b.jsonl"_s, "batch", "x", "/openai/files?api-version=2024-10-21");
    upload(u"c.txt"_s, "assistants", "x");
    EXPECT_EQ(names(), (QStringList{u"c.txt"_s, u"b.jsonl"_s, u"a.txt"_s}));
    EXPECT_EQ(names("?purpose=assistants&order=asc"), (QStringList{u"a.txt"_s, u"c.txt"_s}));
    EXPECT_EQ(names("?limit=1"), QStringList{u"c.txt"_s});
}

TEST_F(SimulatedFiles, AreRefusedIfTheyAreNone) {
    EXPECT_EQ(error(upload(u"a.txt"_s, "gossip", "x"))[u"param"], u"purpose"_s);
    EXPECT_EQ(error(upload(u"a.txt"_s, "", "x"))[u"code"], u"missing_required_parameter"_s);
    EXPECT_EQ(error(upload(u"a.txt"_s, "batch", "x"))[u"code"], u"invalidFileFormat"_s);
    EXPECT_EQ(error(upload(u"a.txt"_s, "vision", ""))[u"code"], u"emptyFile"_s);
    EXPECT_EQ(error(resource.form(path, {{u"purpose"_s, {}, {}, "vision"_ba}}))[u"param"],
              u"file"_s);
    EXPECT_EQ(resource.post(path, {}).status, 400);
}

TEST(FileStore, IsBoundedInBytesAndNumber) {
    FileStore store;
    const auto add = [&](const QString &id, qsizetype bytes) {
        return store.add({id, id, u"vision"_s, QByteArray(bytes, 'x')});
    };
    EXPECT_TRUE(add(u"a"_s, FileStore::mostBytes));
    EXPECT_FALSE(add(u"b"_s, 1));
    EXPECT_TRUE(store.remove(u"a"));
    for (std::size_t i = 0; i < FileStore::mostFiles; ++i)
        EXPECT_TRUE(add(QString::number(i), 1));
    EXPECT_FALSE(add(u"c"_s, 1));
}

} // namespace
} // namespace quaygate::simulator::test
