#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

namespace quaygate {

/// One header field; views into the list it belongs to, or what a list is made from. Names compare
/// without case.
struct Header {
    QByteArrayView name;
    QByteArrayView value;
};

/// Header fields in the order of the wire, duplicates kept. They stand in one piece of memory, as
/// on the wire, so that a list is copied and dropped at the cost of one array.
class HeaderList {
public:
    HeaderList() = default;
    HeaderList(std::initializer_list<Header> headers);
    HeaderList(const HeaderList &) = default;
    HeaderList(HeaderList &&) = default;
    /// Swaps: Qt 6.4's QVarLengthArray, when another is moved to it, forgets to free its own
    /// memory.
    HeaderList &operator=(HeaderList other) noexcept {
        std::swap(m_text, other.m_text);
        std::swap(m_fields, other.m_fields);
        return *this;
    }
    ~HeaderList() = default;

    void append(QByteArrayView name, QByteArrayView value);
    /// Replaces the first of that name and removes the others, or appends.
    void set(QByteArrayView name, QByteArrayView value);
    void remove(QByteArrayView name);
    /// Adds to the last value, with a space between: the second line of an obsolete folded field.
    void extendLast(QByteArrayView more);
    /// Room for so many bytes of names and values.
    void reserve(qsizetype bytes) { m_text.reserve(static_cast<std::size_t>(bytes)); }

    bool contains(QByteArrayView name) const { return find(name).has_value(); }
    /// The first value of that name, or nothing.
    std::optional<QByteArray> value(QByteArrayView name) const;
    /// The same without a copy; valid until the list changes.
    std::optional<QByteArrayView> find(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const;

    bool isEmpty() const { return m_fields.isEmpty(); }
    qsizetype size() const { return m_fields.size(); }
    Header at(qsizetype index) const { return header(m_fields[index]); }
    /// "Name: value\r\n", as the field is written.
    QByteArrayView line(qsizetype index) const;

    /// Gives a `Header` for each field.
    class Iterator {
    public:
        Iterator(const HeaderList &list, qsizetype index) : m_list(&list), m_index(index) {}
        Header operator*() const { return m_list->at(m_index); }
        Iterator &operator++() {
            ++m_index;
            return *this;
        }
        bool operator==(const Iterator &) const = default;

    private:
        const HeaderList *m_list;
        qsizetype m_index;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

    bool operator==(const HeaderList &other) const;

private:
    /// Where a field stands in the text. Small: lists are copied and moved with each request.
    struct Field {
        quint32 start;
        quint32 nameSize;
        quint32 valueSize;
    };

    Header header(const Field &field) const {
        const char *name = m_text.data() + field.start;
        return {{name, qsizetype(field.nameSize)},
                {name + field.nameSize + afterName, qsizetype(field.valueSize)}};
    }

    static constexpr qsizetype afterName = 2; // ": "
    static constexpr qsizetype lineEnd = 2;   // CR LF

    std::string m_text; // QByteArray takes ten times as long to append to
    QVarLengthArray<Field, 16> m_fields;
};

/// Compares ASCII without case; of the same size.
bool sameLetters(QByteArrayView a, QByteArrayView b);

/// Compares header names: ASCII, without case.
inline bool sameHeader(QByteArrayView a, QByteArrayView b) {
    return a.size() == b.size() && sameLetters(a, b); // most differ in size
}

/// Some header names, each shorter than 32 bytes, by which every header is judged: that a name is
/// none of them, its size tells mostly.
template<std::size_t N>
class HeaderNames {
public:
    constexpr explicit HeaderNames(const std::array<QByteArrayView, N> &names) : m_names(names) {
        for (const QByteArrayView name : names)
            m_sizes |= quint32(1) << name.size();
    }

    bool contains(QByteArrayView name) const {
        if (name.size() >= 32 || (m_sizes >> name.size() & 1) == 0)
            return false;
        for (const QByteArrayView one : m_names) {
            if (sameHeader(name, one))
                return true;
        }
        return false;
    }

private:
    std::array<QByteArrayView, N> m_names;
    quint32 m_sizes = 0; ///< a bit for each size that there is
};

} // namespace quaygate
