#include "ui/playground/prose_view.h"

#include "ui/playground/markdown_document.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QGuiApplication>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate {

ProseView::ProseView(QWidget *parent)
    : QTextBrowser(parent), m_document(new MarkdownDocument(this)) {
    setDocument(m_document);
    setOpenLinks(false);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::ClickFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    viewport()->setAutoFillBackground(false);
    connect(this, &QTextBrowser::anchorClicked, this, &ProseView::choose);
    connect(m_document->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ProseView::fitHeight);
}

/// Not by this widget's own palette: a style sheet makes its window colour transparent.
const Colors &ProseView::colors() const {
    return colorsFor(QGuiApplication::palette());
}

void ProseView::setMarkdownText(const QString &markdown) {
    m_isMarkdown = true;
    m_markdown = markdown;
    m_drawnWith = &colors();
    m_document->setDefaultFont(font());
    m_document->setSafeMarkdown(markdown, colors(), Theme::codeFont());
    // Only what can be operated is a stop of the Tab key.
    setFocusPolicy(m_document->hasLinks() ? Qt::StrongFocus : Qt::ClickFocus);
    fitHeight();
}

void ProseView::setPlain(const QString &text) {
    m_isMarkdown = false;
    m_document->setDefaultFont(font());
    m_document->setPlainText(text);
    fitHeight();
}

/// Not the ground and border that the theme gives to fields: this is text on the page.
QString ProseView::styleSheetForParent() {
    return u"quaygate--ProseView { background: transparent; border: none; padding: 0; }"_s;
}

void ProseView::expectWidth(int pixels) {
    if (!isVisible())
        m_document->setTextWidth(pixels);
}

void ProseView::setMaximumTextHeight(int pixels) {
    m_maximumTextHeight = pixels;
    fitHeight();
}

int ProseView::idealTextWidth() const {
    const auto copy = std::unique_ptr<QTextDocument>(m_document->clone());
    copy->setTextWidth(-1);
    return static_cast<int>(std::ceil(copy->idealWidth())) + 1;
}

QSize ProseView::sizeHint() const {
    return {400, height()};
}

QSize ProseView::minimumSizeHint() const {
    return {40, 0};
}

void ProseView::fitHeight() {
    const int wanted = static_cast<int>(std::ceil(m_document->size().height()));
    const bool scrolls = wanted > m_maximumTextHeight;
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const bool tooWide = horizontalScrollBar()->maximum() > 0;
    const int bar = tooWide ? horizontalScrollBar()->sizeHint().height() : 0;
    const int fitting = std::min(wanted, m_maximumTextHeight) + bar;
    if (fitting != height() || minimumHeight() != fitting)
        setFixedHeight(fitting);
}

void ProseView::resizeEvent(QResizeEvent *event) {
    QTextBrowser::resizeEvent(event);
    fitHeight();
}

void ProseView::wheelEvent(QWheelEvent *event) {
    // The transcript scrolls; text that is whole on the screen has nothing to scroll.
    if (verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOff &&
        std::abs(event->angleDelta().y()) >= std::abs(event->angleDelta().x()))
        event->ignore();
    else
        QTextBrowser::wheelEvent(event);
}

void ProseView::changeEvent(QEvent *event) {
    QTextBrowser::changeEvent(event);
    const bool mayDiffer = event->type() == QEvent::PaletteChange ||
                           event->type() == QEvent::StyleChange ||
                           event->type() == QEvent::FontChange;
    if (mayDiffer)
        redress();
}

void ProseView::redress() {
    const bool sameFont = m_document->defaultFont() == font();
    if (m_isMarkdown && (!sameFont || m_drawnWith != &colors()))
        setMarkdownText(m_markdown);
    else if (!sameFont)
        m_document->setDefaultFont(font());
}

void ProseView::choose(const QUrl &url) {
    const QString scheme = url.scheme();
    if ((scheme == "https"_L1 || scheme == "http"_L1) && !url.host().isEmpty())
        emit linkChosen(url);
}

} // namespace quaygate
