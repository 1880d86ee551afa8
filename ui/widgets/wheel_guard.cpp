#include "ui/widgets/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace quaygate {

namespace {

class WheelGuard : public QObject {
public:
    explicit WheelGuard(QWidget *choice) : QObject(choice), m_choice(choice) {}

    bool eventFilter(QObject *, QEvent *event) override {
        if (event->type() != QEvent::Wheel || m_choice->hasFocus())
            return false;
        event->ignore();
        return true;
    }

private:
    QWidget *m_choice;
};

} // namespace

void leaveWheelToForm(QWidget *choice) {
    choice->setFocusPolicy(Qt::StrongFocus); // the wheel brings no focus
    choice->installEventFilter(new WheelGuard(choice));
}

} // namespace quaygate
