#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::simulator {

/// The `api-version` of a request.
class ApiVersion {
public:
    ApiVersion() = default;
    /// Empty counts as absent.
    explicit ApiVersion(QByteArray text);

    const QByteArray &text() const { return m_text; }
    bool isAbsent() const { return m_text.isEmpty(); }

    /// One of the dated versions that the deployments family knows.
    bool isKnownDate() const;
    /// What the v1 family takes: nothing, `v1` or `preview`.
    bool suitsV1() const;

    /// For a dated version, whether it is that day's or a later one. The v1 family has every
    /// feature.
    bool isSince(QByteArrayView date) const;
    bool isUntil(QByteArrayView date) const;

private:
    QByteArray m_text;
};

} // namespace quaygate::simulator
