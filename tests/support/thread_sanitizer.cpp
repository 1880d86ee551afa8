#include "tests/support/thread_sanitizer.h"

#include <QDeadlineTimer>
#include <QMetaObject>
#include <QObject>
#include <QThread>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

// Linked in with ThreadSanitizer only. Qt's libraries (6.4's, as the names below) are not built
// with it, so it does not see their locks: that of a thread's event queue, through which every call
// from one thread to another goes here (QMetaObject::invokeMethod), and that of QThread::wait. It
// would take what is handed over for a data race. So these tell it: what was done before a call was
// posted is done before the call, the call before a caller that waits for it goes on, and all calls
// of a thread before someone has waited for that thread. Objects are only addresses here; they may
// be gone.

namespace {

template<typename Function>
Function nextOf(const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

namespace quaygate::test {

bool SeenApplication::notify(QObject *receiver, QEvent *event) {
    __tsan_acquire(receiver);
    const bool taken = QCoreApplication::notify(receiver, event);
    __tsan_release(receiver);
    __tsan_release(QThread::currentThread());
    return taken;
}

} // namespace quaygate::test

// These stand in front of Qt's own functions of the same names.

bool QMetaObject::invokeMethodImpl(QObject *receiver, QtPrivate::QSlotObjectBase *slot,
                                   Qt::ConnectionType type, void *result) {
    using Function = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto original =
        nextOf<Function>("_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9Qt"
                         "Private15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    __tsan_release(receiver);
    const bool called = original(receiver, slot, type, result);
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(receiver);
    return called;
}

bool QThread::wait(QDeadlineTimer deadline) {
    using Function = bool (*)(QThread *, QDeadlineTimer);
    static const auto original = nextOf<Function>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool finished = original(this, deadline);
    if (finished)
        __tsan_acquire(this);
    return finished;
}
