#include "gateway/pipeline/affinity.h"

#include "gateway/json/json_text.h"
#include "gateway/pipeline/request_path.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr QByteArrayView idKey("\"id\"");
constexpr QByteArrayView reasoningKey("\"encrypted_content\"");
constexpr QByteArrayView previousKey("\"previous_response_id\"");
constexpr qsizetype longestId = 128;
/// As much of encrypted reasoning as tells it from other.
constexpr qsizetype reasoningMark = 64;
/// Room for a key, a colon with blanks and a mark.
constexpr qsizetype longestPiece = 192;
/// A listing of files may be long; one answer shall not push all else out.
constexpr qsizetype mostMarks = 256;

/// The text of a JSON string that begins behind `from`, a colon and blanks; null if there is none
/// of at least one byte that ends, or goes on for `most` bytes.
QByteArrayView stringBehind(QByteArrayView text, qsizetype from, qsizetype most, bool cut) {
    while (from < text.size() && (text[from] == ' ' || text[from] == ':'))
        ++from;
    if (from >= text.size() || text[from] != '"')
        return {};
    const QByteArrayView rest = text.sliced(from + 1);
    const qsizetype end = rest.indexOf('"');
    if (end > 0 && end <= most)
        return rest.first(end);
    if (cut && rest.size() >= most && (end < 0 || end > most))
        return rest.first(most);
    return {};
}

/// "resp_68b1…", "file-1a2b…", "batch_…"; what a path has else is words.
bool looksLikeId(const QByteArray &segment) {
    constexpr qsizetype shortest = 12;
    const bool hasDigit =
        std::any_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
    return segment.size() >= shortest && hasDigit &&
           (segment.contains('_') || segment.contains('-'));
}

void appendUnlessEmpty(QList<QByteArray> &marks, QByteArrayView mark) {
    if (!mark.isEmpty())
        marks.append(mark.toByteArray());
}

} // namespace

void ServedBy::note(const QByteArray &mark, const QString &backend) {
    if (of(mark) == backend)
        return;
    hear(mark, backend);
    if (onServed)
        onServed(mark, backend);
}

void ServedBy::hear(const QByteArray &mark, const QString &backend) {
    const bool isNew = !m_backends.contains(mark);
    m_backends.insert(mark, backend);
    if (!isNew)
        return;
    if (m_order.size() < most)
        return m_order.append(mark);
    m_backends.remove(std::exchange(m_order[m_oldest], mark));
    m_oldest = (m_oldest + 1) % most;
}

MarkReader::MarkReader(std::function<void(const QByteArray &)> onMark)
    : m_onMark(std::move(onMark)) {
}

/// What was kept is read again with what follows it.
void MarkReader::feed(QByteArrayView bytes) {
    if (m_told.size() >= mostMarks)
        return;
    m_kept.append(bytes.first(std::min(bytes.size(), longestPiece)));
    scan(m_kept);
    if (bytes.size() > longestPiece)
        scan(bytes);
    if (bytes.size() >= longestPiece)
        m_kept = bytes.last(longestPiece).toByteArray();
    else
        m_kept = m_kept.last(std::min(m_kept.size(), longestPiece));
}

void MarkReader::scan(QByteArrayView text) {
    const auto find = [&](QByteArrayView key, qsizetype most, bool cut) {
        qsizetype at = text.indexOf(key);
        for (; at >= 0 && m_told.size() < mostMarks; at = text.indexOf(key, at + key.size())) {
            const QByteArray mark = stringBehind(text, at + key.size(), most, cut).toByteArray();
            if (mark.isEmpty() || m_told.contains(mark))
                continue;
            m_told.insert(mark);
            m_onMark(mark);
        }
    };
    find(idKey, longestId, false);
    find(reasoningKey, reasoningMark, true);
}

QList<QByteArray> marksOf(const HttpRequest &request, bool asksForStored) {
    QList<QByteArray> marks;
    if (asksForStored) {
        const QList<QByteArray> segments = pathOf(request.target).toByteArray().split('/');
        std::copy_if(segments.begin(), segments.end(), std::back_inserter(marks), looksLikeId);
        return marks;
    }
    const QByteArrayView body = request.body;
    if (const qsizetype at = body.indexOf(previousKey); at >= 0)
        appendUnlessEmpty(marks, stringBehind(body, at + previousKey.size(), longestId, false));
    // The last one is of the turn before.
    if (const qsizetype at = body.lastIndexOf(reasoningKey); at >= 0)
        appendUnlessEmpty(marks, stringBehind(body, at + reasoningKey.size(), reasoningMark, true));
    return marks;
}

QByteArrayView sessionOf(const HttpRequest &request) {
    constexpr std::array names{"x-quaygate-session", "x-session-id", "session_id", "session-id"};
    for (const char *name : names) {
        if (const auto value = request.headers.find(name); value && !value->isEmpty())
            return *value;
    }
    return {};
}

/// Weighted rendezvous hashing.
double sessionLiking(QByteArrayView session, const QString &backend, int weight) {
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(session);
    hash.addData(QByteArrayView("\0", 1));
    hash.addData(backend.toUtf8());
    const auto bits = qFromBigEndian<quint64>(hash.result().constData());
    const double unit = (static_cast<double>(bits >> 11) + 0.5) / 9007199254740992.0; // 0 to 1
    return -weight / std::log(unit);
}

} // namespace quaygate
