#include "gateway/azure/address_path.h"

#include "gateway/azure/percent.h"
#include "gateway/json/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

/// The segments and the place at which a family is looked for.
class Place {
public:
    Place(const QStringList &segments, qsizetype at, bool foundryHost)
        : m_segments(segments), m_at(at), m_foundryHost(foundryHost) {}

    bool foundryHost() const { return m_foundryHost; }
    qsizetype left() const { return m_segments.size() - m_at; }
    const QString &operator[](qsizetype offset) const { return m_segments[m_at + offset]; }

    /// Azure's own words compare without case, as its front doors do.
    bool is(qsizetype offset, QLatin1StringView word) const {
        return offset < left() && (*this)[offset].compare(word, Qt::CaseInsensitive) == 0;
    }
    QString rest(qsizetype offset) const { return m_segments.mid(m_at + offset).join(u'/'); }

    /// A result that holds what is in front of this place and, as operation, what is behind
    /// `offset`.
    AddressPath found(PathFamily family, qsizetype offset) const {
        AddressPath path;
        path.family = family;
        path.prefix = m_segments.first(m_at);
        path.openaiSegment = is(0, "openai"_L1);
        path.operation = rest(offset);
        return path;
    }

private:
    const QStringList &m_segments;
    qsizetype m_at;
    bool m_foundryHost;
};

using Match = std::optional<AddressPath>;

/// The first segments of OpenAI's operations.
bool beginsOperation(const Place &place, qsizetype offset) {
    static constexpr std::array words{
        "responses"_L1,   "files"_L1,    "batches"_L1,       "models"_L1,        "assistants"_L1,
        "threads"_L1,     "realtime"_L1, "vector_stores"_L1, "fine_tuning"_L1,   "images"_L1,
        "operations"_L1,  "evals"_L1,    "containers"_L1,    "conversations"_L1, "videos"_L1,
        "video"_L1,       "audio"_L1,    "moderations"_L1,   "chat"_L1,          "embeddings"_L1,
        "completions"_L1,
    };
    return std::any_of(words.begin(), words.end(),
                       [&](QLatin1StringView word) { return place.is(offset, word); });
}

Match matchProject(const Place &place) {
    if (!place.is(0, "api"_L1) || !place.is(1, "projects"_L1) || place.left() < 3)
        return {};
    qsizetype own = 3;
    const bool agent = place.is(own, "agents"_L1);
    if (place.is(own, "openai"_L1) && (place.left() == own + 1 || place.is(own + 1, "v1"_L1)))
        own = std::min(own + 2, place.left());
    AddressPath path = place.found(agent ? PathFamily::Agent : PathFamily::Project, own);
    path.project = place[2];
    return path;
}

Match matchV1(const Place &place) {
    if (!place.is(0, "openai"_L1) || !place.is(1, "v1"_L1))
        return {};
    return place.found(PathFamily::V1, 2);
}

Match matchDeployment(const Place &place) {
    const qsizetype name = place.is(0, "openai"_L1) ? 2 : 1;
    if (!place.is(name - 1, "deployments"_L1) || place.left() <= name)
        return {};
    // Only the segment behind the first `deployments` is the name, whatever it is called.
    AddressPath path = place.found(PathFamily::Deployment, name + 1);
    path.deploymentName = place[name];
    return path;
}

Match matchResource(const Place &place) {
    if (!place.is(0, "openai"_L1) || place.left() < 2)
        return {};
    return beginsOperation(place, 1) ? Match(place.found(PathFamily::Resource, 1)) : Match();
}

Match matchModels(const Place &place) {
    static constexpr std::array operations{
        "chat/completions"_L1,   "embeddings"_L1, "images/embeddings"_L1,
        "images/generations"_L1, "info"_L1,
    };
    if (!place.is(0, "models"_L1))
        return {};
    const QString rest = place.rest(1);
    const bool known =
        std::any_of(operations.begin(), operations.end(), [&](QLatin1StringView operation) {
            return rest.compare(operation, Qt::CaseInsensitive) == 0;
        });
    if (!known && !(rest.isEmpty() && place.foundryHost()))
        return {};
    return place.found(PathFamily::Models, 1);
}

Match matchOtherService(const Place &place) {
    const bool anthropic =
        place.is(0, "anthropic"_L1) && (place.left() == 1 || place.is(1, "v1"_L1));
    if (anthropic)
        return place.found(PathFamily::Anthropic, 0);
    if (place.is(0, "speechtotext"_L1))
        return place.found(PathFamily::Speech, 0);
    return {};
}

/// The path ends where a name would follow: a list, or an address that was cut off there.
Match matchRoot(const Place &place) {
    const bool openai = place.is(0, "openai"_L1);
    const qsizetype list = openai ? 1 : 0;
    const bool deployments = place.left() == list + 1 && place.is(list, "deployments"_L1);
    const bool projects = place.left() == 2 && place.is(0, "api"_L1) && place.is(1, "projects"_L1);
    if (!deployments && !projects && !(openai && place.left() == 1))
        return {};
    return place.found(PathFamily::Root, place.left());
}

/// `v1/…` of an OpenAI look-alike. A `v1` that something else follows is part of someone's prefix.
Match matchOpenAiCompatible(const Place &place) {
    if (!place.is(0, "v1"_L1) || !(place.left() == 1 || beginsOperation(place, 1)))
        return {};
    return place.found(PathFamily::OpenAiCompatible, 1);
}

/// Nothing of Azure's: a path that only its owner knows, perhaps with an operation at its end.
AddressPath readForeignPath(const QStringList &segments) {
    static constexpr std::array operations{"chat/completions"_L1, "completions"_L1, "embeddings"_L1,
                                           "responses"_L1};
    for (const QLatin1StringView operation : operations) {
        const qsizetype own = QStringView(QString(operation)).count(u'/') + 1;
        const qsizetype at = segments.size() - own;
        if (at < 0)
            continue;
        const Place place(segments, at, false);
        if (place.rest(0).compare(operation, Qt::CaseInsensitive) == 0)
            return place.found(PathFamily::Unknown, 0);
    }
    return Place(segments, segments.size(), false).found(PathFamily::Unknown, 0);
}

} // namespace

Result<QStringList> pathSegments(QStringView rawPath) {
    QStringList segments;
    for (const QStringView raw : rawPath.split(u'/', Qt::SkipEmptyParts)) {
        const QString segment = json::textOfUtf8(decodePercent(raw));
        const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control; };
        if (std::any_of(segment.begin(), segment.end(), isControl))
            return Error{ErrorCode::InvalidAddress,
                         u"The address has control characters in its path; paste it again."_s,
                         {}};
        if (segment == ".."_L1) {
            if (!segments.isEmpty())
                segments.removeLast();
        } else if (segment != "."_L1) {
            segments << segment;
        }
    }
    return segments;
}

AddressPath readAddressPath(const QStringList &segments, bool foundryHost) {
    if (segments.isEmpty())
        return Place(segments, 0, foundryHost).found(PathFamily::Root, 0);

    static constexpr std::array matchers{matchProject,          matchV1,     matchDeployment,
                                         matchResource,         matchModels, matchOtherService,
                                         matchOpenAiCompatible, matchRoot};
    for (qsizetype at = 0; at < segments.size(); ++at) {
        const Place place(segments, at, foundryHost);
        for (const auto matcher : matchers) {
            if (Match match = matcher(place))
                return *std::move(match);
        }
    }
    return readForeignPath(segments);
}

} // namespace quaygate
