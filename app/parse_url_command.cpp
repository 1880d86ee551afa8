#include "app/parse_url_command.h"

#include "app/commands.h"
#include "gateway/azure/address.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

constexpr auto usage =
    "usage: quaygate parse-url URL\n"
    "       quaygate parse-url -      (reads the URL from standard input)\n"
    "\n"
    "Prints what an Azure OpenAI address says, as JSON. A key in it is reported, never printed.\n";

// More than any address has; what is longer is refused as no address.
constexpr qint64 longestLine = 64 * 1024;

QJsonObject toJson(const AzureAddress &address) {
    QJsonObject json{
        {u"endpoint"_s, address.endpoint},
        {u"deploymentName"_s, address.deploymentName},
        {u"apiVersion"_s, address.apiVersion},
        {u"operation"_s, address.operation},
        {u"warnings"_s, QJsonArray::fromStringList(address.warnings)},
    };
    if (!address.key.isEmpty())
        json.insert(u"keyFound"_s, true);
    return json;
}

QString readAddressText(QIODevice &in) {
    QByteArray line = in.readLine(longestLine);
    const QString text = QString::fromUtf8(line);
    wipe(line);
    return text;
}

} // namespace

int parseUrlCommand(const QStringList &arguments, QIODevice &in, QIODevice &out, QIODevice &err) {
    const QString argument = arguments.value(0);
    if (argument == "--help"_L1 || argument == "-h"_L1) {
        out.write(usage);
        return 0;
    }
    const bool isOption = argument.startsWith(u'-') && argument != "-"_L1;
    if (arguments.size() != 1 || isOption) {
        err.write(usage);
        return 2;
    }

    const Result<AzureAddress> address =
        parseAddress(argument == "-"_L1 ? readAddressText(in) : argument);
    if (!address) {
        err.write("quaygate parse-url: " + address.error().message.toUtf8() + '\n');
        return 1;
    }
    out.write(QJsonDocument(toJson(*address)).toJson());
    return 0;
}

int runParseUrl(const QStringList &arguments) {
    QFile in;
    QFile out;
    QFile err;
    const bool open =
        in.open(stdin, QIODevice::ReadOnly | QIODevice::Text) &&
        out.open(stdout, QIODevice::WriteOnly | QIODevice::Text) &&
        err.open(stderr, QIODevice::WriteOnly | QIODevice::Text | QIODevice::Unbuffered);
    if (!open)
        return 1;
    const int code = parseUrlCommand(arguments, in, out, err);
    if (out.flush())
        return code;
    err.write("quaygate parse-url: the answer could not be written: " + out.errorString().toUtf8() +
              '\n');
    return 1;
}

} // namespace quaygate
