#include "gateway/simulator/batches.h"

#include "gateway/simulator/answer.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/batch_lines.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/paged_list.h"
#include "gateway/simulator/parameter_check.h"

#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

/// A line costs so many times the interval between tokens.
constexpr int tokensOfALine = 20;

const std::array batchParameters{
    Parameter{"completion_window", Type::String},    Parameter{"endpoint", Type::String},
    Parameter{"input_file_id", Type::String},        Parameter{"metadata", Type::Object},
    Parameter{"output_expires_after", Type::Object},
};

const QStringList endpoints{u"/chat/completions"_s, u"/v1/chat/completions"_s, u"/embeddings"_s,
                            u"/v1/embeddings"_s,    u"/responses"_s,           u"/v1/responses"_s};

SimulatedAnswer notFound() {
    return gatewayError(404, u"notFound"_s, u"The requested batch was not found."_s);
}

Refusal check(const QJsonObject &body, SimulatedResource &resource) {
    if (Refusal refusal = checkParameters(body, batchParameters))
        return refusal;
    for (const char *needed : {"input_file_id", "endpoint", "completion_window"}) {
        if (body[QLatin1StringView(needed)].toString().isEmpty())
            return missingParameter(QLatin1StringView(needed));
    }
    if (!endpoints.contains(body[u"endpoint"].toString()))
        return invalidValue(u"endpoint"_s, body[u"endpoint"].toString(), endpoints);
    if (body[u"completion_window"] != u"24h"_s)
        return modelError(400,
                          u"Invalid value: '%1'. The only supported value is '24h'."_s.arg(
                              body[u"completion_window"].toString()),
                          u"completion_window"_s, u"invalid_value"_s);
    const StoredFile *const file = resource.files().find(body[u"input_file_id"].toString());
    if (!file)
        return modelError(400, u"The input file could not be found."_s, u"input_file_id"_s,
                          u"invalid_request"_s);
    if (file->purpose != u"batch")
        return modelError(
            400, u"Invalid file purpose: expected 'batch', but got '%1'."_s.arg(file->purpose),
            u"input_file_id"_s, u"invalid_request"_s);
    return std::nullopt;
}

/// The answer to one line, as the simulator would give it on v1.
SimulatedAnswer run(const BatchLine &line, const QString &endpoint, const Call &call,
                    SimulatedResource &resource) {
    if (line.body[u"stream"].toBool())
        return modelError(400, u"Streaming is not supported in a batch."_s, u"stream"_s,
                          u"unsupported_value"_s);
    const QString path = endpoint.startsWith(u"/v1/") ? endpoint : u"/v1"_s + endpoint;
    HttpRequest request;
    request.method = "POST"_ba;
    for (const QByteArray &segment : resource.pathPrefix())
        request.target += '/' + segment;
    request.target += "/openai" + path.toUtf8();
    request.body = QJsonDocument(line.body).toJson(QJsonDocument::Compact);
    return answerTrusted(request, resource, call.now);
}

