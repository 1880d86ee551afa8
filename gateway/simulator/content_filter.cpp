#include "gateway/simulator/content_filter.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

QJsonObject severity(const QString &level) {
    return {{u"filtered"_s, level != u"safe"}, {u"severity"_s, level}};
}

QJsonObject notDetected() {
    return {{u"filtered"_s, false}, {u"detected"_s, false}};
}

QJsonObject harms(const QString &hate) {
    return {{u"hate"_s, severity(hate)},
            {u"self_harm"_s, severity(u"safe"_s)},
            {u"sexual"_s, severity(u"safe"_s)},
            {u"violence"_s, severity(u"safe"_s)}};
}

QJsonObject completionResults(const QString &hate) {
    QJsonObject results = harms(hate);
    results[u"protected_material_code"] = notDetected();
    results[u"protected_material_text"] = notDetected();
    return results;
}

QJsonObject promptResults(const QString &hate) {
    QJsonObject results = harms(hate);
    results[u"jailbreak"] = notDetected();
    return results;
}

} // namespace

QJsonObject cleanPromptResults() {
    return promptResults(u"safe"_s);
}

QJsonObject cleanCompletionResults() {
    return completionResults(u"safe"_s);
}

QJsonObject filteredCompletionResults() {
    return completionResults(u"high"_s);
}

QJsonArray promptFilterResults() {
    return {
        QJsonObject{{u"prompt_index"_s, 0}, {u"content_filter_results"_s, cleanPromptResults()}}};
}

SimulatedAnswer promptFiltered() {
    const QJsonObject inner{{u"code"_s, u"ResponsibleAIPolicyViolation"_s},
                            {u"content_filter_result"_s, promptResults(u"high"_s)}};
    const QJsonObject error{
        {u"message"_s,
         u"The response was filtered due to the prompt triggering Azure OpenAI's content "
         u"management "
         "policy. Please modify your prompt and retry. To learn more about our content filtering "
         "policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766"_s},
        {u"type"_s, QJsonValue()},
        {u"param"_s, u"prompt"_s},
        {u"code"_s, u"content_filter"_s},
        {u"status"_s, 400},
        {u"innererror"_s, inner}};
    SimulatedAnswer answer;
    answer.status = 400;
    answer.headers.append("Content-Type"_ba, "application/json"_ba);
    answer.pieces.push_back(
        {QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact), {}});
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

} // namespace quaygate::simulator
