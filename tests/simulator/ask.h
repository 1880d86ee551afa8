#pragma once

#include "gateway/simulator/answer.h"
#include "gateway/simulator/multipart_form.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <algorithm>

namespace quaygate::simulator::test {

inline constexpr auto chatPath = "/openai/deployments/chat/chat/completions?api-version=2024-10-21";
inline constexpr auto v1ChatPath = "/openai/v1/chat/completions";
inline constexpr auto embeddingsPath =
    "/openai/deployments/embed/embeddings?api-version=2024-10-21";

/// A resource with a key, and one deployment of each kind.
inline SimulatorSettings testSettings(QByteArray key = "right-key") {
    using namespace Qt::StringLiterals;
    SimulatorSettings settings;
    settings.key = Secret(std::move(key));
    settings.deployments = {{u"chat"_s, u"gpt-4.1-mini"_s, {}},
                            {u"o4"_s, u"o4-mini"_s, {}},
                            {u"one"_s, u"o1"_s, {}},
                            {u"five"_s, u"gpt-5-mini"_s, {}},
                            {u"embed"_s, u"text-embedding-3-small"_s, {}},
                            {u"ada"_s, u"text-embedding-ada-002"_s, {}},
                            {u"codex"_s, u"gpt-5-codex"_s, {}},
                            {u"turbo"_s, u"gpt-35-turbo"_s, {}},
                            {u"image"_s, u"gpt-image-1"_s, {}},
                            {u"dalle"_s, u"dall-e-3"_s, {}},
                            {u"whisper"_s, u"whisper"_s, {}},
                            {u"transcribe"_s, u"gpt-4o-transcribe"_s, {}},
                            {u"tts"_s, u"gpt-4o-mini-tts"_s, {}},
                            {u"claude"_s, u"claude-sonnet-4-5"_s, {}},
                            {u"instruct"_s, u"gpt-35-turbo-instruct"_s, {}}};
    return settings;
}

/// A resource and a clock, asked without a socket.
class Resource {
public:
    explicit Resource(const SimulatorSettings &settings = testSettings())
        : resource(SimulatedResource::make(settings, 7).value()) {}

    SimulatedAnswer ask(QByteArray method, QByteArray target, QByteArray body,
                        HeaderList headers = {{"api-key", "right-key"}}) {
        HttpRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.body = std::move(body);
        return answer(request, resource, now);
    }

    SimulatedAnswer post(QByteArray target, const QJsonObject &body, const HeaderList &extra = {}) {
        HeaderList headers{{"api-key", "right-key"}, {"x-simulator-pace", "0"}};
        for (const Header &header : extra)
            headers.append(header.name, header.value);
        return ask("POST", std::move(target), QJsonDocument(body).toJson(QJsonDocument::Compact),
                   std::move(headers));
    }

    /// A form; a field with a file name is a file.
    SimulatedAnswer form(QByteArray target, const QList<FormPart> &parts) {
        QByteArray body;
        for (const FormPart &part : parts) {
            body += "--limit\r\nContent-Disposition: form-data; name=\"" + part.name.toUtf8() + '"';
            if (!part.filename.isEmpty())
                body += "; filename=\"" + part.filename.toUtf8() +
                        "\"\r\nContent-Type: application/octet-stream";
            body += "\r\n\r\n" + part.bytes + "\r\n";
        }
        return ask("POST", std::move(target), body + "--limit--\r\n",
                   {{"api-key", "right-key"},
                    {"x-simulator-pace", "0"},
                    {"Content-Type", "multipart/form-data; boundary=limit"}});
    }

    SimulatedResource resource;
    Instant now = std::chrono::sys_days(std::chrono::year(2026) / 3 / 31);
};

inline QJsonObject object(const char *json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    Q_ASSERT(document.isObject());
    return document.object();
}

/// {"messages":[{"role":"user","content":…}]} and what `more` adds.
inline QJsonObject saying(const QString &text, const char *more = "{}") {
    QJsonObject body = object(more);
    body.insert(QStringLiteral("messages"),
                QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")},
                                       {QStringLiteral("content"), text}}});
    return body;
}

inline QJsonObject json(const SimulatedAnswer &answer) {
    return QJsonDocument::fromJson(answer.body()).object();
}

inline QJsonObject error(const SimulatedAnswer &answer) {
    return json(answer).value(u"error").toObject();
}

inline QJsonObject choice(const SimulatedAnswer &answer, qsizetype index = 0) {
    return json(answer).value(u"choices").toArray().at(index).toObject();
}

inline QString text(const SimulatedAnswer &answer) {
    return choice(answer).value(u"message")[u"content"].toString();
}

/// The data of each named event; each has the event's type.
inline QList<QJsonObject> events(const SimulatedAnswer &answer) {
    QList<QJsonObject> list;
    for (const SimulatedAnswer::Piece &piece : answer.pieces) {
        const qsizetype data = piece.bytes.indexOf("\ndata: ");
        if (!piece.bytes.startsWith("event: ") || data < 0 || !piece.bytes.endsWith("\n\n"))
            return {};
        const QJsonObject event = QJsonDocument::fromJson(piece.bytes.sliced(data + 7)).object();
        if (event.value(u"type").toString().toUtf8() != piece.bytes.sliced(7, data - 7))
            return {};
        list.append(event);
    }
    return list;
}

inline QStringList types(const QList<QJsonObject> &events) {
    QStringList list;
    for (const QJsonObject &event : events)
        list.append(event.value(u"type").toString());
    return list;
}

/// The same without repetitions in a row.
inline QStringList order(const SimulatedAnswer &answer) {
    QStringList list = types(events(answer));
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

/// The data of each event; `[DONE]` is an empty object.
inline QList<QJsonObject> chunks(const SimulatedAnswer &answer) {
    QList<QJsonObject> list;
    for (const SimulatedAnswer::Piece &piece : answer.pieces) {
        if (piece.bytes.startsWith("data: ") && piece.bytes.endsWith("\n\n"))
            list.append(QJsonDocument::fromJson(piece.bytes.sliced(6)).object());
    }
    return list;
}

inline QByteArray header(const SimulatedAnswer &answer, QByteArrayView name) {
    return answer.headers.value(name).value_or(QByteArray("(none)"));
}

} // namespace quaygate::simulator::test
