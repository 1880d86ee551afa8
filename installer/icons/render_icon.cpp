#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTextStream>

using namespace Qt::StringLiterals;

// render_icon SVG SIZE PNG: draws SVG in SIZE by SIZE pixels. A drawing that is made for a pixel
// grid two pixels wider, with an empty rim of one pixel, is cut at the rim: so 24 serves for 22 as
// well.

namespace {

constexpr int rim = 1;

int complain(const QString &text) {
    QTextStream(stderr) << "render_icon: " << text << Qt::endl;
    return 1;
}

} // namespace

int main(int argc, char *argv[]) {
    if (argc != 4)
        return complain(u"usage: render_icon SVG SIZE PNG"_s);
    const QString svg = QFile::decodeName(argv[1]);
    const QString png = QFile::decodeName(argv[3]);
    const int size = QByteArray(argv[2]).toInt();
    QSvgRenderer renderer(svg);
    if (!renderer.isValid() || size < 1)
        return complain(u"%1 is no drawing, or %2 no size"_s.arg(svg).arg(size));

    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QRectF view = renderer.viewBoxF();
    if (view.width() == size + 2 * rim)
        view.adjust(rim, rim, -rim, -rim);
    renderer.setViewBox(view);
    QPainter painter(&image);
    renderer.render(&painter, QRectF(0, 0, size, size));
    painter.end();
    if (!image.save(png, "PNG"))
        return complain(u"%1 cannot be written"_s.arg(png));
    return 0;
}
