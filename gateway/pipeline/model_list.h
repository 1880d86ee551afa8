#pragma once

#include <QByteArray>
#include <QList>

namespace quaygate {

/// In whose shape models are listed.
enum class ModelShape { OpenAi, Anthropic };

/// The answer to GET /v1/models: what a client may use, by the names that it may use. Pure.
QByteArray modelList(const QList<QByteArray> &names, ModelShape shape);

/// The answer to GET /v1/models/{id}.
QByteArray modelEntry(const QByteArray &name, ModelShape shape);

} // namespace quaygate
