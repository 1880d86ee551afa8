#include "gateway/azure/api_version.h"
#include "gateway/azure/error_reading.h"
#include "gateway/azure/retry_after.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

/// Everything that a rule may look at.
struct Answer {
    int status = 0;
    AzureError error;
    bool isPage = false; ///< the body is markup
    QString deployment;  ///< empty: none was configured
    QString version;     ///< as shown to a person
    SignedWith signedWith = SignedWith::Key;

    bool dated() const { return !isV1Family(version); }
    bool codeIs(QLatin1StringView code) const {
        return error.code.compare(code, Qt::CaseInsensitive) == 0;
    }
    bool says(QLatin1StringView words) const {
        return error.message.contains(words, Qt::CaseInsensitive);
    }
};

/// The first rule that applies explains the answer.
struct Rule {
    Outcome outcome;
    bool (*applies)(const Answer &);
    QString (*text)(const Answer &);
};

/// " Azure said: …", or nothing if it said nothing.
QString quoted(const Answer &answer) {
    return answer.error.message.isEmpty() ? QString() : u" It said: "_s + answer.error.message;
}

QString named(const Answer &answer) {
    return answer.deployment.isEmpty() ? u"The deployment"_s
                                       : u"The deployment \"%1\""_s.arg(answer.deployment);
}

QString waitText(const Answer &answer) {
    const auto delay = retryAfterInText(answer.error.message.toUtf8());
    if (!delay)
        return u"wait a little and try again"_s;
    const qint64 seconds = (delay->count() + 999) / 1000;
    return seconds == 1 ? u"try again in 1 second"_s : u"try again in %1 seconds"_s.arg(seconds);
}

/// The address in "audience is incorrect (https://…)".
QString wantedAudience(const QString &message) {
    static const QRegularExpression pattern(u"audience is incorrect \\((https://[^)\\s]+)\\)"_s);
    return pattern.match(message).captured(1);
}

bool isContentFilter(const Answer &a) {
    return a.codeIs("content_filter"_L1) || a.codeIs("contentFilter"_L1) ||
           a.codeIs("content_policy_violation"_L1) || a.codeIs("ResponsibleAIPolicyViolation"_L1) ||
           a.says("content management policy"_L1) || a.says("result of our safety system"_L1);
}

bool isNotChat(const Answer &a) {
    return a.codeIs("OperationNotSupported"_L1) || a.codeIs("OpperationNotSupported"_L1) ||
           a.says("does not work with the specified model"_L1) ||
           a.says("Model not supported"_L1) || a.says("not a chat model"_L1);
}

bool isNetworkBlock(const Answer &a) {
    return a.says("Public access is disabled"_L1) || a.says("private endpoint"_L1) ||
           a.says("Virtual Network"_L1) || a.says("Firewall"_L1) || a.codeIs("AccessDenied"_L1);
}

constexpr Rule success[] = {
    {Outcome::WrongAddress, [](const Answer &a) { return a.isPage; },
     [](const Answer &) {
         return u"The address answered with a web page, not with Azure OpenAI; check the host, and "
                "whether a sign-in page of the network stands in between."_s;
     }},
    {Outcome::Works, [](const Answer &) { return true; },
     [](const Answer &a) { return named(a) + u" answers."_s; }},
};

