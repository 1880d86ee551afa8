#pragma once

#include <QIcon>
#include <QWidget>

namespace quaygate {

/// An icon alone, painted anew when the theme changes; decoration, so it has no accessible name.
class IconView : public QWidget {
    Q_OBJECT

public:
    IconView(const QIcon &icon, int size, QWidget *parent = nullptr);

    void setIcon(const QIcon &icon);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
};

} // namespace quaygate
