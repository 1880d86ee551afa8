#include "gateway/simulator/chat_text.h"

#include "gateway/dialects/token_estimate.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qsizetype longestQuote = 600;

QString quoted(const QString &text) {
    QString cut = text.left(longestQuote).trimmed();
    if (text.size() > longestQuote)
        cut += u" …"_s;
    return u"> "_s + cut.replace(u'\n', u"\n> "_s);
}

QString code(const QString &text) {
    return u'`' + text + u'`';
}

QString familyName(Family family) {
    switch (family) {
    case Family::Resource:
        return u"the `/openai` family"_s;
    case Family::V1:
        return u"the `/openai/v1` family"_s;
    case Family::Anthropic:
        return u"the `/anthropic/v1` family"_s;
    case Family::Deployment:
    case Family::Root:
        break;
    }
    return u"the deployments family"_s;
}

QString greeting(const Call &call) {
    const Deployment &deployment = *call.deployment;
    const QString version = QString::fromUtf8(call.version.text());
    QString way = familyName(call.family);
    if (!version.isEmpty())
        way += u" with api-version "_s + code(version);
    return u"**Hello from the simulator.** This is deployment %1 with model %2, reached over %3."_s
        .arg(code(deployment.name), code(deployment.model.snapshot), way);
}

QString counted(qsizetype count, const QString &one) {
    return u"%1 %2%3"_s.arg(count).arg(one, count == 1 ? u""_s : u"s"_s);
}

QString conversation(const ChatRequest &request) {
    QString text = u"I received "_s + counted(request.messages.size(), u"message"_s);
    if (request.lastOf(u"system") || request.lastOf(u"developer"))
        text += u", instructions among them"_s;
    const ChatMessage *const last = request.lastOf(u"user");
    if (!last)
        return text + u", none of them from a user."_s;
    if (last->images > 0)
        text += u", with "_s + counted(last->images, u"image"_s);
    if (last->text.trimmed().isEmpty())
        return text + u"; the last one from you has no text."_s;
    return text + u". The last one from you says:\n\n"_s + quoted(last->text);
}

QString valueText(const QJsonValue &value) {
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    const QString text = QString::fromUtf8(list.sliced(1, list.size() - 2));
    return text.size() > 80 ? text.left(80) + u"…"_s : text;
}

QString parameters(const ChatRequest &request) {
    QStringList list;
    for (auto each = request.parameters.begin(); each != request.parameters.end(); ++each)
        list.append(u"- "_s + code(each.key()) + u": "_s + code(valueText(each.value())));
    if (!request.tools.isEmpty())
        list.append(u"- "_s + counted(request.tools.size(), u"tool"_s) + u" on offer"_s);
    return list.isEmpty() ? u"You set no parameters."_s
                          : u"The parameters you set:\n\n"_s + list.join(u'\n');
}

/// What the tools answered, when that is what the conversation ends with.
QString toolResults(const ChatRequest &request) {
    QStringList names;
    QStringList results;
    for (qsizetype i = request.messages.size() - 1; i >= 0; --i) {
        const ChatMessage &message = request.messages[i];
        if (message.role != u"tool") {
            names = message.toolNames;
            break;
        }
        results.prepend(quoted(message.text));
    }
    QString text = results.size() == 1 ? u"The tool "_s : u"The tools "_s;
    for (QString &name : names)
        name = code(name);
    return text + names.join(u", "_s) + u" answered:\n\n"_s + results.join(u"\n\n"_s);
}

} // namespace

QString describeRequest(const ChatRequest &request, const Call &call) {
    const bool afterTools = request.messages.last().role == u"tool";
    const QStringList paragraphs{
        greeting(call), afterTools ? toolResults(request) : conversation(request),
        parameters(request), u"Nothing has left this machine, and nothing was billed."_s};
    return paragraphs.join(u"\n\n"_s);
}

QString lengthened(QString text, int tokens) {
    int count = estimateTokens(text);
    for (int sentence = 1; count < tokens; ++sentence) {
        const QString more = u" Sentence %1 of a long answer."_s.arg(sentence);
        text += more;
        count += estimateTokens(more);
    }
    return text;
}

} // namespace quaygate::simulator
