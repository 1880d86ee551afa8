#include "gateway/dialects/tool_names.h"

#include <QCryptographicHash>

namespace quaygate::dialects {

namespace {

constexpr qsizetype longest = 64;
constexpr qsizetype digestDigits = 8;

} // namespace

QByteArray ToolNames::shorten(const QByteArray &name) {
    if (name.size() <= longest)
        return name;
    const QByteArray digest = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    QByteArray shorter = name.first(longest - digestDigits - 1) + '_' + digest.first(digestDigits);
    m_originals.insert(shorter, name);
    return shorter;
}

} // namespace quaygate::dialects
