#include "gateway/http/loop_call.h"

namespace quaygate {

void LoopCall::ask() {
    if (m_asked)
        return;
    m_asked = true;
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

bool LoopCall::event(QEvent *event) {
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_asked = false;
    // A copy, because the call may destroy this object.
    const auto function = m_function;
    function();
    return true;
}

} // namespace quaygate
