#pragma once

#include "gateway/json/json_text.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

#include <functional>
#include <vector>

namespace quaygate::json {

/// Changes to a JSON text that are made all at once, at the places that its tree names; every other
/// byte stays. The places must not overlap. A value that points to the text; any thread.
class TextEdits {
public:
    explicit TextEdits(QByteArrayView text) : m_text(text) {}

    /// `text` is JSON, as everywhere here.
    void replace(Span span, const QByteArray &text) { m_edits.push_back({span, text}); }
    void insert(qsizetype place, const QByteArray &text) { replace({place, place}, text); }
    /// In front of and behind what an array holds.
    void addElements(const Node &array, const QByteArrayList &front, const QByteArrayList &back);
    /// In front of the members that an object has; each as `"name":value`.
    void addMembers(const Node &object, const QByteArrayList &members);
    /// With one comma each; what goes is chosen once for an object, and nothing is added to it.
    void removeMembers(const Node &object, const std::function<bool(const Node::Member &)> &goes);

    bool isEmpty() const { return m_edits.empty(); }
    QByteArray applied() const;

private:
    struct Edit {
        Span span;
        QByteArray text;
    };

    QByteArrayView m_text;
    std::vector<Edit> m_edits;
};

} // namespace quaygate::json
