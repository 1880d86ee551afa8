#include "tests/dialects/golden.h"

#include "gateway/json/scanner.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::dialects::golden {

namespace {

QDir folderOf(const std::string &folder) {
    return QDir(QStringLiteral(QUAYGATE_GOLDEN) + u'/' + QString::fromStdString(folder));
}

} // namespace

std::vector<std::string> names(const std::string &folder) {
    std::vector<std::string> found;
    for (const QString &name : folderOf(folder).entryList({u"*.in.*"_s}, QDir::Files, QDir::Name))
        found.push_back(name.section(u".in."_s, 0, 0).toStdString());
    return found;
}

QByteArray file(const std::string &folder, const std::string &name) {
    QFile file(folderOf(folder).filePath(QString::fromStdString(name)));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
    return file.readAll();
}

QByteArray compact(QByteArrayView json) {
    using Token = json::Scanner::Token;
    json::Scanner scanner(json);
    QByteArray out;
    bool separate = false;
    for (Token token = scanner.next(); token != Token::End; token = scanner.next()) {
        if (token == Token::Error) {
            ADD_FAILURE() << "not JSON: " << json.toByteArray().toStdString();
            return {};
        }
        const bool closes = token == Token::EndObject || token == Token::EndArray;
        if (separate && !closes)
            out += ',';
        const json::Span span = scanner.span();
        out.append(json.sliced(span.begin, span.end - span.begin));
        if (token == Token::Key)
            out += ':';
        separate = token != Token::Key && token != Token::BeginObject && token != Token::BeginArray;
    }
    return out;
}

QByteArray translated(const Maker &make, QByteArrayView input, qsizetype pieceSize) {
    const auto translator = make();
    QByteArray out;
    for (qsizetype at = 0; at < input.size(); at += pieceSize)
        out += translator->feed(input.sliced(at, std::min(pieceSize, input.size() - at)));
    return out + translator->end();
}

void expectStream(const Maker &make, const QByteArray &input, const QByteArray &expected) {
    ASSERT_EQ(translated(make, input, std::max<qsizetype>(1, input.size())), expected);
    ASSERT_EQ(translated(make, input, 1), expected);
    for (qsizetype cut = 1; cut < input.size(); ++cut) {
        const auto translator = make();
        QByteArray out = translator->feed(QByteArrayView(input).first(cut));
        out += translator->feed(QByteArrayView(input).sliced(cut));
        ASSERT_EQ(out + translator->end(), expected) << "cut at byte " << cut;
    }
}

} // namespace quaygate::dialects::golden
