#pragma once

#include "gateway/config/rules.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

/// The whole configuration as plain values. What the JSON file holds, the forms edit and the
/// gateway serves is one `Config`; everybody shares it as an immutable snapshot.
namespace quaygate {

/// Where a secret is found; the secret itself never stands in a Config.
struct SecretReference {
    enum class Kind {
        Keychain,    ///< the secret `name` of the keychain (or of the session store, if put there)
        Environment, ///< the environment variable `name`
    };

    Kind kind = Kind::Keychain;
    QString name;
    QList<UnknownMember> unknown;

    bool operator==(const SecretReference &) const = default;
};

/// How a backend's requests are signed. A member that the kind has no use for is kept.
struct Auth {
    enum class Kind {
        Keychain,             ///< a key: as in SecretReference
        Environment,          ///< a key: as in SecretReference
        None,                 ///< no key at all; loopback endpoints only
        EntraClientSecret,    ///< a token of Entra ID, for an app registration
        EntraManagedIdentity, ///< a token of the machine's own identity
        AzureCli,             ///< a token of whoever ran `az login`
        Passthrough,          ///< what the client itself sends
    };

    Kind kind = Kind::Keychain;
    QString name; ///< Keychain, Environment
    QList<UnknownMember> unknown;
    QString header = {};         ///< the header that a key goes in; empty: api-key
    QString tenantId = {};       ///< EntraClientSecret
    QString clientId = {};       ///< EntraClientSecret; EntraManagedIdentity: if user-assigned
    SecretReference secret = {}; ///< EntraClientSecret: the client secret
    QString authority = {};      ///< EntraClientSecret: a URL; empty: that of the endpoint's cloud
    QString scope = {};          ///< of a token; empty: as the endpoint wants it
    QString endpoint = {};       ///< EntraManagedIdentity: a URL; empty: the machine's own
    QString tenant = {};         ///< AzureCli; empty: the one logged in to

    bool operator==(const Auth &) const = default;
};

/// A request header that every request to a backend gets; no credential.
struct BackendHeader {
    QString name;
    QString value;

