#include "ui/widgets/text_label.h"

#include <algorithm>

namespace quaygate {

namespace {

/// A comfortable line where nothing else decides the width.
constexpr int preferredWidth = 360;

} // namespace

TextLabel::TextLabel(const QString &text, QWidget *parent) : QLabel(text, parent) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize TextLabel::sizeHint() const {
    ensurePolished();
    const int oneLine = fontMetrics().size(Qt::TextExpandTabs, text()).width() + 2;
    const int width = std::min(oneLine, preferredWidth);
    return {width, heightForWidth(width)};
}

QSize TextLabel::minimumSizeHint() const {
    ensurePolished();
    return {std::min(sizeHint().width(), 64), fontMetrics().height()};
}

} // namespace quaygate
