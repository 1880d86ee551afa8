#include "gateway/simulator/tool_calls.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/schema_example.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr qsizetype mostCalls = 4;
constexpr qsizetype shortestWord = 4;

/// "get_current_weather", "getCurrentWeather" → "current", "weather".
QStringList wordsOf(QString name) {
    static const QRegularExpression camel(u"([a-z])([A-Z])"_s);
    static const QRegularExpression separators(u"[^A-Za-z0-9]+"_s);
    QStringList words;
    for (const QString &word : name.replace(camel, u"\\1 \\2"_s).split(separators)) {
        if (word.size() >= shortestWord)
            words.append(word);
    }
    return words;
}

bool isMeant(const ChatTool &tool, const QString &said) {
    for (const QString &word : wordsOf(tool.name)) {
        if (said.contains(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QList<ChatTool> chosenTools(const ChatRequest &request, const QString &said) {
    QList<ChatTool> chosen;
    for (const ChatTool &tool : request.tools) {
        const bool wanted = request.toolChoice == ChatRequest::ToolChoice::Named
                                ? tool.name == request.namedTool
                                : isMeant(tool, said);
        if (wanted)
            chosen.append(tool);
    }
    if (chosen.isEmpty())
        chosen.append(request.tools.first());
    return chosen.first(request.parallelToolCalls ? std::min(chosen.size(), mostCalls) : 1);
}

QString argumentsFor(const ChatTool &tool, const QString &said) {
    if (tool.custom)
        return said;
    const QJsonObject arguments = exampleFor(tool.parameters, said).toObject();
    return QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact));
}

} // namespace

bool wantsTools(const ChatRequest &request) {
    if (request.tools.isEmpty() || request.toolChoice == ChatRequest::ToolChoice::None)
        return false;
    return request.messages.last().role == u"user";
}

QList<ToolCall> callTools(const ChatRequest &request, SimulatedResource &resource) {
    const QString said = request.messages.last().text;
    QList<ToolCall> calls;
    for (const ChatTool &tool : chosenTools(request, said)) {
        calls.append({u"call_"_s + resource.letters(24), tool.name,
                      tokenPieces(argumentsFor(tool, said)), tool.custom});
    }
    return calls;
}

} // namespace quaygate::simulator
