#include "gateway/pipeline/backend_pinning.h"

#include <algorithm>

namespace quaygate {

namespace {

void orderBySession(std::vector<Candidate> &candidates, QByteArrayView session) {
    const auto liking = [session](const Candidate &one) {
        return sessionLiking(session, one.backend->name, one.weight);
    };
    std::stable_sort(
        candidates.begin(), candidates.end(), [&](const Candidate &a, const Candidate &b) {
            return a.priority != b.priority ? a.priority < b.priority : liking(a) > liking(b);
        });
    for (std::size_t i = 0; i < candidates.size(); ++i)
        candidates[i].priority = static_cast<int>(i);
}

} // namespace

bool pin(Routed &routed, const HttpRequest &request, const ServedBy &servedBy) {
    auto &candidates = routed.candidates;
    const bool asksForStored = !routed.operation && routed.door == Door::OpenAi;
    const QList<QByteArray> marks = marksOf(request, asksForStored);
    for (const QByteArray &mark : marks) {
        const QString name = servedBy.of(mark);
        const auto found =
            std::find_if(candidates.begin(), candidates.end(),
                         [&](const Candidate &one) { return one.backend->name == name; });
        if (found != candidates.end()) {
            candidates = {*found};
            return false;
        }
    }
    if (asksForStored && marks.isEmpty()) {
        candidates = {*std::min_element(
            candidates.begin(), candidates.end(),
            [](const Candidate &a, const Candidate &b) { return a.priority < b.priority; })};
        return false;
    }
    if (const QByteArrayView session = sessionOf(request); !session.isEmpty())
        orderBySession(candidates, session);
    return !marks.isEmpty();
}

} // namespace quaygate
