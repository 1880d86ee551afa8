#include "gateway/simulator/stored_responses.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/paged_list.h"
#include "gateway/simulator/response_stream.h"
#include "gateway/simulator/sse_event.h"

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

SimulatedAnswer notFound(const QString &id) {
    return modelError(404, u"Response with id '%1' not found."_s.arg(id), {}, {});
}

/// The events behind number `starting_after`, without what has been waited for already.
SimulatedAnswer replay(const StoredResponse &response, const Call &call) {
    if (response.events.empty())
        return modelError(400,
                          u"This response cannot be streamed because it was not created with "
                          "background=true and stream=true."_s,
                          u"stream"_s, {});
    bool isNumber = false;
    const qlonglong after = call.query("starting_after").toLongLong(&isNumber);
    const std::size_t first = isNumber && after >= 0 ? std::min(static_cast<std::size_t>(after) + 1,
                                                                response.events.size())
                                                     : 0;
    std::vector<SimulatedAnswer::Piece> events(
        response.events.begin() + static_cast<std::ptrdiff_t>(first), response.events.end());
    if (response.hasEnded(call.now)) {
        for (SimulatedAnswer::Piece &event : events)
            event.delay = Milliseconds(0);
    }
    SimulatedAnswer answer = eventStream(std::move(events));
    answer.errorEvent = responseErrorEvent;
    return answer;
}

} // namespace

SimulatedAnswer showResponse(const Call &call, SimulatedResource &resource) {
    const StoredResponse *const response = resource.responses().find(call.item);
    if (!response)
        return notFound(call.item);
    if (call.query("stream") == "true")
        return replay(*response, call);
    return jsonAnswer(response->at(call.now));
}

SimulatedAnswer deleteResponse(const Call &call, SimulatedResource &resource) {
    if (!resource.responses().remove(call.item))
        return notFound(call.item);
    return jsonAnswer(
        {{u"id"_s, call.item}, {u"object"_s, u"response.deleted"_s}, {u"deleted"_s, true}});
}

SimulatedAnswer cancelResponse(const Call &call, SimulatedResource &resource) {
    StoredResponse *const response = resource.responses().find(call.item);
    if (!response)
        return notFound(call.item);
    if (!response->background)
        return modelError(400, u"Cannot cancel a synchronous response."_s, {}, {});
    // What has ended stays as it is; cancelling twice is cancelling once.
    response->cancelled = !response->hasEnded(call.now) || response->cancelled;
    return jsonAnswer(response->at(call.now));
}

SimulatedAnswer listInputItems(const Call &call, SimulatedResource &resource) {
    const StoredResponse *const response = resource.responses().find(call.item);
    return response ? pagedList(response->input, PageOrder::NewestFirst, call)
                    : notFound(call.item);
}

} // namespace quaygate::simulator
