#pragma once

#include <QLabel>

namespace quaygate {

/// Plain text that breaks into lines where its width ends, and takes the height that this needs, no
/// more. QLabel's own hints for wrapped text guess a width and reserve the height of that guess.
class TextLabel : public QLabel {
    Q_OBJECT

public:
    explicit TextLabel(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace quaygate
