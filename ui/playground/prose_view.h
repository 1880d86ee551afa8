#pragma once

#include <QTextBrowser>

namespace quaygate {

struct Colors;
class MarkdownDocument;

/// Read-only text as tall as its content. Shows what a model wrote (Markdown) or what a person did
/// (plain). Nothing is opened or loaded by itself: a click on a web link is told by `linkChosen`,
/// others do nothing.
class ProseView : public QTextBrowser {
    Q_OBJECT

public:
    explicit ProseView(QWidget *parent = nullptr);

    void setMarkdownText(const QString &markdown);
    void setPlain(const QString &text);

    /// The width that it is going to have, so that it has the right height before it is first
    /// shown.
    void expectWidth(int pixels);
    /// Beyond this height the text scrolls inside.
    void setMaximumTextHeight(int pixels);
    /// How wide the text would be on one line.
    int idealTextWidth() const;

    /// For the style sheet of a widget that holds many of these: one sheet costs less than one for
    /// each.
    static QString styleSheetForParent();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void linkChosen(const QUrl &url);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
    void choose(const QUrl &url);
    void redress();
    const Colors &colors() const;

    MarkdownDocument *m_document;
    QString m_markdown;
    int m_maximumTextHeight = QWIDGETSIZE_MAX;
    const Colors *m_drawnWith = nullptr;
    bool m_isMarkdown = false;
};

} // namespace quaygate
