#pragma once

#include <QWidget>

class QPainter;

namespace quaygate {

struct Colors;

/// How something fares. Never told by colour alone: a word stands beside it, and the shapes differ.
enum class Health { Unknown, Good, Busy, Bad };

/// Filled circle: good; ring: unknown or stopped; half: busy; filled square: bad.
void paintHealth(QPainter *painter, const QRectF &rect, Health health, const Colors &colors);

/// The mark that stands before a word of state.
class StatusDot : public QWidget {
    Q_OBJECT

public:
    explicit StatusDot(QWidget *parent = nullptr);

    void setHealth(Health health);
    Health health() const { return m_health; }
    QSize sizeHint() const override { return {12, 12}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Health m_health = Health::Unknown;
};

} // namespace quaygate
