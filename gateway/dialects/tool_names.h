#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>

namespace quaygate::dialects {

/// Names of tools for an API that allows 64 characters, where the client's allows 128 (those of MCP
/// servers are often that long). A longer name is cut and ends in a digest of the whole, always the
/// same for the same name; the way back is remembered. A value of one exchange; any thread.
class ToolNames {
public:
    /// The name as it is, or a shorter one.
    QByteArray shorten(const QByteArray &name);
    /// What the client calls the tool.
    QByteArray original(const QByteArray &name) const { return m_originals.value(name, name); }

private:
    QHash<QByteArray, QByteArray> m_originals; ///< by the shorter name
};

} // namespace quaygate::dialects
