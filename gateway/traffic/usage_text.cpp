#include "gateway/traffic/usage_text.h"

#include <cstring>

namespace quaygate::traffic {

namespace {

constexpr QByteArrayView name{"\"usage\""};
/// Where in the name the letter stands that is rare in events: memchr is the fastest that there is.
constexpr qsizetype rare = 4;

/// The position of the name from `from` on, or -1.
qsizetype findName(QByteArrayView json, qsizetype from) {
    qsizetype at = from + rare;
    while (at < json.size()) {
        const void *found = std::memchr(json.data() + at, name[rare], size_t(json.size() - at));
        if (!found)
            return -1;
        at = static_cast<const char *>(found) - json.data();
        if (json.sliced(at - rare).startsWith(name))
            return at - rare;
        ++at;
    }
    return -1;
}

qsizetype skipSpace(QByteArrayView json, qsizetype at) {
    while (at < json.size() &&
           (json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r'))
        ++at;
    return at;
}

} // namespace

bool mayHoldUsage(QByteArrayView json) {
    for (qsizetype found = 0; (found = findName(json, found)) >= 0;) {
        found += name.size();
        qsizetype at = skipSpace(json, found);
        if (at == json.size() || json[at] != ':')
            continue;
        at = skipSpace(json, at + 1);
        if (at < json.size() && json[at] == '{')
            return true;
    }
    return false;
}

qsizetype lineEnd(QByteArrayView bytes) {
    if (bytes.isEmpty())
        return 0;
    const auto find = [&](char wanted, qsizetype size) {
        const void *found = std::memchr(bytes.data(), wanted, size_t(size));
        return found ? static_cast<const char *>(found) - bytes.data() : size;
    };
    return find('\r', find('\n', bytes.size()));
}

} // namespace quaygate::traffic
