#include "gateway/simulator/simulated_model.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// The first rule whose pattern matches the whole of a lower-case name (without its date) wins.
struct Rule {
    const char *pattern;
    Abilities abilities;
    bool reasoning;
    const char *efforts;
    int contextTokens;
    int dimensions;
};

constexpr Abilities everyday = Ability::Chat | Ability::Responses;

constexpr std::array rules{
    Rule{"text-embedding-3-large", Ability::Embeddings, false, "", 8'192, 3072},
    Rule{".*embed.*", Ability::Embeddings, false, "", 8'192, 1536},
    Rule{".*realtime.*", Ability::Realtime, false, "", 32'000, 0},
    Rule{"whisper.*", Ability::Transcription | Ability::Translation, false, "", 16'000, 0},
    Rule{".*transcribe.*", Ability::Transcription, false, "", 16'000, 0},
    Rule{"tts.*|.*-tts", Ability::Speech, false, "", 16'000, 0},
    Rule{"dall-e.*", Ability::Images, false, "", 4'000, 0},
    Rule{"gpt-image.*|flux.*", Ability::Images | Ability::ImageEdits, false, "", 4'000, 0},
    Rule{"sora.*", Ability::Video, false, "", 4'000, 0},
    Rule{"claude.*", Ability::Messages, false, "", 200'000, 0},
    Rule{"gpt-5[0-9.]*-(codex|pro).*|o[0-9]+-(pro|deep-research)|codex-mini.*|computer-use.*",
         Ability::Responses, true, "low medium high", 400'000, 0},
    Rule{"gpt-5[0-9.]*-chat.*", everyday, false, "", 128'000, 0},
    Rule{"gpt-5\\.[0-9]+.*", everyday, true, "none low medium high", 400'000, 0},
    Rule{"gpt-5.*", everyday, true, "minimal low medium high", 400'000, 0},
    Rule{"o[0-9]+.*", everyday, true, "low medium high", 200'000, 0},
    Rule{"gpt-4\\.1.*", everyday, false, "", 1'047'576, 0},
    Rule{".*-instruct|davinci.*|babbage.*", Ability::Completions, false, "", 4'096, 0},
    Rule{"gpt-35-turbo.*|gpt-3\\.5-turbo.*", Ability::Chat, false, "", 16'385, 0},
    Rule{"mistral.*|llama.*|phi-.*", Ability::Chat, false, "", 128'000, 0},
};

struct Dated {
    const char *name;
    const char *date;
};

constexpr std::array dates{
    Dated{"gpt-4o", "2024-11-20"},       Dated{"gpt-4o-mini", "2024-07-18"},
    Dated{"gpt-4.1", "2025-04-14"},      Dated{"gpt-4.1-mini", "2025-04-14"},
    Dated{"gpt-4.1-nano", "2025-04-14"}, Dated{"gpt-5", "2025-08-07"},
    Dated{"gpt-5-mini", "2025-08-07"},   Dated{"gpt-5-nano", "2025-08-07"},
    Dated{"gpt-5-chat", "2025-08-07"},   Dated{"gpt-5.1", "2025-11-13"},
    Dated{"o1", "2024-12-17"},           Dated{"o3", "2025-04-16"},
    Dated{"o3-mini", "2025-01-31"},      Dated{"o4-mini", "2025-04-16"},
};

QString withoutDate(const QString &name) {
    static const QRegularExpression date(u"-\\d{4}-\\d{2}-\\d{2}$"_s);
    return QString(name).remove(date);
}

QString snapshotOf(const QString &name) {
    for (const Dated &dated : dates) {
        if (name.compare(QLatin1StringView(dated.name), Qt::CaseInsensitive) == 0)
            return name.toLower() + u'-' + QLatin1StringView(dated.date);
    }
    return name;
}

bool matches(const Rule &rule, const QString &name) {
    const QString pattern = QRegularExpression::anchoredPattern(QLatin1StringView(rule.pattern));
    return QRegularExpression(pattern).match(name).hasMatch();
}

} // namespace

Model modelNamed(const QString &name) {
    const QString base = withoutDate(name).toLower();
    Model model;
    model.name = name;
    model.snapshot = snapshotOf(name);
    model.streams = base != u"o1";
    for (const Rule &rule : rules) {
        if (!matches(rule, base))
            continue;
        model.abilities = rule.abilities;
        model.reasoning = rule.reasoning;
        const QString efforts = QLatin1StringView(rule.efforts);
        model.reasoningEfforts = efforts.split(u' ', Qt::SkipEmptyParts);
        model.contextTokens = rule.contextTokens;
        model.dimensions = rule.dimensions;
        model.shortensEmbeddings =
            rule.abilities.testFlag(Ability::Embeddings) && !base.contains(u"ada"_s);
        break;
    }
    return model;
}

QList<Model> regionModels() {
    QList<Model> models;
    for (const Dated &dated : dates)
        models.append(modelNamed(QLatin1StringView(dated.name)));
    for (const auto name : {"text-embedding-3-small", "text-embedding-3-large", "whisper",
                            "gpt-5-codex", "gpt-35-turbo", "gpt-35-turbo-instruct", "gpt-image-1",
                            "dall-e-3", "gpt-4o-mini-tts", "gpt-4o-transcribe"})
        models.append(modelNamed(QLatin1StringView(name)));
    return models;
}

} // namespace quaygate::simulator
