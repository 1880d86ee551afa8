#include "gateway/secrets/secret_index.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::secret_index {

namespace {

void sortOnce(QStringList &names) {
    names.removeDuplicates();
    names.sort();
}

Error damaged(const QString &detail) {
    return {
        ErrorCode::Internal,
        u"The keychain's entry \"%1\" is damaged, so the keys cannot be listed; they can still be "
        "used, and saving a key starts a new list."_s.arg(account()),
        detail};
}

} // namespace

QString account() {
    return u"quaygate: the names of the keys"_s;
}

Result<QStringList> parse(const Secret &entry) {
    QJsonParseError error;
    const QByteArray text = entry.reveal().toByteArray();
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return damaged(error.errorString());
    if (!document.isArray())
        return damaged(u"not a JSON array"_s);

    QStringList names;
    for (const QJsonValue &name : document.array()) {
        if (!name.isString())
            return damaged(u"an element is not a string"_s);
        names.append(name.toString());
    }
    sortOnce(names);
    return names;
}

Secret format(QStringList names) {
    sortOnce(names);
    return Secret(QJsonDocument(QJsonArray::fromStringList(names)).toJson(QJsonDocument::Compact));
}

} // namespace quaygate::secret_index
