#pragma once

#include <QLineEdit>

namespace quaygate {

/// A value to look at and to copy: one line, elided in the middle at rest, whole and selected once
/// it has the focus.
class ValueField : public QLineEdit {
    Q_OBJECT

public:
    explicit ValueField(const QString &name, QWidget *parent = nullptr);

    void setValue(const QString &value);
    QString value() const { return m_value; }

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showValue();

    QString m_value;
};

} // namespace quaygate
