#include "gateway/json/text_edits.h"

#include <algorithm>

namespace quaygate::json {

void TextEdits::addElements(const Node &array, const QByteArrayList &front,
                            const QByteArrayList &back) {
    if (array.elements.empty()) {
        if (!front.isEmpty() || !back.isEmpty())
            insert(array.span.begin + 1, (front + back).join(','));
        return;
    }
    if (!front.isEmpty())
        insert(array.span.begin + 1, front.join(',') + ',');
    if (!back.isEmpty())
        insert(array.elements.back().span.end, ',' + back.join(','));
}

void TextEdits::addMembers(const Node &object, const QByteArrayList &members) {
    if (!members.isEmpty())
        insert(object.span.begin + 1, members.join(',') + (object.members.empty() ? "" : ","));
}

void TextEdits::removeMembers(const Node &object,
                              const std::function<bool(const Node::Member &)> &goes) {
    const Node::Member *before = nullptr;
    bool kept = false;
    for (size_t i = 0; i < object.members.size(); ++i) {
        const Node::Member &member = object.members[i];
        if (!goes(member)) {
            kept = true;
        } else if (kept) {
            replace({before->value.span.end, member.value.span.end}, {});
        } else {
            const bool last = i + 1 == object.members.size();
            replace({member.keySpan.begin,
                     last ? member.value.span.end : object.members[i + 1].keySpan.begin},
                    {});
        }
        before = &member;
    }
}

QByteArray TextEdits::applied() const {
    const auto isInFront = [](const Edit &a, const Edit &b) {
        return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
    };
    std::vector<Edit> edits = m_edits;
    // What is inserted comes before what is replaced at the same place.
    if (edits.size() > 1)
        std::stable_sort(edits.begin(), edits.end(), isInFront);
    QByteArray out;
    out.reserve(m_text.size() + 64);
    qsizetype copied = 0;
    for (const Edit &edit : edits) {
        out.append(m_text.sliced(copied, edit.span.begin - copied));
        out.append(edit.text);
        copied = edit.span.end;
    }
    return out.append(m_text.sliced(copied));
}

} // namespace quaygate::json