constexpr Rule authorisation[] = {
    {Outcome::KeyAuthDisabled,
     [](const Answer &a) {
         return a.codeIs("AuthenticationTypeDisabled"_L1) ||
                a.says("Key based authentication is disabled"_L1);
     },
     [](const Answer &) {
         return u"This resource has keys switched off and takes Microsoft Entra ID only; sign in "
                u"with "
                "Entra ID, or allow local authentication on the resource."_s;
     }},
    {Outcome::NoPermission,
     [](const Answer &a) {
         return a.codeIs("PermissionDenied"_L1) || a.says("lacks the required data action"_L1);
     },
     [](const Answer &) {
         return u"Azure knows the identity, but it has no right to use deployments; give it the "
                u"role "
                "\"Cognitive Services OpenAI User\" on the resource and wait up to five minutes."_s;
     }},
    {Outcome::Refused, [](const Answer &a) { return a.says("temporarily blocked"_L1); },
     [](const Answer &) {
         return u"Azure has temporarily blocked this resource; see the resource's page in the "
                u"portal "
                "or ask Azure's support."_s;
     }},
    {Outcome::Works,
     [](const Answer &a) { return a.status == 401 && a.signedWith == SignedWith::Nothing; },
     [](const Answer &) {
         return u"The endpoint answers and asks for a credential, which here each client sends "
                "itself; whether the deployment exists is seen only with one."_s;
     }},
    {Outcome::WrongKey,
     [](const Answer &a) { return a.status == 401 && a.signedWith == SignedWith::Token; },
     [](const Answer &a) {
         const QString wanted = wantedAudience(a.error.message);
         return u"Azure refused the token of Entra ID%1; sign in to the tenant that the resource "
                u"is "
                "in, and leave the scope out or correct it."_s.arg(
                    wanted.isEmpty() ? QString() : u", it wants one for %1"_s.arg(wanted));
     }},
    {Outcome::WrongKey,
     [](const Answer &a) {
         return a.status == 401 &&
                (a.says("Access token is missing"_L1) || a.says("audience is incorrect"_L1));
     },
     [](const Answer &) {
         return u"Azure found no key that it takes and asked for an Entra ID token; check the key, "
                u"and "
                "that the endpoint is the one on the same page as the key."_s;
     }},
    {Outcome::WrongKey,
     [](const Answer &a) { return a.status == 401 && a.says("missing subscription key"_L1); },
     [](const Answer &) {
         return u"API Management found no subscription key; it may want it in another header than "
                "api-key, see the settings of its API."_s;
     }},
    {Outcome::WrongKey, [](const Answer &a) { return a.status == 401; },
     [](const Answer &) {
         return u"Azure refused the key. Either the key is wrong, or the endpoint's host belongs "
                u"to "
                "another resource: copy both from the same page of the portal (Keys and "
                "Endpoint)."_s;
     }},
    {Outcome::NetworkBlocked, [](const Answer &a) { return a.status == 403 && isNetworkBlock(a); },
     [](const Answer &) {
         return u"The resource refuses requests from this network; connect through the allowed "
                "network or private endpoint, or add this address under Networking in the portal."_s;
     }},
    {Outcome::NetworkBlocked,
     [](const Answer &a) { return a.status == 407 || (a.status == 403 && a.isPage); },
     [](const Answer &a) {
         return u"Something between here and Azure, a proxy or a firewall, refused the request (%1)."_s
                    .arg(a.status) +
                quoted(a);
     }},
};

constexpr Rule address[] = {
    {Outcome::DeploymentNotFound,
     [](const Answer &a) {
         return a.status == 404 &&
                (a.codeIs("DeploymentNotFound"_L1) || a.codeIs("model_not_found"_L1) ||
                 a.says("API deployment for this resource does not exist"_L1));
     },
     [](const Answer &a) {
         if (a.deployment.isEmpty())
             return u"No deployment is named; enter the deployment's name, not the model's."_s;
         return u"This resource has no deployment named \"%1\". Enter the name of the deployment, "
                "not of the model; a new deployment may take 5 minutes to be found."_s.arg(
                    a.deployment);
     }},
    {Outcome::WrongAddress,
     [](const Answer &a) {
         return a.status == 400 && a.says("Missing required query parameter: api-version"_L1);
     },
     [](const Answer &) {
         return u"The address answers, but is not one of Azure OpenAI (a project without "
                u"/openai/v1 "
                "says this); enter the project's or the resource's endpoint."_s;
     }},
    {Outcome::WrongAddress,
     [](const Answer &a) { return a.status == 400 && a.says("custom subdomain"_L1); },
     [](const Answer &) {
         return u"A regional endpoint takes keys only; use the resource's own host, "
                "my-resource.openai.azure.com, or a key."_s;
     }},
    {Outcome::VersionNotSupported,
     [](const Answer &a) {
         return a.codeIs("UnsupportedApiVersion"_L1) || a.says("API version not supported"_L1) ||
                (a.status == 404 && a.dated() && !isPublishedVersion(a.version));
     },
     [](const Answer &a) {
         return u"Azure does not support the api-version \"%1\" here; take v1, or %2 for the dated "
                "API."_s.arg(a.version, defaultDatedVersion);
     }},
    {Outcome::WrongAddress, [](const Answer &a) { return a.status == 404 && a.dated(); },
     [](const Answer &a) {
         return u"Nothing answers at this path (404): either the endpoint's host or path is wrong, "
                u"or "
                "it does not know the api-version \"%1\"."_s.arg(a.version);
     }},
    {Outcome::WrongAddress, [](const Answer &a) { return a.status == 404 || a.status == 405; },
     [](const Answer &a) {
         return u"Nothing of Azure OpenAI answers at this path (%1): check the endpoint's host and "
                "path; behind API Management, whether the path ends in /openai, and whether it "
                "offers the v1 API."_s.arg(a.status);
     }},
    {Outcome::WrongAddress, [](const Answer &a) { return a.status >= 300 && a.status < 400; },
     [](const Answer &a) {
         return u"The address answers with a redirect (%1), which is not followed with a key; "
                u"enter the "
                "address that it leads to, if you trust it."_s.arg(a.status);
     }},
};

