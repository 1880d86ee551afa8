#include "ui/widgets/item_delegate.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/item_model.h"

#include <QPainter>

namespace quaygate {

namespace {

struct Fonts {
    QFont name;
    QFont detail;

    explicit Fonts(const QFont &body) : name(body), detail(body) {
        name.setWeight(QFont::Medium);
        detail.setPixelSize(TypeScale::from(body.pixelSize()).small);
    }
};

void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const Colors &colors) {
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    if (!selected && !hovered)
        return;
    const QRectF ground = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const bool focused = selected && (option.state & QStyle::State_HasFocus);
    painter->setPen(focused ? QPen(colors.accent, 2) : QPen(Qt::NoPen));
    painter->setBrush(selected ? colors.accentSoft : colors.hover);
    painter->drawRoundedRect(ground, radius::control, radius::control);
}

} // namespace

void ItemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const {
    const Colors &colors = colorsFor(option.palette);
    const Fonts fonts(option.font);
    const bool selected = option.state & QStyle::State_Selected;
    const QVariant health = index.data(ItemModel::HealthRole);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(painter, option, colors);

    QRect inner = option.rect.adjusted(space::m, space::s, -space::m, -space::s);
    if (health.isValid()) {
        const QRectF mark(inner.right() - 10, inner.center().y() - 5, 10, 10);
        paintHealth(painter, mark, Health(health.toInt()), colors);
        inner.setRight(inner.right() - 10 - space::s);
    }
    const auto line = [&](const QFont &font, const QColor &color, const QString &text, int top) {
        const QFontMetrics metrics(font);
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(QRect(inner.left(), top, inner.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, inner.width()));
    };
    line(fonts.name, selected ? colors.accentText : colors.text,
         index.data(ItemModel::NameRole).toString(), inner.top());
    line(fonts.detail, selected ? colors.text : colors.textMuted,
         index.data(ItemModel::DetailRole).toString(),
         inner.top() + QFontMetrics(fonts.name).height() + 3);
    painter->restore();
}

QSize ItemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const {
    const Fonts fonts(option.font);
    return {120, QFontMetrics(fonts.name).height() + QFontMetrics(fonts.detail).height() + 3 +
                     2 * space::s};
}

} // namespace quaygate
