#include "gateway/traffic/usage_text.h"

#include <QByteArrayMatcher>

namespace quaygate::traffic {

namespace {

constexpr auto name = qMakeStaticByteArrayMatcher("\"usage\"");
constexpr qsizetype nameSize = 7;

qsizetype skipSpace(QByteArrayView json, qsizetype at) {
    while (at < json.size() &&
           (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r'))
        ++at;
    return at;
}

} // namespace

bool mayHoldUsage(QByteArrayView json) {
    for (qsizetype found = 0; (found = name.indexIn(json, found)) >= 0;) {
        found += nameSize;
        qsizetype at = skipSpace(json, found);
        if (at == json.size() || json[at] != ':')
            continue;
        at = skipSpace(json, at + 1);
        if (at < json.size() && json[at] == '{')
            return true;
    }
    return false;
}

} // namespace quaygate::traffic