constexpr Rule request[] = {
    {Outcome::ContentFiltered,
     [](const Answer &a) { return a.status >= 400 && a.status < 500 && isContentFilter(a); },
     [](const Answer &) {
         return u"Azure's content filter refused the prompt; change the prompt, or the filter of "
                u"the "
                "deployment."_s;
     }},
    {Outcome::NotAChatModel, [](const Answer &a) { return a.status == 400 && isNotChat(a); },
     [](const Answer &a) {
         return named(a) + u" exists, but its model does not do this operation: it may be an "
                           "embedding, image or speech model, or one for the Responses API only."_s;
     }},
    {Outcome::RateLimited,
     [](const Answer &a) {
         return a.status == 429 && (a.codeIs("NoCapacity"_L1) || a.says("high demand"_L1) ||
                                    a.says("temporarily unable"_L1));
     },
     [](const Answer &a) {
         return u"Azure has no capacity for this model at the moment; "_s + waitText(a) + u'.';
     }},
    {Outcome::RateLimited, [](const Answer &a) { return a.status == 429; },
     [](const Answer &a) {
         return named(a) + u" is at its rate limit; "_s + waitText(a) +
                u", or raise its quota in the portal."_s;
     }},
    {Outcome::Refused, [](const Answer &a) { return a.status == 413; },
     [](const Answer &a) { return u"The request is too large for Azure (413)."_s + quoted(a); }},
    {Outcome::Refused, [](const Answer &a) { return a.status == 431; },
     [](const Answer &) {
         return u"The request has too many headers of its own (431); Azure takes ten at most."_s;
     }},
};

constexpr Rule service[] = {
    {Outcome::ServiceDown, [](const Answer &a) { return a.status == 408; },
     [](const Answer &) {
         return u"Azure gave up waiting for the model (408); try again, or stream the answer."_s;
     }},
    {Outcome::ServiceDown, [](const Answer &a) { return a.status == 424; },
     [](const Answer &a) {
         return u"The model behind the endpoint failed (424); try again later."_s + quoted(a);
     }},
    {Outcome::ServiceDown,
     [](const Answer &a) {
         return a.status == 502 || a.status == 504 || (a.status >= 500 && a.isPage);
     },
     [](const Answer &a) {
         return u"A front door or proxy could not reach the service behind it (%1); try again "
                "later."_s.arg(a.status) +
                quoted(a);
     }},
    {Outcome::ServiceDown, [](const Answer &a) { return a.status == 503; },
     [](const Answer &a) {
         return u"Azure cannot take the request at the moment (503); "_s + waitText(a) + u'.';
     }},
    {Outcome::ServiceDown, [](const Answer &a) { return a.status >= 500; },
     [](const Answer &a) {
         return u"Azure failed to process the request (%1); try again."_s.arg(a.status) + quoted(a);
     }},
};

constexpr Rule rest{
    Outcome::Refused, [](const Answer &) { return true; },
    [](const Answer &a) {
        const QString code = a.error.code.isEmpty() || a.error.code == QString::number(a.status)
                                 ? QString()
                                 : u", "_s + a.error.code;
        return u"Azure refused the request (%1%2)."_s.arg(QString::number(a.status), code) +
               quoted(a);
    }};

template<std::size_t N>
const Rule *firstOf(const Rule (&rules)[N], const Answer &answer) {
    const Rule *found = std::find_if(std::begin(rules), std::end(rules),
                                     [&](const Rule &rule) { return rule.applies(answer); });
    return found == std::end(rules) ? nullptr : found;
}

const Rule &ruleFor(const Answer &answer) {
    if (answer.status >= 200 && answer.status < 300)
        return *firstOf(success, answer);
    for (const Rule *rule : {firstOf(authorisation, answer), firstOf(address, answer),
                             firstOf(request, answer), firstOf(service, answer)}) {
        if (rule)
            return *rule;
    }
    return rest;
}

} // namespace

Explanation explain(int status, const QByteArray &body, const QString &deploymentName,
                    const QString &apiVersion, SignedWith signedWith) {
    Answer answer;
    answer.signedWith = signedWith;
    answer.status = status;
    answer.error = readAzureError(body);
    answer.isPage = body.trimmed().startsWith('<');
    answer.deployment = deploymentName;
    answer.version = apiVersion.isEmpty() ? u"v1"_s : apiVersion;
    const Rule &rule = ruleFor(answer);
    return {rule.outcome, rule.text(answer)};
}

bool saysTokenExpired(int status, QByteArrayView wwwAuthenticate, const QByteArray &body) {
    if (status != 401)
        return false;
    if (wwwAuthenticate.contains("invalid_token"))
        return true;
    static constexpr QLatin1StringView texts[] = {"or have expired"_L1, "token has expired"_L1,
                                                  "token is expired"_L1, "token expired"_L1,
                                                  "Lifetime validation"_L1};
    const QString said = readAzureError(body).message;
    return std::any_of(std::begin(texts), std::end(texts), [&](QLatin1StringView text) {
        return said.contains(text, Qt::CaseInsensitive);
    });
}

} // namespace quaygate
