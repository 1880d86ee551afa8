#include "ui/tray/tray_icon.h"

#include "ui/theme/tokens.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Up to here the drawing for small sizes is the clearer one.
constexpr int smallest = 24;

void drawIcon(QPainter &painter, int size) {
    const QString name = size <= smallest ? u"quaygate-small"_s : u"quaygate"_s;
    QSvgRenderer(u":/quaygate/icons/%1.svg"_s.arg(name)).render(&painter, QRectF(0, 0, size, size));
}

QPixmap greyed(const QPixmap &icon) {
    QImage image = icon.toImage().convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            const int grey = qGray(pixel);
            image.setPixel(x, y, qRgba(grey, grey, grey, qAlpha(pixel)));
        }
    }
    return QPixmap::fromImage(image);
}

/// A mark in the lower right corner, cut out of the icon so that it stands off from it.
void drawMark(QPainter &painter, int size, TrayState state) {
    const Colors &colors = darkColors(); // its bright ones stand off from the icon, too
    const qreal side = size * 0.46;
    const QRectF place(size - side, size - side, side, side);
    const qreal gap = qMax(1.0, size / 16.0);
    painter.setPen(Qt::NoPen);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.setBrush(Qt::black);
    if (state == TrayState::Error)
        painter.drawRect(place.adjusted(-gap, -gap, 0, 0));
    else
        painter.drawEllipse(place.adjusted(-gap, -gap, gap, gap));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    switch (state) {
    case TrayState::Busy:
        painter.setBrush(colors.success);
        painter.drawEllipse(place);
        break;
    case TrayState::Error:
        painter.setBrush(lightColors().danger);
        painter.drawRoundedRect(place, size / 16.0, size / 16.0);
        break;
    case TrayState::Stopped: {
        const qreal pen = qMax(1.5, size / 11.0);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0x8a, 0x92, 0x99), pen));
        painter.drawEllipse(place.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2));
        break;
    }
    case TrayState::Running:
        break;
    }
}

QPixmap draw(TrayState state, int size) {
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    {
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        drawIcon(painter, size);
    }
    if (state == TrayState::Running)
        return pixmap;
    if (state == TrayState::Stopped)
        pixmap = greyed(pixmap);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    drawMark(painter, size, state);
    return pixmap;
}

} // namespace

TrayState trayState(Gateway::State state, int requestsInFlight) {
    switch (state) {
    case Gateway::State::Running:
    case Gateway::State::Stopping:
        return requestsInFlight > 0 ? TrayState::Busy : TrayState::Running;
    case Gateway::State::Failed:
        return TrayState::Error;
    case Gateway::State::Stopped:
    case Gateway::State::Starting:
        break;
    }
    return TrayState::Stopped;
}

QIcon trayIcon(TrayState state) {
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(draw(state, size));
    return icon;
}

} // namespace quaygate
