#include "gateway/azure/entra_errors.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Row {
    int number;
    const char16_t *text;
};

constexpr const char16_t *noSuchTenant =
    u"Entra ID knows no tenant “{tenant}” in this cloud; check the tenant ID on the overview page "
    "of Microsoft Entra ID, and the authority if the tenant is in another cloud.";
constexpr const char16_t *wrongScope =
    u"Entra ID does not know the scope “{scope}”; leave the scope out, or write it as "
    "https://cognitiveservices.azure.com/.default.";
constexpr const char16_t *noAudience =
    u"The tenant “{tenant}” has no service for the scope “{scope}”; check the tenant and the "
    "scope, which must be of the same cloud.";
constexpr const char16_t *blocked =
    u"A Conditional Access policy of the tenant “{tenant}” blocks this sign-in; its administrator "
    "must allow it from this network or device.";
constexpr const char16_t *appDisabled =
    u"The application {app} is disabled in the tenant “{tenant}”; enable it under Enterprise "
    "applications.";
constexpr const char16_t *loginEnded =
    u"The login of the Azure CLI has ended; run `az login` and try again.";
constexpr const char16_t *wantsMfa =
    u"Entra ID wants a second factor; run `az login --tenant {tenant}` and try again.";
constexpr const char16_t *wrongUser =
    u"The account that the Azure CLI is logged in with is not in the tenant “{tenant}”; run `az "
    "login --tenant {tenant}` with one that is.";
constexpr const char16_t *busy =
    u"Entra ID is busy and gave no token; this passes by itself, try again in a little while.";

constexpr Row rows[] = {
    {16000, loginEnded},
    {50001, noAudience},
    {50013, loginEnded},
    {50020, wrongUser},
    {50034, wrongUser},
    {50053, u"The account is locked after too many attempts to sign in; wait a while, or ask the "
            "tenant's administrator."},
    {50057, u"The account is disabled; ask the administrator of the tenant “{tenant}”."},
    {50059, noSuchTenant},
    {50072, wantsMfa},
    {50074, wantsMfa},
    {50076, wantsMfa},
    {50078, wantsMfa},
    {50079, wantsMfa},
    {50105, u"The application {app} is open to assigned users only; assign it under Enterprise "
            "applications, Users and groups."},
    {50158, wantsMfa},
    {50173, loginEnded},
    {50194, u"The application {app} belongs to one tenant only; write that tenant's ID."},
    {50196, u"Entra ID saw too many identical requests and pauses; try again in a few minutes."},
    {53000, blocked},
    {53001, blocked},
    {53002, blocked},
    {53003, blocked},
    {65001, u"The application {app} has no consent for “{scope}”; an administrator of the tenant "
            "must grant it under API permissions."},
    {70002, u"Entra ID refused the client secret of the application {app}; save the secret's value "
            "as “{secret}” anew."},
    {70011, wrongScope},
    {70043, loginEnded},
    {90002, noSuchTenant},
    {90033, busy},
    {90055, busy},
    {90072, wrongUser},
    {500011, noAudience},
    {500014, u"The service for the scope “{scope}” is disabled in the tenant “{tenant}”; an "
             "administrator must enable it."},
    {500021, u"The network lets sign-ins to the tenant “{tenant}” not pass (tenant restrictions); "
             "ask who runs the proxy."},
    {501051, u"The application {app} has no role in the service for “{scope}”; assign one under "
             "Enterprise applications."},
    {530003, blocked},
    {530034, blocked},
    {700016, u"The tenant “{tenant}” has no application {app}; check the client ID on the overview "
             "page of the app registration, and that it is registered in this tenant."},
    {700027, u"Entra ID refused the certificate of the application {app}; Quaygate signs in with "
             "a client secret."},
    {700030, u"Entra ID refused the certificate of the application {app}; Quaygate signs in with "
             "a client secret."},
    {700082, loginEnded},
    {700084, loginEnded},
    {900021, noSuchTenant},
    {900023, noSuchTenant},
    {900144, u"Entra ID misses a part of the request; check tenant, client ID and client secret "
             "of this backend."},
    {1002012, wrongScope},
    {7000112, appDisabled},
    {7000113, appDisabled},
    {7000215, u"Entra ID refused the client secret “{secret}” of the application {app}; save the "
              "secret's value, which is not the secret's ID, or make a new one under Certificates "
              "& secrets."},
    {7000216, u"Entra ID got no client secret for the application {app}; save it as “{secret}”."},
    {7000218, u"Entra ID got no client secret for the application {app}; save it as “{secret}”."},
    {7000222, u"The client secret “{secret}” of the application {app} has expired; make a new one "
              "under Certificates & secrets of the app registration and save its value."},
    {7000229, u"The tenant “{tenant}” has no service principal for the application {app}; an "
              "administrator must add the application to the tenant."},
};

constexpr bool isSorted() {
    return std::is_sorted(std::begin(rows), std::end(rows),
                          [](const Row &a, const Row &b) { return a.number < b.number; });
}
static_assert(isSorted(), "entraErrorText looks by halves");

} // namespace

std::optional<int> entraErrorNumber(const QByteArray &text) {
    static const QRegularExpression pattern(u"AADSTS(\\d{4,9})"_s);
    const auto match = pattern.match(QString::fromUtf8(text.left(16 * 1024)));
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

QString entraErrorText(int number) {
    const Row *const row =
        std::lower_bound(std::begin(rows), std::end(rows), number,
                         [](const Row &one, int wanted) { return one.number < wanted; });
    return row != std::end(rows) && row->number == number ? QString::fromUtf16(row->text)
                                                          : QString();
}

} // namespace quaygate
