#include "gateway/dialects/json_build.h"

#include <QString>

namespace quaygate::dialects {

ObjectText &ObjectText::raw(QByteArrayView key, QByteArrayView value) {
    m_members.reserve(m_members.size() + key.size() + value.size() + 4);
    if (!m_members.isEmpty())
        m_members += ',';
    m_members += '"';
    m_members.append(key);
    m_members += "\":";
    m_members.append(value);
    return *this;
}

ObjectText &ObjectText::rawIf(QByteArrayView key, const JsonView &value) {
    return value.isPresent() ? raw(key, value.raw()) : *this;
}

ObjectText &ObjectText::string(QByteArrayView key, QByteArrayView utf8) {
    return raw(key, quoted(utf8));
}

ObjectText &ObjectText::number(QByteArrayView key, qint64 value) {
    return raw(key, QByteArray::number(value));
}

ObjectText &ObjectText::boolean(QByteArrayView key, bool value) {
    return raw(key, value ? "true" : "false");
}

ObjectText &ObjectText::members(const ObjectText &other) {
    if (!m_members.isEmpty() && !other.m_members.isEmpty())
        m_members += ',';
    m_members += other.m_members;
    return *this;
}

QByteArray arrayText(const QByteArrayList &values) {
    return '[' + values.join(',') + ']';
}

QByteArray quoted(QByteArrayView utf8) {
    return json::quote(QString::fromUtf8(utf8));
}

QByteArray literal(QByteArrayView inside) {
    QByteArray out;
    out.reserve(inside.size() + 2);
    out += '"';
    out.append(inside);
    return out += '"';
}

} // namespace quaygate::dialects
