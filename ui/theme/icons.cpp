#include "ui/theme/icons.h"

#include "ui/theme/tokens.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QColor colorOf(IconTone tone, const Colors &colors) {
    switch (tone) {
    case IconTone::Text:
        return colors.text;
    case IconTone::Muted:
        return colors.textMuted;
    case IconTone::Accent:
        return colors.accentText;
    case IconTone::OnAccent:
        return colors.onAccent;
    case IconTone::OnDanger:
        return colors.onDanger;
    case IconTone::Success:
        return colors.success;
    case IconTone::Warning:
        return colors.warning;
    case IconTone::Danger:
        return colors.danger;
    }
    Q_UNREACHABLE();
}

/// Draws a one-colour SVG, whose colour is written `currentColor`, in the colour of the theme of
/// the moment.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QByteArray svg, IconTone tone) : m_svg(std::move(svg)), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode,
               QIcon::State state) override {
        QByteArray svg = m_svg;
        svg.replace("currentColor"_ba, color(mode, state).name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, pixmap.rect(), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const {
        const QPalette palette = QGuiApplication::palette();
        const Colors &colors = colorsFor(palette);
        if (mode == QIcon::Disabled)
            return colors.textDisabled;
        if (state == QIcon::On && m_tone == IconTone::Muted)
            return colors.accentText;
        return colorOf(m_tone, colors);
    }

    QByteArray m_svg;
    IconTone m_tone;
};

} // namespace

QIcon themedIcon(const QString &name, IconTone tone) {
    QFile file(u":/quaygate/icons/%1.svg"_s.arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "themedIcon", "no such icon in resources/icons");
    return opened ? QIcon(new ThemedIconEngine(file.readAll(), tone)) : QIcon();
}

} // namespace quaygate
