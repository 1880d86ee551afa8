#include "gateway/http/header_list.h"

#include <algorithm>

namespace quaygate {

bool sameHeader(QByteArrayView a, QByteArrayView b) {
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

void HeaderList::append(QByteArray name, QByteArray value) {
    m_headers.append({std::move(name), std::move(value)});
}

void HeaderList::set(QByteArray name, QByteArray value) {
    const auto sameName = [&name](const Header &header) { return sameHeader(header.name, name); };
    const auto first = std::find_if(m_headers.begin(), m_headers.end(), sameName);
    if (first == m_headers.end()) {
        append(std::move(name), std::move(value));
        return;
    }
    m_headers.erase(std::remove_if(first + 1, m_headers.end(), sameName), m_headers.end());
    const auto kept = std::find_if(m_headers.begin(), m_headers.end(), sameName);
    *kept = {std::move(name), std::move(value)};
}

void HeaderList::remove(QByteArrayView name) {
    m_headers.removeIf([name](const Header &header) { return sameHeader(header.name, name); });
}

void HeaderList::extendLast(QByteArrayView more) {
    m_headers.last().value.append(' ').append(more);
}

bool HeaderList::contains(QByteArrayView name) const {
    return count(name) > 0;
}

std::optional<QByteArray> HeaderList::value(QByteArrayView name) const {
    for (const Header &header : m_headers) {
        if (sameHeader(header.name, name))
            return header.value;
    }
    return std::nullopt;
}

qsizetype HeaderList::count(QByteArrayView name) const {
    return std::count_if(m_headers.begin(), m_headers.end(),
                         [name](const Header &header) { return sameHeader(header.name, name); });
}

} // namespace quaygate
