#pragma once

#include <QWidget>

class QPushButton;

namespace quaygate {

/// The first start: two ways to begin.
class Welcome : public QWidget {
    Q_OBJECT

public:
    explicit Welcome(QWidget *parent = nullptr);

signals:
    void addDeploymentPressed();
    void simulatorPressed();

private:
    QPushButton *makeChoice(const QString &icon, const QString &title, const QString &text);
};

} // namespace quaygate