    bool operator==(const BackendHeader &) const = default;
};

/// Whose API a backend speaks.
enum class Provider {
    AzureOpenAi,
    Anthropic, ///< Claude on Foundry
};

/// How long each phase of a call upstream may take; 0: as long as it likes.
struct BackendTimeouts {
    std::chrono::milliseconds connect{10'000};    ///< resolving, connecting and TLS together
    std::chrono::milliseconds firstByte{600'000}; ///< from the request sent to the first byte
    std::chrono::milliseconds idle{300'000};      ///< between two bytes of the answer
    std::chrono::milliseconds total{0};
    QList<UnknownMember> unknown;

    bool operator==(const BackendTimeouts &) const = default;
};

/// Whom a TLS connection trusts, beside the system's authorities.
struct BackendTls {
    QString caFile;                             ///< PEM; empty: none
    QString minVersion = QStringLiteral("1.2"); ///< "1.2" or "1.3"
    QList<UnknownMember> unknown;

    bool operator==(const BackendTls &) const = default;
};

/// One Azure deployment that can answer.
struct Backend {
    QString name;
    /// A host, or a URL with scheme, port and path prefix; `simulator:` means the built-in
    /// simulator.
    QString endpoint;
    QString deploymentName;
    /// Empty or "v1": the /openai/v1 family; "preview": the same with ?api-version=preview; a date
    /// (2025-01-01-preview): the deployments family.
    QString apiVersion;
    Provider provider = Provider::AzureOpenAi;
    Auth auth;
    QList<BackendHeader> headers;
    BackendTimeouts timeouts;
    BackendTls tls;
    bool http2 = false; ///< offered to the server; false: HTTP/1.1 only
    /// "http://host:port", "https://…", "socks5h://…"; empty: the system's proxy variables decide.
    QString proxy;
    int maxConnections = 0; ///< at once; 0: no limit
    QList<RateLimit> rateLimit = {};
    QList<UnknownMember> unknown = {};

    bool operator==(const Backend &) const = default;
};

/// A route's reference to a backend, by name.
struct RouteBackend {
    QString name;
    int weight = 1;   ///< its share among those of the same priority; 0 to 1,000
    int priority = 0; ///< lower numbers are asked first; 0 to 100
    QList<UnknownMember> unknown = {};

    bool operator==(const RouteBackend &) const = default;
};

/// A request header and its value, both whole.
struct HeaderMatch {
    QString name;
    QString value;

    bool operator==(const HeaderMatch &) const = default;
};

/// What a request must look like to take a route: all that is set must hold.
struct RouteMatch {
    /// Starts with '/', does not end with one; matched on whole segments. Where the operation's
    /// path begins.
    QString pathPrefix;
    QString path = {}; ///< below the prefix, exactly; empty: any
    QList<HeaderMatch> headers = {};
    QStringList models = {}; ///< as the request names them, one `*` in each; empty: any
    QList<UnknownMember> unknown = {};

    bool operator==(const RouteMatch &) const = default;
};

/// A model that clients may ask for under another name.
struct ModelAlias {
    QString name;   ///< what clients say; one `*` in it stands for any text
    QString target; ///< a backend, by its name or by that of its deployment

    bool operator==(const ModelAlias &) const = default;
};

/// Which requests go to which backends.
struct Route {
    QString name;
    RouteMatch match;
    QList<RouteBackend> backends;
    QList<ModelAlias> modelAliases = {}; ///< these count before those of the Config
    bool strictOpenAI = false; ///< answers of chat completions without what Azure adds to them
    std::optional<Retry> retry = {}; ///< nothing: each backend once, without waiting
    Cooldown cooldown = {};
    RouteTimeouts timeouts = {};
    Rules rules = {};
    QList<UnknownMember> unknown = {};

    bool operator==(const Route &) const = default;
};

/// What a client of the gateway may cost. Sizes in bytes.
struct GatewayLimits {
    int headerBytes = 64 * 1024;                  ///< request line and headers; more is 431
    int targetBytes = 16 * 1024;                  ///< more is 414
    int bodyBytes = 64 * 1024 * 1024;             ///< more is 413
    int connections = 1024;                       ///< more is 503
    int inFlight = 512;                           ///< requests at once; more is 503
    std::chrono::milliseconds headerTime{15'000}; ///< for the whole head; then 408
    std::chrono::milliseconds bodyStall{30'000};  ///< without a byte of the body; then 408
    std::chrono::milliseconds keepAlive{75'000};  ///< idle between requests
    std::chrono::milliseconds writeStall{30'000}; ///< without the client taking a byte
    QList<UnknownMember> unknown;

    bool operator==(const GatewayLimits &) const = default;
};

/// Where the gateway listens. Port 0 means any free one.
struct GatewaySettings {
    static constexpr int maxWorkers = 64;

    /// Whether requests must carry a client key. An address beyond loopback means Required.
    enum class ClientKeys {
        Off,
        Optional, ///< a request without one is served, one with a wrong one ("qg-…") is not
        Required,
    };

    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 8080;
    int workers = 0; ///< threads that serve; 0: half of what the machine has, at least one
    GatewayLimits limits;
    ClientKeys clientKeys = ClientKeys::Off;
    Cors cors = {};
    bool metrics = false; ///< whether GET /metrics answers
    TrafficSettings traffic = {};
    std::optional<Budget> budget = {}; ///< of all requests together
    QList<UnknownMember> unknown;

    bool operator==(const GatewaySettings &) const = default;
};

/// How the program with the window behaves in the person's session; `quaygate serve` does not care.
struct DesktopSettings {
    bool startGateway = true; ///< when the program starts and there is a route
    bool keepInTray =
        false; ///< closing the window leaves the program in the tray, where there is one
    bool notifications = true; ///< of what a person should know while the window is not in front
    QList<UnknownMember> unknown = {};

    bool operator==(const DesktopSettings &) const = default;
};

struct Config {
    /// The newest layout of the file that this program reads and writes.
    static constexpr int currentVersion = 1;

    int version = currentVersion;
    GatewaySettings gateway;
    QList<Backend> backends;
    QList<Route> routes;
    QList<ModelAlias> modelAliases;
    QList<ClientKey> clientKeys;
    QList<ModelPrice> prices; ///< count before those that Quaygate brings
    DesktopSettings desktop;
    QList<UnknownMember> unknown;

    /// The backend of that name, or null. Valid as long as this Config is unchanged.
    const Backend *findBackend(const QString &name) const;
    const Route *findRoute(const QString &name) const;

    bool operator==(const Config &) const = default;
};

/// The whole configuration at one moment, immutable, shared by pointer between threads.
using Snapshot = std::shared_ptr<const Config>;

/// The endpoint that stands for the built-in simulator.
inline constexpr QLatin1StringView simulatorEndpoint{"simulator:"};

/// True if the backend is the built-in simulator.
bool isSimulator(const Backend &backend);

} // namespace quaygate
