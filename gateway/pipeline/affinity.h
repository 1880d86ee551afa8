#pragma once

#include "gateway/http/exchange.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <functional>
#include <optional>

namespace quaygate {

/// Which backend made what only it can go on with: a response, a file, encrypted reasoning. Each
/// worker has its own, on its thread; what one notes is told to the others. Bounded: of many, the
/// oldest are forgotten.
class ServedBy {
public:
    static constexpr qsizetype most = 20'000;

    /// Says so to `onServed` if it is news.
    void note(const QByteArray &mark, const QString &backend);
    /// The same without saying so: another worker has.
    void hear(const QByteArray &mark, const QString &backend);
    /// The backend's name; empty: unknown.
    QString of(const QByteArray &mark) const { return m_backends.value(mark); }

    std::function<void(const QByteArray &mark, const QString &backend)> onServed;

private:
    QHash<QByteArray, QString> m_backends;
    QList<QByteArray> m_order; ///< a ring of `most`, the oldest at `m_oldest` once it is full
    qsizetype m_oldest = 0;
};

/// Reads the marks out of an answer as it passes by: the ids in it, and its encrypted reasoning.
/// Bytes may be cut anywhere; what is neither is not kept.
class MarkReader {
public:
    explicit MarkReader(std::function<void(const QByteArray &mark)> onMark);

    void feed(QByteArrayView bytes);

private:
    void scan(QByteArrayView text);

    std::function<void(const QByteArray &mark)> m_onMark;
    QByteArray m_kept; ///< the end of what came, that may be the beginning of a mark
    QSet<QByteArray> m_told;
};

/// The marks that a request carries: its previous response and encrypted reasoning in its input,
/// or, if it asks for what is stored, the ids in its path. Any one of them names the only backend
/// that can serve it.
QList<QByteArray> marksOf(const HttpRequest &request, bool asksForStored);

/// What a client says to belong together, in one of the headers `x-quaygate-session`,
/// `x-session-id`, `session_id`, `session-id`. Empty: nothing.
QByteArrayView sessionOf(const HttpRequest &request);

/// How much a session likes a backend: the one that it likes most serves it as long as it can,
/// before and after a restart, and of several sessions each backend gets its share.
double sessionLiking(QByteArrayView session, const QString &backend, int weight);

} // namespace quaygate
