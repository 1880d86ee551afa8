#include "gateway/simulator/simulated_resource.h"

#include <QCryptographicHash>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int requestsPerMinute = 120;
constexpr int tokensPerMinute = 120'000;
constexpr std::size_t rememberedFaults = 256;

Result<Deployment> makeDeployment(const SimulatedDeployment &settings) {
    Deployment deployment{settings.name,
                          modelNamed(settings.model),
                          {},
                          QuotaCounter(requestsPerMinute, tokensPerMinute)};
    if (settings.fault.isEmpty())
        return deployment;
    Result<Fault> fault = parseFault(settings.fault.toUtf8());
    if (!fault)
        return fault.error();
    deployment.quota = QuotaCounter(fault->number("requests", requestsPerMinute),
                                    fault->number("tokens", tokensPerMinute));
    // Two deployments with the same fault count their requests apart.
    fault.value().text.prepend(settings.name.toUtf8() + ": ");
    deployment.fault = fault.value();
    return deployment;
}

bool equalInConstantTime(const QByteArray &a, const QByteArray &b) {
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
        difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

QByteArray digest(QByteArrayView bytes) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(bytes);
    return hash.result();
}

} // namespace

SimulatedResource::SimulatedResource(const SimulatorSettings &settings, quint32 seed)
    : m_key(settings.key)
    , m_tokenInterval(settings.tokenInterval)
    , m_random(seed)
    , m_tokens(guid() + guid())
    , m_tokenLifetime(settings.tokenLifetime) {
    for (const QByteArray &segment : settings.pathPrefix.toUtf8().split('/')) {
        if (!segment.isEmpty())
            m_pathPrefix.append(segment);
    }
}

Result<SimulatedResource> SimulatedResource::make(const SimulatorSettings &settings, quint32 seed) {
    SimulatedResource resource(settings, seed);
    for (const SimulatedDeployment &each : settings.deployments) {
        Result<Deployment> deployment = makeDeployment(each);
        if (!deployment)
            return deployment.error();
        resource.m_deployments.push_back(std::move(deployment).value());
    }
    return resource;
}

Deployment *SimulatedResource::find(QStringView name) {
    const auto found =
        std::find_if(m_deployments.begin(), m_deployments.end(), [name](const Deployment &each) {
            return name.compare(each.name, Qt::CaseInsensitive) == 0;
        });
    return found == m_deployments.end() ? nullptr : &*found;
}

bool SimulatedResource::accepts(QByteArrayView key) const {
    // Digests have one length, so that not even the key's length shows in the time.
    return !hasKey() || equalInConstantTime(digest(key), digest(m_key.reveal()));
}

bool SimulatedResource::strikes(const Fault &fault) {
    auto found = std::find_if(m_strikes.begin(), m_strikes.end(),
                              [&](const auto &each) { return each.first == fault.text; });
    if (found == m_strikes.end()) {
        m_strikes.emplace_front(fault.text, 0);
        found = m_strikes.begin();
        if (m_strikes.size() > rememberedFaults)
            m_strikes.pop_back();
    }
    const qint64 request = ++found->second;
    const int first = fault.number("first", 0);
    const int every = fault.number("every", 0);
    return (first == 0 || request <= first) && (every == 0 || request % every == 0);
}

QByteArray SimulatedResource::guid() {
    std::array<quint32, 4> bits;
    m_random.fillRange(bits.data(), static_cast<qsizetype>(bits.size()));
    bits[1] = (bits[1] & 0xffff0fffU) | 0x00004000U; // version 4: random
    bits[2] = (bits[2] & 0x3fffffffU) | 0x80000000U; // the variant of RFC 4122
    const auto byte = [&](int word, int shift) { return static_cast<uchar>(bits[word] >> shift); };
    const QUuid uuid(bits[0], static_cast<ushort>(bits[1] >> 16),
                     static_cast<ushort>(bits[1] & 0xffff), byte(2, 24), byte(2, 16), byte(2, 8),
                     byte(2, 0), byte(3, 24), byte(3, 16), byte(3, 8), byte(3, 0));
    return uuid.toByteArray(QUuid::WithoutBraces);
}

QString SimulatedResource::letters(int length) {
    static constexpr QLatin1StringView alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    QString text;
    text.reserve(length);
    for (int i = 0; i < length; ++i)
        text += QChar(alphabet[m_random.bounded(static_cast<int>(alphabet.size()))]);
    return text;
}

} // namespace quaygate::simulator
