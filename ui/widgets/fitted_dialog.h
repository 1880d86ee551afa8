#pragma once

#include <QDialog>

namespace quaygate {

/// A dialog of fixed width that is always exactly as high as its contents need.
class FittedDialog : public QDialog {
    Q_OBJECT

public:
    FittedDialog(int width, QWidget *parent);

protected:
    bool event(QEvent *event) override;

private:
    void fit();
};

} // namespace quaygate
