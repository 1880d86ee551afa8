#pragma once

#include <QFlags>
#include <QString>
#include <QStringList>

namespace quaygate::simulator {

/// What a base model can do at all.
enum class Ability {
    Chat = 1,
    Responses = 2,
    Completions = 4,
    Embeddings = 8,
    Images = 16,
    Transcription = 32,
    Speech = 64,
    Video = 128,
    Realtime = 256,
    Messages = 512, ///< Anthropic's
    ImageEdits = 1024,
    Translation = 2048,
};
Q_DECLARE_FLAGS(Abilities, Ability)
Q_DECLARE_OPERATORS_FOR_FLAGS(Abilities)

/// A base model, as far as its name decides how the service treats requests to it.
struct Model {
    QString name;     ///< "gpt-4.1-mini"
    QString snapshot; ///< what answers call it: "gpt-4.1-mini-2025-04-14"
    Abilities abilities = Ability::Chat | Ability::Responses;
    bool reasoning = false; ///< o-series, GPT-5: refuses max_tokens, temperature and their like
    bool streams = true;
    QStringList reasoningEfforts; ///< those it accepts
    int contextTokens = 128'000;  ///< prompt and answer together
    int dimensions = 0;           ///< of its embeddings
    bool shortensEmbeddings = false;
};

/// Never fails: a name nobody knows is an ordinary chat model.
Model modelNamed(const QString &name);

/// The base models that the models endpoints list: those of the region, whatever is deployed.
QList<Model> regionModels();

} // namespace quaygate::simulator
