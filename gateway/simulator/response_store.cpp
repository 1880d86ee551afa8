#include "gateway/simulator/response_store.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

qsizetype costOf(const StoredResponse &response) {
    qsizetype bytes = 0;
    for (const QJsonArray &items : {response.input, response.conversation})
        bytes += QJsonDocument(items).toJson(QJsonDocument::Compact).size();
    for (const QJsonObject &object : {response.begun, response.ended})
        bytes += QJsonDocument(object).toJson(QJsonDocument::Compact).size();
    for (const SimulatedAnswer::Piece &event : response.events)
        bytes += event.bytes.size();
    return bytes;
}

} // namespace

QJsonObject StoredResponse::at(Instant now) const {
    if (cancelled) {
        QJsonObject object = begun;
        object[u"status"] = u"cancelled"_s;
        return object;
    }
    if (now >= ready)
        return ended;
    // Queued is how it begins; whoever asks again sees it at work.
    QJsonObject object = begun;
    object[u"status"] = u"in_progress"_s;
    return object;
}

void ResponseStore::add(StoredResponse response) {
    response.bytes = costOf(response);
    if (response.bytes > mostBytes)
        return;
    m_bytes += response.bytes;
    m_responses.push_front(std::move(response));
    while (m_bytes > mostBytes || m_responses.size() > mostResponses)
        forgetOldest();
}

StoredResponse *ResponseStore::find(QStringView id) {
    const auto found = std::find_if(m_responses.begin(), m_responses.end(),
                                    [id](const StoredResponse &each) { return each.id == id; });
    return found == m_responses.end() ? nullptr : &*found;
}

bool ResponseStore::remove(QStringView id) {
    const StoredResponse *const response = find(id);
    if (!response)
        return false;
    m_bytes -= response->bytes;
    m_responses.remove_if([id](const StoredResponse &each) { return each.id == id; });
    return true;
}

QJsonObject ResponseStore::item(const QString &id) const {
    for (const StoredResponse &response : m_responses) {
        for (const QJsonValue item : response.conversation) {
            if (item[u"id"] == id)
                return item.toObject();
        }
    }
    return {};
}

void ResponseStore::forgetOldest() {
    m_bytes -= m_responses.back().bytes;
    m_responses.pop_back();
}

} // namespace quaygate::simulator
