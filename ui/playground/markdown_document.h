#pragma once

#include <QTextDocument>

namespace quaygate {

struct Colors;

/// Markdown that a model wrote, drawn without trusting it: raw HTML is shown as text, no picture or
/// other resource is ever loaded, neither from the network nor from this machine.
class MarkdownDocument : public QTextDocument {
    Q_OBJECT

public:
    explicit MarkdownDocument(QObject *parent = nullptr);

    /// Lays the text out with the colours and code font of the theme.
    void setSafeMarkdown(const QString &markdown, const Colors &colors, const QFont &codeFont);

    bool hasLinks() const;

protected:
    QVariant loadResource(int type, const QUrl &name) override;
};

} // namespace quaygate
