#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace quaygate {

/// A part of an answer that is drawn by a widget of its own.
struct AnswerBlock {
    enum class Kind { Prose, Code };

    Kind kind = Kind::Prose;
    QString text;     ///< Markdown, or code without its fence
    QString language; ///< of code, as the fence names it; may be empty
    qsizetype begin = 0;

    bool operator==(const AnswerBlock &) const = default;
};

/// Cuts Markdown into prose and fenced code, and long prose into pieces where no list, table or
/// quote is torn. While an answer grows only its last block changes or is followed by others:
/// cutting again from the `begin` of the last block gives the same as cutting the whole, so that a
/// long answer stays cheap.
QList<AnswerBlock> cutAnswer(QStringView markdown);

} // namespace quaygate
