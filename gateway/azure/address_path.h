#pragma once

#include "gateway/result.h"

#include <QString>
#include <QStringList>
#include <QStringView>

/// Which family of Azure's paths a pasted address belongs to: steps 3 and 5 of section 1.4 of the
/// Azure reference. Pure functions.
namespace quaygate {

enum class PathFamily {
    Root,       ///< nothing, `openai` or a list of names at the end: the version undecided
    V1,         ///< openai/v1/{operation}
    Deployment, ///< [openai/]deployments/{d}/{operation}
    Resource,   ///< openai/{operation} with a dated version
    Models,     ///< models/{operation}: the Model Inference API
    Project,    ///< api/projects/{p}[/openai/v1][/{operation}]
    Agent,      ///< api/projects/{p}/agents/…: the agent decides, no deployment can be chosen
    Anthropic,  ///< anthropic/…: another protocol
    Speech,     ///< speechtotext/…: another service
    OpenAiCompatible, ///< v1/{operation} without openai before it
    Unknown,          ///< anything else; `prefix` holds it
};

struct AddressPath {
    PathFamily family = PathFamily::Unknown;
    QStringList prefix;         ///< the decoded segments before the family's own
    bool openaiSegment = false; ///< the path had `openai` behind the prefix
    QString deploymentName;
    QString project;
    QString operation; ///< "chat/completions"; empty if none is named
};

/// The decoded segments of a raw path: empty ones left out, dot segments resolved. Fails on control
/// characters.
Result<QStringList> pathSegments(QStringView rawPath);

/// Finds the first family from left to right. `foundryHost`: a bare `models` means the Model
/// Inference API.
AddressPath readAddressPath(const QStringList &segments, bool foundryHost);

} // namespace quaygate
