#include "ui/playground/list_numbers.h"

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

using namespace Qt::StringLiterals;

namespace quaygate {

QList<int> orderedItemNumbers(const QString &markdown) {
    static const QRegularExpression item(u"^[ \\t>]*(?:[-*+][ \\t]+)?(\\d{1,9})[.)](?:[ \\t]|$)"_s);
    static const QRegularExpression fence(u"^[ \\t>]*(?:```|~~~)"_s);
    QList<int> numbers;
    bool inCode = false;
    for (const QString &line : markdown.split(u'\n')) {
        if (fence.match(line).hasMatch())
            inCode = !inCode;
        if (inCode)
            continue;
        if (const auto match = item.match(line); match.hasMatch())
            numbers.append(match.captured(1).toInt());
    }
    return numbers;
}

#if QT_VERSION < QT_VERSION_CHECK(6, 6, 0)

namespace {

bool isOrdered(const QTextList *list) {
    return list && list->format().style() <= QTextListFormat::ListDecimal &&
           list->format().style() >= QTextListFormat::ListUpperRoman;
}

struct Item {
    QTextBlock block;
    QTextList *list = nullptr;
};

QList<Item> orderedItems(const QTextDocument &document) {
    QList<Item> items;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (isOrdered(block.textList()))
            items.append({block, block.textList()});
    }
    return items;
}

/// The number becomes text that hangs before the item's first line, where the list would have drawn
/// it.
void writeNumber(const Item &item, int number, qreal indentWidth) {
    QTextCursor cursor(item.block);
    QTextBlockFormat format = item.block.blockFormat();
    format.setObjectIndex(-1);
    const QString label = QString::number(number) + u".\u00a0"_s;
    const qreal width = QFontMetricsF(item.block.charFormat().font()).horizontalAdvance(label);
    format.setIndent(format.indent() + item.list->format().indent());
    format.setTextIndent(-std::min(width, indentWidth));
    cursor.setBlockFormat(format);
    cursor.insertText(label, QTextCharFormat());
}

} // namespace

void continueListNumbers(QTextDocument &document, const QString &markdown) {
    const QList<int> numbers = orderedItemNumbers(markdown);
    const QList<Item> items = orderedItems(document);
    // Where the two do not agree (odd Markdown), Qt's numbers are better than guessed ones.
    if (items.size() != numbers.size())
        return;
    QHash<QTextList *, int> next;
    QList<int> wanted;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const auto known = next.constFind(items[i].list);
        const int number = known == next.constEnd() ? numbers[i] : *known;
        wanted.append(number);
        next.insert(items[i].list, number + 1);
    }
    QSet<QTextList *> odd;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (items[i].list->itemNumber(items[i].block) + 1 != wanted[i])
            odd.insert(items[i].list);
    }
    QList<qsizetype> toWrite;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (odd.contains(items[i].list))
            toWrite.append(i);
    }
    // From the end, so that no list loses a block before its other items were read.
    for (auto it = toWrite.crbegin(); it != toWrite.crend(); ++it)
        writeNumber(items[*it], wanted[*it], document.indentWidth());
}

#else

void continueListNumbers(QTextDocument &, const QString &) {
}

#endif

} // namespace quaygate
