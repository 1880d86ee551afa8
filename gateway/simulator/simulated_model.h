#pragma once

#include <QString>
#include <QStringList>

namespace quaygate::simulator {

/// What a base model can do at all.
enum class Ability { Chat, Embeddings, ResponsesOnly, Image, Audio, Video, Realtime };

/// A base model, as far as its name decides how the service treats requests to it.
struct Model {
    QString name;     ///< "gpt-4.1-mini"
    QString snapshot; ///< what answers call it: "gpt-4.1-mini-2025-04-14"
    Ability ability = Ability::Chat;
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
