#pragma once

#include <QFrame>

class QButtonGroup;

namespace quaygate {

/// A choice of one among few, all in sight; arrow keys move.
class Segmented : public QFrame {
    Q_OBJECT

public:
    Segmented(const QString &name, const QStringList &texts, QWidget *parent = nullptr);

    int current() const;
    void setCurrent(int index);

signals:
    /// By a person, not by setCurrent.
    void chosen(int index);

private:
    QButtonGroup *m_group;
};

} // namespace quaygate
