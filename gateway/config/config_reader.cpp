#include "gateway/config/config_json.h"
#include "gateway/config/readers.h"
#include "gateway/config/validate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

/// False if the rest of the file must not be read: it may mean something else in a newer version.
bool readVersion(ObjectReader &object, Reading &reading, int &version) {
    const qsizetype problemsBefore = reading.problems.size();
    int read = 0;
    object.takeWholeNumber("version", {1, 1'000'000}, read);
    if (read > Config::currentVersion) {
        object.add("version", u"The file was written by a newer Quaygate (version %1); this one "
                              "reads version %2."_s.arg(read)
                                  .arg(Config::currentVersion));
        return false;
    }
    if (read == 0 && reading.problems.size() == problemsBefore)
        object.add("version",
                   u"The version of the file's layout is missing: write \"version\": %1."_s.arg(
                       Config::currentVersion));
    version = Config::currentVersion;
    return true;
}

Config readConfig(Reading &reading, const Node &root) {
    Config config;
    ObjectReader object(reading, root, QString(), u"The configuration"_s);
    if (root.type != Node::Type::Object || !readVersion(object, reading, config.version))
        return config;
    takeObject(reading, object, "gateway", config.gateway, readGateway);
    config.backends = takeList(reading, object, "backends", readBackend);
    config.routes = takeList(reading, object, "routes", readRoute);
    takeObject(reading, object, "modelAliases", config.modelAliases, readAliases);
    config.clientKeys = takeList(reading, object, "clientKeys", readClientKey);
    takeObject(reading, object, "prices", config.prices, readPrices);
    takeObject(reading, object, "desktop", config.desktop, readDesktop);
    config.unknown = object.rest();
    return config;
}

/// Where the text has what `pointer` (of known members and indices) points to, or would have it.
const Node &nearestNode(const Node &root, const QString &pointer) {
    const Node *node = &root;
    const QStringList steps = pointer.mid(1).split(u'/');
    for (const QString &step : steps) {
        const Node *next = nullptr;
        if (node->type == Node::Type::Object)
            next = node->find(step.toUtf8());
        else if (node->type == Node::Type::Array && step.toUInt() < node->elements.size())
            next = &node->elements[step.toUInt()];
        if (next == nullptr)
            break;
        node = next;
    }
    return *node;
}

/// True if there is a problem with that place already, with something that it is a part of or with
/// one of its members; what the validation says about the value that stands in for it would only
/// confuse.
bool isFollowUp(const QString &pointer, const Problems &problems) {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem &problem) {
        return pointer == problem.pointer || pointer.startsWith(problem.pointer + u'/') ||
               pointer == problem.pointer.section(u'/', 0, -2);
    });
}

void addValidation(Reading &reading, const Node &root, const Config &config) {
    const Problems structure = reading.problems;
    const Problems found = validate(config);
    for (const Problem &problem : found) {
        if (reading.isFull())
            break;
        if (!isFollowUp(problem.pointer, structure))
            reading.add(nearestNode(root, problem.pointer), problem.pointer, problem.message);
    }
    std::stable_sort(reading.problems.begin(), reading.problems.end(),
                     [](const Problem &a, const Problem &b) { return a.line < b.line; });
}

} // namespace

ParsedConfig parseConfig(const QByteArray &text) {
    QByteArrayView view(text);
    if (view.startsWith(byteOrderMark)) // some editors put it there
        view = view.sliced(byteOrderMark.size());
    const json::Parsed parsed = json::parse(view);
    if (!parsed.ok) {
        const QString message = u"This is not JSON: column %1: %2."_s.arg(
            QString::number(parsed.error.column), parsed.error.message);
        return {{}, {{parsed.error.line, {}, message}}};
    }
    Reading reading{view, {}};
    const Config config = readConfig(reading, parsed.root);
    addValidation(reading, parsed.root, config);
    return {config, reading.problems};
}

} // namespace quaygate
