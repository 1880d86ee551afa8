#include "ui/routes/status_list.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace quaygate {

QString writeStatuses(const QList<int> &statuses) {
    QStringList words;
    for (const int status : statuses)
        words.append(QString::number(status));
    return words.join(u", "_s);
}

std::optional<QList<int>> readStatuses(const QString &text) {
    static const QRegularExpression between(uR"([\s,;]+)"_s);
    static const QRegularExpression status(uR"(\A[0-9]{1,4}\z)"_s);
    QList<int> statuses;
    for (const QString &word : text.split(between, Qt::SkipEmptyParts)) {
        if (!status.match(word).hasMatch())
            return std::nullopt;
        statuses.append(word.toInt());
    }
    return statuses;
}

} // namespace quaygate
