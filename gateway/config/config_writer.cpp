#include "gateway/config/config_json.h"
#include "gateway/json/json_text.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The members of an object being written, each as JSON indented for `depth`.
class ObjectWriter {
public:
    explicit ObjectWriter(int depth) : m_depth(depth) {}

    int innerDepth() const { return m_depth + 1; }

    void add(QStringView key, const QByteArray &json) {
        m_members.append({json::quote(key), json});
    }
    void addText(QStringView key, const QString &text) { add(key, json::quote(text)); }
    void addTextUnlessEmpty(QStringView key, const QString &text) {
        if (!text.isEmpty())
            addText(key, text);
    }
    void addUnknown(const QList<UnknownMember> &unknown) {
        for (const UnknownMember &member : unknown)
            add(member.key, member.json);
    }

    QByteArray json() const {
        if (m_members.isEmpty())
            return "{}"_ba;
        QByteArrayList lines;
        for (const Member &member : m_members)
            lines.append(QByteArray(2 * innerDepth(), ' ') + member.key + ": " + member.json);
        return "{\n" + lines.join(",\n") + '\n' + QByteArray(2 * m_depth, ' ') + '}';
    }

private:
    struct Member {
        QByteArray key;
        QByteArray json;
    };

    int m_depth;
    QList<Member> m_members;
};

template<typename T>
QByteArray writeList(const QList<T> &list, int depth, QByteArray (*writeOne)(const T &, int)) {
    if (list.isEmpty())
        return "[]"_ba;
    QByteArrayList lines;
    for (const T &item : list)
        lines.append(QByteArray(2 * (depth + 1), ' ') + writeOne(item, depth + 1));
    return "[\n" + lines.join(",\n") + '\n' + QByteArray(2 * depth, ' ') + ']';
}

QString kindName(Auth::Kind kind) {
    switch (kind) {
    case Auth::Kind::Keychain:
        return u"keychain"_s;
    case Auth::Kind::Environment:
        return u"env"_s;
    case Auth::Kind::None:
        break;
    }
    return u"none"_s;
}

QByteArray writeGateway(const GatewaySettings &gateway, int depth) {
    ObjectWriter object(depth);
    object.addText(u"address", gateway.address);
    object.add(u"port", QByteArray::number(gateway.port));
    object.addUnknown(gateway.unknown);
    return object.json();
}

QByteArray writeAuth(const Auth &auth, int depth) {
    ObjectWriter object(depth);
    object.addText(u"kind", kindName(auth.kind));
    object.addTextUnlessEmpty(u"name", auth.name);
    object.addUnknown(auth.unknown);
    return object.json();
}

QByteArray writeBackend(const Backend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    object.addText(u"endpoint", backend.endpoint);
    object.addTextUnlessEmpty(u"deploymentName", backend.deploymentName);
    object.addTextUnlessEmpty(u"apiVersion", backend.apiVersion);
    object.add(u"auth", writeAuth(backend.auth, object.innerDepth()));
    object.addUnknown(backend.unknown);
    return object.json();
}

QByteArray writeMatch(const RouteMatch &match, int depth) {
    ObjectWriter object(depth);
    object.addText(u"pathPrefix", match.pathPrefix);
    object.addUnknown(match.unknown);
    return object.json();
}

QByteArray writeRouteBackend(const RouteBackend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    object.addUnknown(backend.unknown);
    return object.json();
}

QByteArray writeRoute(const Route &route, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", route.name);
    object.add(u"match", writeMatch(route.match, object.innerDepth()));
    object.add(u"backends", writeList(route.backends, object.innerDepth(), writeRouteBackend));
    object.addUnknown(route.unknown);
    return object.json();
}

} // namespace

QByteArray writeConfig(const Config &config) {
    ObjectWriter object(0);
    object.add(u"version", QByteArray::number(config.version));
    object.add(u"gateway", writeGateway(config.gateway, object.innerDepth()));
    object.add(u"backends", writeList(config.backends, object.innerDepth(), writeBackend));
    object.add(u"routes", writeList(config.routes, object.innerDepth(), writeRoute));
    object.addUnknown(config.unknown);
    return object.json() + '\n';
}

} // namespace quaygate
