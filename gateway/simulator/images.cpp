#include "gateway/simulator/images.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/content_filter.h"
#include "gateway/simulator/image_request.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/png_picture.h"
#include "gateway/simulator/sse_event.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int largestSide = 2048;
constexpr int tokensOfASource = 194;
constexpr int tokensOfAPartial = 100;

/// What all pictures of a request are made from; `index` tells them apart.
QByteArray seedOf(const ImageRequest &request, int index) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(request.prompt.toUtf8());
    for (const QByteArray &source : request.sources)
        hash.addData(source);
    hash.addData(QByteArray::number(index));
    return hash.result().toHex().first(16);
}

QString pictureOf(const ImageRequest &request, const QByteArray &seed) {
    return QString::fromLatin1(pngPicture(request.width, request.height, seed).toBase64());
}

QString sizeOf(const ImageRequest &request) {
    return u"%1x%2"_s.arg(request.width).arg(request.height);
}

/// As the service counts them: by quality, half as much again if it is no square.
int tokensOfAPicture(const ImageRequest &request) {
    const int square = request.quality == u"low" ? 272 : request.quality == u"medium" ? 1056 : 4160;
    return request.width == request.height ? square : square * 3 / 2;
}

QJsonObject usageJson(const ImageRequest &request, int pictures, int partials) {
    const int text = estimateTokens(request.prompt);
    const int images = static_cast<int>(request.sources.size()) * tokensOfASource;
    const int output = pictures * tokensOfAPicture(request) + partials * tokensOfAPartial;
    return {{u"input_tokens"_s, text + images},
            {u"output_tokens"_s, output},
            {u"total_tokens"_s, text + images + output},
            {u"input_tokens_details"_s,
             QJsonObject{{u"text_tokens"_s, text}, {u"image_tokens"_s, images}}}};
}

/// What an answer says about its pictures.
QJsonObject describedBy(const ImageRequest &request) {
    return {
        {u"background"_s, request.background == u"transparent" ? request.background : u"opaque"_s},
        {u"output_format"_s, u"png"_s},
        {u"quality"_s, request.quality == u"auto" ? u"high"_s : request.quality},
        {u"size"_s, sizeOf(request)}};
}

QString urlOf(const ImageRequest &request, const QByteArray &seed, const Call &call) {
    const QByteArray host = call.request->headers.value("Host").value_or("localhost"_ba);
    return u"http://%1/simulator/images/%2-%3.png"_s.arg(QString::fromLatin1(host), sizeOf(request),
                                                         QString::fromLatin1(seed));
}

QJsonObject item(const ImageRequest &request, int index, const Call &call) {
    const QByteArray seed = seedOf(request, index);
    QJsonObject json;
    if (request.asUrl)
        json[u"url"] = urlOf(request, seed, call);
    else
        json[u"b64_json"] = pictureOf(request, seed);
    if (request.dalle) {
        json[u"revised_prompt"] = request.prompt;
        json[u"content_filter_results"] = cleanCompletionResults();
        json[u"prompt_filter_results"] = cleanPromptResults();
    }
    return json;
}

SimulatedAnswer whole(const ImageRequest &request, const Call &call) {
    QJsonArray data;
    for (int i = 0; i < request.n; ++i)
        data.append(item(request, i, call));
    QJsonObject body{{u"created"_s, call.seconds()}, {u"data"_s, data}};
    if (!request.dalle) {
        body[u"usage"] = usageJson(request, request.n, 0);
        const QJsonObject described = describedBy(request);
        for (auto each = described.begin(); each != described.end(); ++each)
            body[each.key()] = each.value();
    }
    return jsonAnswer(body);
}

/// `kind` begins the types of the events: "image_generation", "image_edit".
SimulatedAnswer streamed(const ImageRequest &request, const Call &call, const QString &kind) {
    std::vector<SimulatedAnswer::Piece> events;
    const auto send = [&](const QString &type, QJsonObject event) {
        event[u"type"] = type;
        event[u"created_at"] = call.seconds();
        events.push_back({namedEvent(type, event), call.tokenInterval});
    };
    QJsonObject picture = describedBy(request);
    for (int i = 0; i < request.partialImages; ++i) {
        picture[u"b64_json"] = pictureOf(request, seedOf(request, i + 1));
        picture[u"partial_image_index"] = i;
        send(kind + u".partial_image"_s, picture);
    }
    picture.remove(u"partial_image_index"_s);
    picture[u"b64_json"] = pictureOf(request, seedOf(request, 0));
    picture[u"usage"] = usageJson(request, 1, request.partialImages);
    send(kind + u".completed"_s, picture);
    return eventStream(std::move(events));
}

SimulatedAnswer filtered() {
    const QJsonObject inner{{u"code"_s, u"ResponsibleAIPolicyViolation"_s},
                            {u"content_filter_results"_s, filteredCompletionResults()}};
    SimulatedAnswer answer = jsonAnswer(
        {{u"error"_s, QJsonObject{{u"code"_s, u"content_filter"_s},
                                  {u"message"_s, u"Your task failed as a result of our safety "
                                                 "system."_s},
                                  {u"inner_error"_s, inner}}}});
    answer.status = 400;
    return answer;
}

SimulatedAnswer answerImages(const Call &call, const QString &kind) {
    const auto reading = readImageRequest(call);
    if (const auto *const refusal = std::get_if<SimulatedAnswer>(&reading))
        return *refusal;
    const ImageRequest &request = std::get<ImageRequest>(reading);
    if (request.prompt.contains(promptTrigger, Qt::CaseInsensitive))
        return filtered();
    SimulatedAnswer answer = request.stream ? streamed(request, call, kind) : whole(request, call);
    answer.tokens = request.dalle ? 0 : usageJson(request, request.n, 0)[u"total_tokens"].toInt();
    return answer;
}

} // namespace

SimulatedAnswer generateImages(const Call &call, SimulatedResource &) {
    return answerImages(call, u"image_generation"_s);
}

SimulatedAnswer editImages(const Call &call, SimulatedResource &) {
    return answerImages(call, u"image_edit"_s);
}

SimulatedAnswer showImage(const Call &call, SimulatedResource &) {
    // "1024x1024-0123456789abcdef.png"
    const QString name = call.item.section(u'.', 0, 0);
    const QString size = name.section(u'-', 0, 0);
    const int width = size.section(u'x', 0, 0).toInt();
    const int height = size.section(u'x', 1).toInt();
    if (width < 1 || height < 1 || width > largestSide || height > largestSide)
        return resourceNotFound();
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, "image/png"_ba);
    answer.pieces.push_back({pngPicture(width, height, name.section(u'-', 1).toLatin1()), {}});
    return answer;
}

} // namespace quaygate::simulator
