#include "ui/playground/markdown_document.h"

#include "ui/playground/list_numbers.h"
#include "ui/theme/tokens.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextFrame>
#include <QTextTable>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qreal lineDistance = 5; ///< pixels between lines

bool isCode(const QTextBlock &block) {
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
           block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

void dressHeading(QTextCursor &cursor, const QTextBlock &block, int level) {
    QTextCharFormat format;
    format.setProperty(QTextFormat::FontSizeAdjustment, level <= 2 ? 1 : 0);
    format.setFontWeight(QFont::DemiBold);
    cursor.setPosition(block.position());
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format);
}

void dressQuote(QTextCursor &cursor, const QTextBlock &block, const Colors &colors) {
    QTextCharFormat format;
    format.setForeground(colors.textMuted);
    format.setFontItalic(true);
    cursor.setPosition(block.position());
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format);
}

void dressBlock(QTextCursor &cursor, const QTextBlock &block, bool isFirst, const Colors &colors) {
    QTextBlockFormat format;
    const int level = block.blockFormat().headingLevel();
    if (isCode(block)) {
        format.setBackground(colors.surfaceSunken);
        format.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
        format.setNonBreakableLines(false);
    } else {
        const bool inTable = QTextCursor(block).currentTable() != nullptr;
        const bool inList = block.textList() != nullptr;
        if (!inTable)
            format.setLineHeight(lineDistance, QTextBlockFormat::LineDistanceHeight);
        const int gap = inTable ? 0 : inList ? 2 : space::xs;
        format.setTopMargin(isFirst ? 0 : level > 0 ? space::m : gap);
        format.setBottomMargin(gap);
    }
    cursor.setPosition(block.position());
    cursor.mergeBlockFormat(format);
    if (level > 0)
        dressHeading(cursor, block, level);
    if (block.blockFormat().intProperty(QTextFormat::BlockQuoteLevel) > 0)
        dressQuote(cursor, block, colors);
}

/// Inline code gets a ground, links their colour, pictures become their description.
void dressFragments(QTextDocument &document, const Colors &colors, const QFont &codeFont) {
    QTextCursor cursor(&document);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd();) {
            const QTextFragment fragment = it.fragment();
            const QTextCharFormat format = fragment.charFormat();
            ++it;
            if (!fragment.isValid() || (!format.fontFixedPitch() && !format.isAnchor()))
                continue;
            QTextCharFormat dress;
            if (format.isAnchor())
                dress.setForeground(colors.accentText);
            if (format.fontFixedPitch()) {
                dress.setFontFamilies(codeFont.families());
                dress.setProperty(QTextFormat::FontPixelSize, codeFont.pixelSize());
                dress.setBackground(colors.hover);
            }
            cursor.setPosition(fragment.position());
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(dress);
        }
    }
}

/// A picture cannot be shown safely; its name can.
void replacePictures(QTextDocument &document, const Colors &colors) {
    QTextCursor cursor = document.find(QString(QChar::ObjectReplacementCharacter));
    while (!cursor.isNull()) {
        const QTextImageFormat picture = cursor.charFormat().toImageFormat();
        if (!picture.isValid()) {
            cursor = document.find(QString(QChar::ObjectReplacementCharacter), cursor);
            continue;
        }
        const QString alternative = picture.property(QTextFormat::ImageAltText).toString();
        QTextCharFormat text;
        text.setForeground(colors.textMuted);
        cursor.insertText(alternative.isEmpty() ? u"[picture not loaded]"_s
                                                : u"[picture not loaded: %1]"_s.arg(alternative),
                          text);
        cursor = document.find(QString(QChar::ObjectReplacementCharacter), cursor);
    }
}

void dressTables(QTextFrame *frame, const Colors &colors) {
    for (QTextFrame *child : frame->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(child)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderCollapse(true);
            format.setBorderBrush(colors.border);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setCellPadding(space::s - 2);
            format.setTopMargin(space::s);
            format.setBottomMargin(space::s);
            table->setFormat(format);
        }
        dressTables(child, colors);
    }
}

} // namespace

MarkdownDocument::MarkdownDocument(QObject *parent) : QTextDocument(parent) {
    setUndoRedoEnabled(false);
    setDocumentMargin(0);
    setIndentWidth(space::xl);
}

QVariant MarkdownDocument::loadResource(int, const QUrl &) {
    return {};
}

void MarkdownDocument::setSafeMarkdown(const QString &markdown, const Colors &colors,
                                       const QFont &codeFont) {
    setMarkdown(markdown, MarkdownFeatures(MarkdownDialectGitHub) | MarkdownNoHTML);
    replacePictures(*this, colors);
    continueListNumbers(*this, markdown);
    dressTables(rootFrame(), colors);
    QTextCursor cursor(this);
    for (QTextBlock block = begin(); block.isValid(); block = block.next())
        dressBlock(cursor, block, block == begin(), colors);
    dressFragments(*this, colors, codeFont);
}

bool MarkdownDocument::hasLinks() const {
    for (QTextBlock block = begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().isAnchor())
                return true;
        }
    }
    return false;
}

} // namespace quaygate
