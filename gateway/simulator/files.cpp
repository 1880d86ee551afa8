#include "gateway/simulator/files.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/form_parameters.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/paged_list.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

const std::array fileParameters{
    // "expires_after[seconds]" and "expires_after[anchor]", which are read on their own.
    Parameter{"expires_after"},
    Parameter{"file"},
    Parameter{"purpose", Type::String},
};

const QStringList purposes{u"assistants"_s, u"batch"_s,     u"evals"_s,
                           u"fine-tune"_s,  u"user_data"_s, u"vision"_s};

SimulatedAnswer notFound() {
    return gatewayError(404, u"notFound"_s, u"The requested file was not found."_s);
}

Refusal checkUpload(const MultipartForm &form) {
    const QJsonObject parameters = parametersOf(form, fileParameters);
    if (Refusal refusal = checkParameters(parameters, fileParameters))
        return refusal;
    const FormPart *const file = form.find(u"file");
    if (!file || file->filename.isEmpty())
        return missingParameter(u"file"_s);
    const QString purpose = parameters[u"purpose"].toString();
    if (purpose.isEmpty())
        return missingParameter(u"purpose"_s);
    if (!purposes.contains(purpose))
        return invalidValue(u"purpose"_s, purpose, purposes);
    const bool lines = file->filename.endsWith(u".jsonl", Qt::CaseInsensitive);
    if (purpose == u"batch" && !lines)
        return modelError(400,
                          u"Invalid file format for Batch API. Must be .jsonl, but got '%1'."_s.arg(
                              file->filename),
                          u"file"_s, u"invalidFileFormat"_s);
    return file->bytes.isEmpty()
               ? Refusal(modelError(400, u"The file is empty."_s, u"file"_s, u"emptyFile"_s))
               : std::nullopt;
}

} // namespace

SimulatedAnswer uploadFile(const Call &call, SimulatedResource &resource) {
    if (Refusal refusal = checkUpload(call.form))
        return *refusal;
    const FormPart &part = *call.form.find(u"file");
    StoredFile file;
    file.id = u"file-"_s + resource.letters(24);
    file.name = part.filename;
    file.purpose = call.form.text(u"purpose");
    file.bytes = part.bytes;
    file.created = call.seconds();
    if (const qint64 seconds = call.form.text(u"expires_after[seconds]").toLongLong(); seconds > 0)
        file.expires = file.created + seconds;
    const QJsonObject json = file.json();
    if (!resource.files().add(std::move(file)))
        return gatewayError(400, u"quotaExceeded"_s,
                            u"The simulator keeps at most %1 files with %2 bytes. Delete some and "
                            "try again."_s.arg(FileStore::mostFiles)
                                .arg(FileStore::mostBytes));
    return jsonAnswer(json);
}

SimulatedAnswer listFiles(const Call &call, SimulatedResource &resource) {
    const QString purpose = QString::fromUtf8(call.query("purpose"));
    return pagedList(resource.files().list(purpose), PageOrder::NewestFirst, call);
}

SimulatedAnswer showFile(const Call &call, SimulatedResource &resource) {
    const StoredFile *const file = resource.files().find(call.item);
    return file ? jsonAnswer(file->json()) : notFound();
}

SimulatedAnswer readFile(const Call &call, SimulatedResource &resource) {
    const StoredFile *const file = resource.files().find(call.item);
    if (!file)
        return notFound();
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, "application/octet-stream"_ba);
    answer.headers.append("Content-Disposition"_ba, "attachment"_ba);
    answer.pieces.push_back({file->bytes, {}});
    return answer;
}

SimulatedAnswer deleteFile(const Call &call, SimulatedResource &resource) {
    if (!resource.files().remove(call.item))
        return notFound();
    return jsonAnswer({{u"object"_s, u"file"_s}, {u"id"_s, call.item}, {u"deleted"_s, true}});
}

} // namespace quaygate::simulator
