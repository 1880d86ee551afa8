#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace quaygate {

/// One header field as it was on the wire; names compare without case.
struct Header {
    QByteArray name;
    QByteArray value;

    bool operator==(const Header &) const = default;
};

/// Header fields in the order of the wire, duplicates kept.
class HeaderList {
public:
    HeaderList() = default;
    HeaderList(std::initializer_list<Header> headers) : m_headers(headers) {}

    void append(QByteArray name, QByteArray value);
    /// Replaces the first of that name and removes the others, or appends.
    void set(QByteArray name, QByteArray value);
    void remove(QByteArrayView name);
    /// Adds to the last value, with a space between: the second line of an obsolete folded field.
    void extendLast(QByteArrayView more);

    bool contains(QByteArrayView name) const;
    /// The first value of that name, or nothing.
    std::optional<QByteArray> value(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const;

    bool isEmpty() const { return m_headers.isEmpty(); }
    qsizetype size() const { return m_headers.size(); }
    auto begin() const { return m_headers.cbegin(); }
    auto end() const { return m_headers.cend(); }

    bool operator==(const HeaderList &) const = default;

private:
    QList<Header> m_headers;
};

/// Compares header names: ASCII, without case.
bool sameHeader(QByteArrayView a, QByteArrayView b);

} // namespace quaygate
