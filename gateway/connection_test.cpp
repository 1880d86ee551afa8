#include "gateway/connection_test.h"

#include "gateway/connection_probe.h"
#include "gateway/simulator/simulator.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace quaygate {

class ConnectionTest::Private {
public:
    explicit Private(ConnectionTest &test) : q(test) {
        m_thread.setObjectName("connection test"_L1);
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }

    ~Private() {
        onThread([this] {
            m_probe.reset();
            m_thread.quit();
        });
        m_thread.wait();
    }

    void run(const Backend &backend, const Secret &key) {
        cancel();
        m_running = true;
        if (!isSimulator(backend))
            return probe(backend, key);
        SimulatorSettings settings;
        settings.deployments = {{backend.deploymentName, backend.deploymentName, {}}};
        m_simulator = std::make_unique<Simulator>(settings);
        m_simulator->start([this, backend, key](const Result<quint16> &port) {
            if (!port) {
                ConnectionReport report;
                report.text = port.error().message;
                report.outcome = Outcome::Unreachable;
                return finished(report);
            }
            Backend reachable = backend;
            reachable.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
            probe(reachable, key);
        });
    }

    void cancel() {
        ++m_run;
        m_running = false;
        m_simulator.reset();
        onThread([this] { m_probe.reset(); });
    }

    bool isRunning() const { return m_running; }

private:
    void probe(const Backend &backend, const Secret &key) {
        onThread([this, backend, key, run = m_run] {
            m_probe = std::make_unique<ConnectionProbe>(
                backend, key, [this, run](const ConnectionReport &report) {
                    QMetaObject::invokeMethod(
                        &q,
                        [this, run, report] {
                            if (run == m_run)
                                finished(report);
                        },
                        Qt::QueuedConnection);
                });
            m_probe->start();
        });
    }

    void finished(const ConnectionReport &report) {
        m_running = false;
        emit q.finished(report);
    }

    template<typename Task>
    void onThread(Task task) {
        QMetaObject::invokeMethod(&m_context, std::move(task), Qt::QueuedConnection);
    }

    ConnectionTest &q;
    QThread m_thread;
    QObject m_context;                        ///< stands for the thread
    std::unique_ptr<ConnectionProbe> m_probe; ///< touched on the thread only
    std::unique_ptr<Simulator> m_simulator;
    int m_run = 0; ///< the run whose report counts
    bool m_running = false;
};

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this)) {
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::run(const Backend &backend, const Secret &key) {
    d->run(backend, key);
}

void ConnectionTest::cancel() {
    d->cancel();
}

bool ConnectionTest::isRunning() const {
    return d->isRunning();
}

} // namespace quaygate
