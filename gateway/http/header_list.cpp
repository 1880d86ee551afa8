#include "gateway/http/header_list.h"

#include <algorithm>
#include <utility>

namespace quaygate {

namespace {

/// What Azure's answers have, in the largest piece that malloc keeps at hand.
constexpr std::size_t usualSize = 1024;

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

} // namespace

bool sameLetters(QByteArrayView a, QByteArrayView b) {
    return std::equal(a.begin(), a.end(), b.begin(),
                      [](char x, char y) { return x == y || lower(x) == lower(y); });
}

HeaderList::HeaderList(std::initializer_list<Header> headers) {
    for (const Header &header : headers)
        append(header.name, header.value);
}

QByteArrayView HeaderList::line(qsizetype index) const {
    const Field &field = m_fields[index];
    return QByteArrayView(m_text).sliced(field.start, qsizetype(field.nameSize) + afterName +
                                                          field.valueSize + lineEnd);
}

void HeaderList::append(QByteArrayView name, QByteArrayView value) {
    if (m_text.empty())
        m_text.reserve(usualSize);
    m_fields.append({quint32(m_text.size()), quint32(name.size()), quint32(value.size())});
    // In one piece: four appends cost twice as much.
    const std::size_t start = m_text.size();
    m_text.resize(start +
                  static_cast<std::size_t>(name.size() + value.size() + afterName + lineEnd));
    char *to = std::copy(name.begin(), name.end(), m_text.data() + start);
    *to++ = ':';
    *to++ = ' ';
    to = std::copy(value.begin(), value.end(), to);
    *to++ = '\r';
    *to++ = '\n';
}

void HeaderList::set(QByteArrayView name, QByteArrayView value) {
    HeaderList changed;
    bool done = false;
    for (const Header &header : *this) {
        if (!sameHeader(header.name, name))
            changed.append(header.name, header.value);
        else if (!std::exchange(done, true))
            changed.append(name, value);
    }
    if (!done)
        changed.append(name, value);
    *this = std::move(changed);
}

void HeaderList::remove(QByteArrayView name) {
    HeaderList rest;
    for (const Header &header : *this) {
        if (!sameHeader(header.name, name))
            rest.append(header.name, header.value);
    }
    *this = std::move(rest);
}

void HeaderList::extendLast(QByteArrayView more) {
    m_text.resize(m_text.size() - lineEnd);
    m_text.append(" ").append(more.data(), more.data() + more.size()).append("\r\n");
    m_fields.last().valueSize += quint32(1 + more.size());
}

std::optional<QByteArray> HeaderList::value(QByteArrayView name) const {
    const auto found = find(name);
    return found ? std::optional(found->toByteArray()) : std::nullopt;
}

std::optional<QByteArrayView> HeaderList::find(QByteArrayView name) const {
    for (const Header &header : *this) {
        if (sameHeader(header.name, name))
            return header.value;
    }
    return std::nullopt;
}

qsizetype HeaderList::count(QByteArrayView name) const {
    return std::count_if(m_fields.begin(), m_fields.end(),
                         [&](const Field &field) { return sameHeader(header(field).name, name); });
}

bool HeaderList::operator==(const HeaderList &other) const {
    return m_text == other.m_text &&
           std::equal(m_fields.begin(), m_fields.end(), other.m_fields.begin(),
                      other.m_fields.end(), [](const Field &a, const Field &b) {
                          return a.start == b.start && a.nameSize == b.nameSize;
                      });
}

} // namespace quaygate
