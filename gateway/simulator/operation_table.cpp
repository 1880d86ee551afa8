#include "gateway/simulator/batches.h"
#include "gateway/simulator/chat.h"
#include "gateway/simulator/completions.h"
#include "gateway/simulator/embeddings.h"
#include "gateway/simulator/entra.h"
#include "gateway/simulator/files.h"
#include "gateway/simulator/images.h"
#include "gateway/simulator/listings.h"
#include "gateway/simulator/managed_identity.h"
#include "gateway/simulator/messages.h"
#include "gateway/simulator/operation.h"
#include "gateway/simulator/realtime.h"
#include "gateway/simulator/responses.h"
#include "gateway/simulator/speech.h"
#include "gateway/simulator/stored_responses.h"
#include "gateway/simulator/transcription.h"

#include <array>

namespace quaygate::simulator {

namespace {

constexpr Families onDeployment = Family::Deployment | Family::V1;
constexpr Families onResource = Family::Resource | Family::V1;

constexpr std::array table{
    Operation{onDeployment, "POST", "chat/completions", "ChatCompletions_Create", "chatCompletion",
              "2023-03-15", "", Takes::Json, Ability::Chat, answerChat},
    Operation{onDeployment, "POST", "completions", "Completions_Create", "completion", "", "",
              Takes::Json, Ability::Completions, answerCompletions},
    Operation{onDeployment, "POST", "embeddings", "Embeddings_Create", "embeddings", "", "",
              Takes::Json, Ability::Embeddings, answerEmbeddings},

    Operation{onResource, "POST", "responses", "Responses_Create", "responses", "2025-03-01", "",
              Takes::Json, Ability::Responses, createResponse},
    Operation{onResource,
              "GET",
              "responses/{id}",
              "Responses_Get",
              "responses",
              "2025-03-01",
              "",
              Takes::Nothing,
              {},
              showResponse},
    Operation{onResource,
              "DELETE",
              "responses/{id}",
              "Responses_Delete",
              "responses",
              "2025-03-01",
              "",
              Takes::Nothing,
              {},
              deleteResponse},
    Operation{onResource,
              "POST",
              "responses/{id}/cancel",
              "Responses_Cancel",
              "responses",
              "2025-03-01",
              "",
              Takes::Nothing,
              {},
              cancelResponse},
    Operation{onResource,
              "GET",
              "responses/{id}/input_items",
              "Responses_ListInputItems",
              "responses",
              "2025-03-01",
              "",
              Takes::Nothing,
              {},
              listInputItems},

    Operation{onDeployment, "POST", "images/generations", "Images_Generate", "imageGeneration",
              "2024-02-01", "", Takes::Json, Ability::Images, generateImages},
    Operation{onDeployment, "POST", "images/edits", "Images_Edit", "imageEdit", "2025-04-01", "",
              Takes::Form, Ability::ImageEdits, editImages},
    Operation{Family::Root,
              "GET",
              "simulator/images/{name}",
              "",
              "",
              "",
              "",
              Takes::Nothing,
              {},
              showImage},

    Operation{onDeployment, "POST", "audio/transcriptions", "Transcriptions_Create",
              "audioTranscription", "2023-09-01", "", Takes::Form, Ability::Transcription,
              transcribe},
    Operation{onDeployment, "POST", "audio/translations", "Translations_Create", "audioTranslation",
              "2023-09-01", "", Takes::Form, Ability::Translation, translate},
    Operation{onDeployment, "POST", "audio/speech", "Speech_Create", "audioSpeech", "2024-02-15",
              "", Takes::Json, Ability::Speech, speak},

    Operation{
        onResource, "POST", "files", "Files_Upload", "files", "", "", Takes::Form, {}, uploadFile},
    Operation{
        onResource, "GET", "files", "Files_List", "files", "", "", Takes::Nothing, {}, listFiles},
    Operation{onResource,
              "GET",
              "files/{id}",
              "Files_Get",
              "files",
              "",
              "",
              Takes::Nothing,
              {},
              showFile},
    Operation{onResource,
              "GET",
              "files/{id}/content",
              "Files_GetContent",
              "files",
              "",
              "",
              Takes::Nothing,
              {},
              readFile},
    Operation{onResource,
              "DELETE",
              "files/{id}",
              "Files_Delete",
              "files",
              "",
              "",
              Takes::Nothing,
              {},
              deleteFile},

    Operation{onResource,
              "POST",
              "batches",
              "Batches_Create",
              "batches",
              "2024-07-01",
              "",
              Takes::Json,
              {},
              createBatch},
    Operation{onResource,
              "GET",
              "batches",
              "Batches_List",
              "batches",
              "2024-07-01",
              "",
              Takes::Nothing,
              {},
              listBatches},
    Operation{onResource,
              "GET",
              "batches/{id}",
              "Batches_Get",
              "batches",
              "2024-07-01",
              "",
              Takes::Nothing,
              {},
              showBatch},
    Operation{onResource,
              "POST",
              "batches/{id}/cancel",
              "Batches_Cancel",
              "batches",
              "2024-07-01",
              "",
              Takes::Nothing,
              {},
              cancelBatch},

    Operation{onResource, "GET", "realtime", "Realtime_Connect", "realtime", "2024-10-01", "",
              Takes::Nothing, Ability::Realtime, openRealtime},

    Operation{Family::Anthropic, "POST", "messages", "Messages_Create", "messages", "", "",
              Takes::Json, Ability::Messages, answerMessage},
    Operation{Family::Anthropic, "POST", "messages/count_tokens", "Messages_CountTokens",
              "messages", "", "", Takes::Json, Ability::Messages, countMessageTokens},

    Operation{Family::Root,
              "POST",
              "{tenant}/oauth2/v2.0/token",
              "",
              "",
              "",
              "",
              Takes::Nothing,
              {},
              grantToken},
    Operation{Family::Root,
              "GET",
              "metadata/identity/oauth2/token",
              "",
              "",
              "",
              "",
              Takes::Nothing,
              {},
              grantMachineToken},
    Operation{
        Family::Root, "GET", "msi/token", "", "", "", "", Takes::Nothing, {}, grantAppServiceToken},

    // Gone from every later version; clients still use it.
    Operation{Family::Resource,
              "GET",
              "deployments",
              "Deployments_List",
              "deployments",
              "2022-12-01",
              "2023-03-15",
              Takes::Nothing,
              {},
              listDeployments},
    Operation{onResource,
              "GET",
              "models",
              "Models_List",
              "models",
              "",
              "",
              Takes::Nothing,
              {},
              listModels},
    Operation{onResource,
              "GET",
              "models/{id}",
              "Models_Get",
              "models",
              "",
              "",
              Takes::Nothing,
              {},
              showModel},
};

} // namespace

std::span<const Operation> operations() {
    return table;
}

} // namespace quaygate::simulator
