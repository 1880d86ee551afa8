#include "ui/playground/answer_blocks.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Long enough that few are needed, short enough to be laid out anew for every few words that
/// arrive.
constexpr qsizetype comfortable = 3000;
constexpr qsizetype atMost = 16'000;

struct Fence {
    QChar mark;
    qsizetype length = 0;
    QStringView info;

    bool isFence() const { return length >= 3; }
};

Fence fenceOf(QStringView line) {
    if (line.isEmpty() || (line[0] != u'`' && line[0] != u'~'))
        return {};
    Fence fence{line[0], 0, {}};
    while (fence.length < line.size() && line[fence.length] == fence.mark)
        ++fence.length;
    fence.info = line.sliced(fence.length).trimmed();
    if (fence.mark == u'`' && fence.info.contains(u'`'))
        return {}; // a code span, not a fence
    return fence;
}

bool closes(const Fence &open, QStringView line) {
    const Fence fence = fenceOf(line.trimmed());
    return fence.isFence() && fence.mark == open.mark && fence.length >= open.length &&
           fence.info.isEmpty();
}

/// A line that belongs to nothing before it, if the line before is blank.
bool startsAfresh(QStringView line) {
    if (line.isEmpty() || line[0].isSpace() || line[0].isDigit())
        return false;
    return !u"-*+>|"_s.contains(line[0]) || line.startsWith(u"**");
}

class Cutter {
public:
    explicit Cutter(QStringView text) : m_text(text) {}

    QList<AnswerBlock> run() {
        qsizetype at = 0;
        while (at < m_text.size()) {
            const qsizetype newline = m_text.indexOf(u'\n', at);
            const qsizetype next = newline < 0 ? m_text.size() : newline + 1;
            line(at, next, m_text.sliced(at, (newline < 0 ? next : newline) - at));
            at = next;
        }
        if (m_inCode)
            endCode(m_text.size(), m_text.size());
        else
            endProse(m_text.size());
        return m_blocks;
    }

private:
    void line(qsizetype at, qsizetype next, QStringView text) {
        if (text.endsWith(u'\r'))
            text.chop(1);
        if (m_inCode)
            codeLine(at, next, text);
        else
            proseLine(at, next, text);
    }

    void codeLine(qsizetype at, qsizetype next, QStringView text) {
        if (closes(m_fence, text))
            endCode(at, next);
    }

    void proseLine(qsizetype at, qsizetype next, QStringView text) {
        if (m_nested.isFence()) {
            if (closes(m_nested, text))
                m_nested = {};
            return;
        }
        const Fence fence = fenceOf(text);
        if (fence.isFence()) {
            endProse(at);
            m_begin = at;
            m_codeBegin = next;
            m_fence = fence;
            m_inCode = true;
            return;
        }
        if (const Fence inner = fenceOf(text.trimmed()); inner.isFence()) {
            m_nested = inner; // code in a list item stays with its item
        } else if (at - m_begin >= atMost ||
                   (at - m_begin >= comfortable && m_afterBlank && startsAfresh(text))) {
            endProse(at);
        }
        m_afterBlank = text.trimmed().isEmpty();
    }

    void endProse(qsizetype end) {
        const QStringView text = m_text.sliced(m_begin, end - m_begin);
        if (!text.trimmed().isEmpty())
            m_blocks.append({AnswerBlock::Kind::Prose, text.toString(), {}, m_begin});
        m_begin = end;
    }

    void endCode(qsizetype end, qsizetype next) {
        QStringView code =
            m_text.sliced(std::min(m_codeBegin, end), end - std::min(m_codeBegin, end));
        if (code.endsWith(u'\n'))
            code.chop(1);
        const QString language = m_fence.info.toString().section(u' ', 0, 0);
        m_blocks.append({AnswerBlock::Kind::Code, code.toString(), language, m_begin});
        m_begin = next;
        m_inCode = false;
        m_afterBlank = true;
    }

    QStringView m_text;
    QList<AnswerBlock> m_blocks;
    Fence m_fence;
    Fence m_nested;
    qsizetype m_begin = 0;
    qsizetype m_codeBegin = 0;
    bool m_inCode = false;
    bool m_afterBlank = false;
};

} // namespace

QList<AnswerBlock> cutAnswer(QStringView markdown) {
    return Cutter(markdown).run();
}

} // namespace quaygate
