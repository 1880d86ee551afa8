#pragma once

#include <QFrame>

class QVBoxLayout;

namespace quaygate {

/// A bordered surface with its contents stacked from top to bottom.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    QVBoxLayout *contents() const { return m_contents; }

private:
    QVBoxLayout *m_contents;
};

} // namespace quaygate
