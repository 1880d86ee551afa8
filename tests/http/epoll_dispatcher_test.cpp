#include "gateway/http/epoll_dispatcher.h"

#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

namespace quaygate {
namespace {

using namespace std::chrono_literals;

/// A thread with the dispatcher under test; `run` does something there and gives what it returns.
class LoopThread {
public:
    LoopThread() {
        m_thread.setEventDispatcher(new EpollDispatcher);
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    ~LoopThread() {
        m_thread.quit();
        m_thread.wait();
    }

    template<typename Task>
    auto run(Task task) {
        std::packaged_task<decltype(task())()> packaged(std::move(task));
        auto future = packaged.get_future();
        QMetaObject::invokeMethod(
            &m_context, [&] { packaged(); }, Qt::BlockingQueuedConnection);
        return future.get();
    }

    QObject *context() { return &m_context; }

private:
    QThread m_thread;
    QObject m_context;
};

TEST(EpollDispatcher, PostedEventsOfOtherThreadsWakeIt) {
    LoopThread loop;
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(loop.run([i] { return i; }), i);
}

TEST(EpollDispatcher, TimersFireInOrderAndRepeat) {
    LoopThread loop;
    std::promise<QList<int>> done;
    auto order = std::make_shared<QList<int>>();
    loop.run([&] {
        const auto note = [order, &done](int id) {
            order->append(id);
            if (order->size() == 4)
                done.set_value(*order);
        };
        QTimer::singleShot(30ms, loop.context(), [note] { note(3); });
        QTimer::singleShot(10ms, loop.context(), [note] { note(1); });
        QTimer::singleShot(20ms, loop.context(), [note] { note(2); });
        auto *repeating = new QTimer;
        repeating->setInterval(1ms);
        auto count = std::make_shared<int>(0);
        QObject::connect(repeating, &QTimer::timeout, loop.context(), [=] {
            if (++*count == 50) {
                repeating->deleteLater();
                note(*count);
            }
        });
        repeating->start();
    });
    EXPECT_EQ(done.get_future().get(), (QList<int>{1, 2, 3, 50}));
}

TEST(EpollDispatcher, KnowsTheTimersItHas) {
    LoopThread loop;
    loop.run([&] {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        QObject owner;
        const int id = owner.startTimer(10'000);
        EXPECT_EQ(dispatcher->registeredTimers(&owner).size(), 1);
        EXPECT_GT(dispatcher->remainingTime(id), 5'000);
        EXPECT_LE(dispatcher->remainingTime(id), 10'000);
        owner.killTimer(id);
        EXPECT_EQ(dispatcher->remainingTime(id), -1);
        EXPECT_TRUE(dispatcher->registeredTimers(&owner).isEmpty());
    });
}

TEST(EpollDispatcher, ANotifierThatWasOffIsHeardAgain) {
    LoopThread loop;
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    std::promise<void> heard;
    QSocketNotifier *notifier = loop.run([&] {
        auto *made = new QSocketNotifier(ends[0], QSocketNotifier::Read);
        QObject::connect(made, &QSocketNotifier::activated, loop.context(), [made, &heard] {
            made->setEnabled(false);
            heard.set_value();
        });
        made->setEnabled(false);
        return made;
    });
    ASSERT_EQ(::write(ends[1], "x", 1), 1);
    auto future = heard.get_future();
    loop.run([] {}); // a turn in which it must stay silent
    EXPECT_EQ(future.wait_for(0ms), std::future_status::timeout);
    loop.run([&] { notifier->setEnabled(true); });
    EXPECT_EQ(future.wait_for(10s), std::future_status::ready);
    loop.run([&] { delete notifier; });
    ::close(ends[0]);
    ::close(ends[1]);
}

/// The number of a closed descriptor comes back at once: the loop must not mistake the new for the
/// old.
TEST(EpollDispatcher, ReusedDescriptorNumbersAreHeard) {
    LoopThread loop;
    for (int i = 0; i < 100; ++i) {
        std::promise<void> heard;
        int ends[2];
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        QSocketNotifier *notifier = loop.run([&] {
            auto *made = new QSocketNotifier(ends[0], QSocketNotifier::Read);
            QObject::connect(made, &QSocketNotifier::activated, loop.context(), [made, &heard] {
                made->setEnabled(false);
                heard.set_value();
            });
            return made;
        });
        ASSERT_EQ(::write(ends[1], "x", 1), 1);
        ASSERT_EQ(heard.get_future().wait_for(10s), std::future_status::ready) << i;
        // Closed and deleted within one turn, so that the loop learns of it only afterwards.
        loop.run([&] {
            delete notifier;
            ::close(ends[0]);
            ::close(ends[1]);
        });
    }
}

TEST(EpollDispatcher, SocketsConnectTalkAndClose) {
    LoopThread loop;
    std::promise<QByteArray> echoed;
    loop.run([&] {
        auto *server = new QTcpServer(
            loop.context()->thread() == QThread::currentThread() ? loop.context() : nullptr);
        ASSERT_TRUE(server->listen(QHostAddress::LocalHost));
        QObject::connect(server, &QTcpServer::newConnection, server, [server] {
            QTcpSocket *peer = server->nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer,
                             [peer] { peer->write(peer->readAll()); });
        });
        auto *client = new QTcpSocket(server);
        QObject::connect(client, &QTcpSocket::connected, client,
                         [client] { client->write("hello"); });
        QObject::connect(client, &QTcpSocket::readyRead, client, [client, &echoed] {
            if (client->bytesAvailable() == 5)
                echoed.set_value(client->readAll());
        });
        client->connectToHost(QHostAddress::LocalHost, server->serverPort());
    });
    EXPECT_EQ(echoed.get_future().get(), "hello");
    loop.run([&] { qDeleteAll(loop.context()->children()); });
}

TEST(EpollDispatcher, EndsWhenTheThreadIsTold) {
    QElapsedTimer clock;
    clock.start();
    { LoopThread loop; }
    EXPECT_LT(clock.elapsed(), 10'000);
}

} // namespace
} // namespace quaygate
