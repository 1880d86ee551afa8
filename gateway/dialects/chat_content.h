#pragma once

#include "gateway/dialects/json_view.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

namespace quaygate::dialects {

/// The `content` of a chat message as it is put together from parts: one text is a plain string,
/// which every model takes, anything else an array of parts. A value; any thread.
class ChatContent {
public:
    /// `literal` is a JSON string.
    void addText(QByteArrayView literal);
    /// `urlLiteral` is a JSON string, and so is `detailLiteral` if there is one.
    void addImage(QByteArrayView urlLiteral, QByteArrayView detailLiteral = {});
    /// `part` is a part of any type.
    void addPart(const QByteArray &part);

    bool isEmpty() const { return m_parts.isEmpty(); }
    /// As JSON; an empty string if there is no part.
    QByteArray json() const;

private:
    QByteArrayList m_parts;
    QByteArray m_onlyText; ///< the literal, as long as one text is all
};

/// A message of the chat API; `content` is JSON.
QByteArray chatMessage(QByteArrayView role, const QByteArray &content);

/// What the model thought, in a message or a delta of the chat API, by either of the names that are
/// in use; absent if the upstream does not tell.
JsonView thoughtOf(const JsonView &message);

/// The message that carries the result of a tool; both are JSON strings.
QByteArray toolMessage(QByteArrayView callIdLiteral, const QByteArray &textLiteral);

} // namespace quaygate::dialects
