#include "gateway/rules/name_pattern.h"

#include <algorithm>

namespace quaygate {

NamePattern::NamePattern(QByteArray text) : m_text(std::move(text)), m_star(m_text.indexOf('*')) {
}

bool NamePattern::matches(QByteArrayView name) const {
    if (isExact())
        return name == m_text;
    const QByteArrayView text(m_text);
    return name.size() >= length() && name.startsWith(text.first(m_star)) &&
           name.endsWith(text.sliced(m_star + 1));
}

NamePatterns::NamePatterns(const QStringList &patterns) {
    for (const QString &text : patterns) {
        NamePattern pattern(text.toUtf8());
        if (pattern.text() == "*")
            m_all = true;
        else if (pattern.isExact())
            m_names.insert(pattern.text());
        else
            m_patterns.push_back(std::move(pattern));
    }
}

bool NamePatterns::match(QByteArrayView name) const {
    return m_all || m_names.find(name) != m_names.end() ||
           std::any_of(m_patterns.begin(), m_patterns.end(),
                       [name](const NamePattern &pattern) { return pattern.matches(name); });
}

} // namespace quaygate