QByteArray written(const BatchLine &line, const SimulatedAnswer &said,
                   SimulatedResource &resource) {
    const QJsonObject response{{u"status_code"_s, said.status},
                               {u"request_id"_s, QString::fromLatin1(resource.guid())},
                               {u"body"_s, QJsonDocument::fromJson(said.body()).object()}};
    const QJsonObject json{{u"id"_s, QString(u"batch_req_"_s + resource.letters(24))},
                           {u"custom_id"_s, line.customId},
                           {u"response"_s, response},
                           {u"error"_s, QJsonValue()}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

QJsonObject noRoom() {
    return {{u"code"_s, u"quotaExceeded"_s},
            {u"message"_s, u"There is no room for the output file. Delete some files."_s},
            {u"param"_s, QJsonValue()},
            {u"line"_s, QJsonValue()}};
}

void runAll(Batch &batch, const QByteArray &file, const Call &call, SimulatedResource &resource) {
    const BatchLines read = readBatchLines(file, batch.endpoint);
    batch.problems = read.problems;
    batch.total = static_cast<int>(read.lines.size());
    batch.due = call.now + call.tokenInterval * tokensOfALine * batch.total;
    if (!batch.problems.isEmpty())
        return;
    const qsizetype room = BatchStore::mostPendingBytes - resource.batches().pendingBytes();
    for (const BatchLine &line : read.lines) {
        const SimulatedAnswer said = run(line, batch.endpoint, call, resource);
        const bool good = said.status < 400;
        (good ? batch.output : batch.errors) += written(line, said, resource);
        batch.failed += good ? 0 : 1;
        if (batch.output.size() + batch.errors.size() > room) {
            batch.problems.append(noRoom());
            batch.output.clear();
            batch.errors.clear();
            return;
        }
    }
}

/// A file of what came out; empty if there is nothing, or no room for it.
QString keep(const QByteArray &bytes, const QString &name, Instant due,
             SimulatedResource &resource) {
    if (bytes.isEmpty())
        return {};
    StoredFile file;
    file.id = u"file-"_s + resource.letters(24);
    file.name = name;
    file.purpose = u"batch_output"_s;
    file.bytes = bytes;
    file.created = std::chrono::duration_cast<std::chrono::seconds>(due.time_since_epoch()).count();
    const QString id = file.id;
    return resource.files().add(std::move(file)) ? id : QString();
}

/// Makes the files of a batch that has completed.
void settle(Batch &batch, Instant now, SimulatedResource &resource) {
    if (batch.settled || batch.status(now) != u"completed")
        return;
    batch.settled = true;
    batch.outputFile = keep(batch.output, batch.id + u"_output.jsonl"_s, batch.due, resource);
    batch.errorFile = keep(batch.errors, batch.id + u"_error.jsonl"_s, batch.due, resource);
    if ((batch.outputFile.isEmpty() && !batch.output.isEmpty()) ||
        (batch.errorFile.isEmpty() && !batch.errors.isEmpty()))
        batch.problems.append(noRoom());
    batch.output.clear();
    batch.errors.clear();
}

QJsonObject shown(Batch &batch, Instant now, SimulatedResource &resource) {
    settle(batch, now, resource);
    return batch.json(now);
}

} // namespace

SimulatedAnswer createBatch(const Call &call, SimulatedResource &resource) {
    if (Refusal refusal = check(call.body, resource))
        return *refusal;
    Batch batch;
    batch.id = u"batch_"_s + resource.letters(24);
    batch.endpoint = call.body[u"endpoint"].toString();
    batch.inputFile = call.body[u"input_file_id"].toString();
    batch.window = call.body[u"completion_window"].toString();
    batch.metadata = call.body[u"metadata"].toObject();
    batch.created = call.now;
    runAll(batch, resource.files().find(batch.inputFile)->bytes, call, resource);

    QJsonObject json = batch.json(call.now);
    json[u"status"] = u"validating"_s;
    for (const char *later : {"in_progress_at", "finalizing_at", "completed_at", "failed_at"})
        json[QLatin1StringView(later)] = QJsonValue();
    json[u"errors"] = QJsonValue();
    resource.batches().add(std::move(batch));
    return jsonAnswer(json);
}

SimulatedAnswer listBatches(const Call &call, SimulatedResource &resource) {
    QJsonArray list;
    for (Batch &batch : resource.batches().all())
        list.append(shown(batch, call.now, resource));
    return pagedList(list, PageOrder::NewestFirst, call);
}

SimulatedAnswer showBatch(const Call &call, SimulatedResource &resource) {
    Batch *const batch = resource.batches().find(call.item);
    return batch ? jsonAnswer(shown(*batch, call.now, resource)) : notFound();
}

SimulatedAnswer cancelBatch(const Call &call, SimulatedResource &resource) {
    Batch *const batch = resource.batches().find(call.item);
    if (!batch)
        return notFound();
    const QString status = batch->status(call.now);
    if (status == u"completed" || status == u"failed")
        return modelError(400, u"Cannot cancel a batch with status '%1'."_s.arg(status), {},
                          u"invalid_request"_s);
    if (!batch->cancelled) {
        batch->cancelled = true;
        batch->due = call.now;
        batch->output.clear();
        batch->errors.clear();
    }
    return jsonAnswer(batch->json(call.now));
}

} // namespace quaygate::simulator
