#include "app/launch_wish.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate {

bool startsGateway(const LaunchWish &wish, const Config &config) {
    return wish.startGateway || (config.desktop.startGateway && !config.routes.isEmpty());
}

QByteArray wishToLine(const LaunchWish &wish) {
    return QJsonDocument(QJsonObject{{u"playground"_s, wish.playground},
                                     {u"startGateway"_s, wish.startGateway},
                                     {u"background"_s, wish.background},
                                     {u"token"_s, QString::fromLatin1(wish.activationToken)}})
        .toJson(QJsonDocument::Compact);
}

Result<LaunchWish> wishFromLine(const QByteArray &line) {
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return Error{ErrorCode::BadRequest, u"That is no wish of a second start."_s, {}};
    const QJsonObject object = document.object();
    return LaunchWish{
        object.value("playground"_L1).toBool(), object.value("startGateway"_L1).toBool(),
        object.value("background"_L1).toBool(), object.value("token"_L1).toString().toLatin1()};
}

} // namespace quaygate
