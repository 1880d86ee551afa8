#include "ui/playground/list_numbers.h"
#include "ui/playground/markdown_document.h"
#include "ui/playground/prose_view.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QTextBlock>
#include <QTextList>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

/// Tells what the layout asked for.
class WatchedDocument : public MarkdownDocument {
public:
    QList<QUrl> asked;

protected:
    QVariant loadResource(int type, const QUrl &name) override {
        asked.append(name);
        const QVariant loaded = MarkdownDocument::loadResource(type, name);
        EXPECT_FALSE(loaded.isValid()) << name.toString().toStdString();
        return loaded;
    }
};

void show(MarkdownDocument &document, const QString &markdown) {
    document.setSafeMarkdown(markdown, lightColors(), Theme::codeFont());
    document.setTextWidth(400);
    document.documentLayout()->documentSize();
}

TEST(MarkdownDocument, ShowsRawHtmlAsText) {
    MarkdownDocument document;
    show(document,
         u"a <b>bold</b> <img src='http://x.example/p.png'>\n\n<script>alert(1)</script>"_s);
    EXPECT_TRUE(document.toPlainText().contains(u"<b>bold</b>"_s));
    EXPECT_TRUE(document.toPlainText().contains(u"<script>"_s));
    EXPECT_FALSE(document.toHtml().contains(u"<script"_s));
    EXPECT_FALSE(document.toHtml().contains(u"<img"_s));
}

TEST(MarkdownDocument, LoadsNoPicture) {
    WatchedDocument document;
    show(document, u"![a cat](http://x.example/cat.png) and ![](file:///etc/passwd) end"_s);
    // Qt itself drops a picture without a description.
    EXPECT_TRUE(document.toPlainText().startsWith(u"[picture not loaded: a cat] and "_s));
    EXPECT_FALSE(document.toPlainText().contains(QChar(QChar::ObjectReplacementCharacter)));
    EXPECT_FALSE(document.toHtml().contains(u"<img"_s));
}

TEST(MarkdownDocument, ReadsTablesListsAndCode) {
    MarkdownDocument document;
    show(document, u"# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n- y\n\nuse `code`"_s);
    EXPECT_EQ(document.begin().blockFormat().headingLevel(), 1);
    EXPECT_TRUE(document.toPlainText().contains(u"Title"_s));
    EXPECT_TRUE(document.toHtml().contains(u"<table"_s));
    EXPECT_FALSE(document.hasLinks());
    show(document, u"see [here](https://example.com)"_s);
    EXPECT_TRUE(document.hasLinks());
}

TEST(ListNumbers, AreReadOutsideOfCode) {
    EXPECT_EQ(
        orderedItemNumbers(u"1. a\n```\n7. no\n```\n2) b\n   3. c\n- 4. d\nversion 5.0 x\n"_s),
        (QList<int>{1, 2, 3, 4}));
}

TEST(ProseViewTest, FollowsTheTheme) {
    ProseView view;
    view.setMarkdownText(u"[x](https://example.com)"_s);
    view.show();
    EXPECT_TRUE(view.document()->toHtml().contains(lightColors().accentText.name()));
    Theme::apply(*qApp, Theme::Mode::Dark);
    EXPECT_TRUE(view.document()->toHtml().contains(darkColors().accentText.name()));
    Theme::apply(*qApp, Theme::Mode::Light);
    EXPECT_TRUE(view.document()->toHtml().contains(lightColors().accentText.name()));
}

/// What stands before the items, whoever draws it.
QStringList itemsOf(const QTextDocument &document) {
    QStringList items;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QString text = block.text();
        if (const QTextList *list = block.textList())
            text.prepend(list->itemText(block) + QChar(QChar::Nbsp));
        items.append(text.replace(QChar(QChar::Nbsp), u' '));
    }
    return items;
}

TEST(ListNumbers, ContinueAfterAParagraph) {
    MarkdownDocument document;
    show(document, u"1. one\n\nbetween\n\n2. two\n3. three"_s);
    EXPECT_EQ(itemsOf(document),
              (QStringList{u"1. one"_s, u"between"_s, u"2. two"_s, u"3. three"_s}));
}

TEST(ListNumbers, ALazyListKeepsCounting) {
    MarkdownDocument document;
    show(document, u"1. one\n1. two\n1. three"_s);
    EXPECT_EQ(itemsOf(document), (QStringList{u"1. one"_s, u"2. two"_s, u"3. three"_s}));
}

} // namespace
} // namespace quaygate
