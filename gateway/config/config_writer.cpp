#include "gateway/config/config_json.h"
#include "gateway/config/writers.h"

namespace quaygate {

QByteArray writeConfig(const Config &config) {
    ObjectWriter object(0);
    object.addNumber(u"version", qint64(config.version));
    object.add(u"gateway", writeGateway(config.gateway, object.innerDepth()));
    object.add(u"backends", writeList(config.backends, object.innerDepth(), writeBackend));
    object.add(u"routes", writeList(config.routes, object.innerDepth(), writeRoute));
    if (!config.modelAliases.isEmpty())
        object.add(u"modelAliases", writeAliases(config.modelAliases, object.innerDepth()));
    if (!config.clientKeys.isEmpty())
        object.add(u"clientKeys",
                   writeList(config.clientKeys, object.innerDepth(), writeClientKey));
    if (!config.prices.isEmpty())
        object.add(u"prices", writePrices(config.prices, object.innerDepth()));
    if (config.desktop != DesktopSettings())
        object.add(u"desktop", writeDesktop(config.desktop, object.innerDepth()));
    object.addUnknown(config.unknown);
    return object.json() + '\n';
}

} // namespace quaygate
