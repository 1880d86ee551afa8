#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/text_filter.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

// What the built-ins take for what they look for, and what they do not.

namespace quaygate {
namespace {

GuardSteps stepsFor(GuardBuiltin builtin) {
    GuardRule rule;
    rule.action = GuardRule::Action::Mask;
    rule.builtins = {builtin};
    Guard guard;
    guard.request = {rule};
    return compileGuard(guard).value()->request;
}

struct TextCase {
    QByteArray text;
    QByteArray expected; ///< empty: stays as it is
};

void check(GuardBuiltin builtin, std::initializer_list<TextCase> cases) {
    const GuardSteps steps = stepsFor(builtin);
    for (const TextCase &c : cases) {
        GuardTally tally(steps);
        EXPECT_EQ(filtered(steps, tally, c.text), c.expected.isEmpty() ? c.text : c.expected);
        EXPECT_EQ(tally.foundNothing(), c.expected.isEmpty()) << c.text.constData();
    }
}

TEST(GuardBuiltins, findSocialSecurityNumbers) {
    check(GuardBuiltin::Ssn, {
                                 {"123-45-6789", "<SSN>"},
                                 {"My SSN is 123 45 6789.", "My SSN is <SSN>."},
                                 {"ssn:123-45-6789, other", "ssn:<SSN>, other"},
                                 {"(123-45-6789)", "(<SSN>)"},
                                 {"号码123-45-6789。", "号码<SSN>。"},
                                 {"123\u201145\u20116789", "<SSN>"},
                                 {"123\u00A045\u00A06789", "<SSN>"},
                                 {"001-01-0001 899-99-9999", "<SSN> <SSN>"},
                                 {"123456789", ""},
                                 {"123-45 6789", ""},
                                 {"123.45.6789", ""},
                                 {"000-45-6789", ""},
                                 {"666-45-6789", ""},
                                 {"900-45-6789", ""},
                                 {"999-45-6789", ""},
                                 {"123-00-6789", ""},
                                 {"123-45-0000", ""},
                                 {"1123-45-6789", ""},
                                 {"123-45-67890", ""},
                                 {"a123-45-6789", ""},
                                 {"123-45-6789a", ""},
                                 {"12-123-45-6789", ""},
                                 {"123-45-6789-1", ""},
                                 {"123-45-6789.5", ""},
                                 {"123--45--6789", ""},
                                 {"+123-45-6789", ""},
                             });
}

TEST(GuardBuiltins, findCards) {
    check(GuardBuiltin::CreditCard,
          {
              {"4111111111111111", "<CREDIT_CARD>"},
              {"4111 1111 1111 1111", "<CREDIT_CARD>"},
              {"4111-1111-1111-1111", "<CREDIT_CARD>"},
              {"card 5555555555554444 exp 12/25", "card <CREDIT_CARD> exp 12/25"},
              {"378282246310005", "<CREDIT_CARD>"},
              {"3782 822463 10005", "<CREDIT_CARD>"},
              {"30569309025904", "<CREDIT_CARD>"},
              {"6011 1111 1111 1117", "<CREDIT_CARD>"},
              {"2223003122003222", "<CREDIT_CARD>"},
              {"4222222222222", "<CREDIT_CARD>"},
              {"6304000000000000000", "<CREDIT_CARD>"},
              {"4111111111111111 and 4111111111111112", "<CREDIT_CARD> and 4111111111111112"},
              {"4111 1111 1111 1111 4111 1111 1111 1111", "<CREDIT_CARD> <CREDIT_CARD>"},
              {"code 999 4111 1111 1111 1111", "code 999 <CREDIT_CARD>"},
              {"4111\u00A01111\u00A01111\u00A01111", "<CREDIT_CARD>"},
              {"4111111111111112", ""},
              {"411111111111", ""},
              {"41111111111111111111", ""},
              {"0000000000000000", ""},
              {"1774960000121", ""}, // milliseconds since 1970
              {"a4111111111111111", ""},
              {"4111111111111111b", ""},
              {"4111  1111  1111  1111", ""},
              {"4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", ""},
              {"4111.1111.1111.1111", ""},
          });
}

TEST(GuardBuiltins, findCanadianInsuranceNumbers) {
    check(GuardBuiltin::CaSin, {
                                   {"130 692 544", "<CA_SIN>"},
                                   {"130-692-544", "<CA_SIN>"},
                                   {"SIN: 130692544.", "SIN: <CA_SIN>."},
                                   {"046 454 286", ""}, // never given out
                                   {"130 692 545", ""},
                                   {"130-692 544", ""},
                                   {"1306925440", ""},
                                   {"130.692.544", ""},
                                   {"x130692544", ""},
                                   {"130 692 544-1", ""},
                               });
}

TEST(GuardBuiltins, findTelephoneNumbers) {
    check(GuardBuiltin::Phone, {
                                   {"(212) 555-0100", "<PHONE_NUMBER>"},
                                   {"(212)555-0100", "<PHONE_NUMBER>"},
                                   {"call 212-555-0100 now", "call <PHONE_NUMBER> now"},
                                   {"212.555.0100", "<PHONE_NUMBER>"},
                                   {"212 555 0100.", "<PHONE_NUMBER>."},
                                   {"1-212-555-0100", "<PHONE_NUMBER>"},
                                   {"1 (212) 555-0100", "<PHONE_NUMBER>"},
                                   {"+1 212 555 0100", "<PHONE_NUMBER>"},
                                   {"+12125550100", "<PHONE_NUMBER>"},
                                   {"+1 (212) 555-0100", "<PHONE_NUMBER>"},
                                   {"+44 20 7946 0958", "<PHONE_NUMBER>"},
                                   {"+44 (0)20 7946 0958", "<PHONE_NUMBER>"},
                                   {"+49 30 901820", "<PHONE_NUMBER>"},
                                   {"tel:+81-3-1234-5678", "tel:<PHONE_NUMBER>"},
                                   {"(+44) 20 7946 0958", "<PHONE_NUMBER>"},
                                   {"(212-555-0100)", "(<PHONE_NUMBER>)"},
                                   {"2125550100", ""},
                                   {"112-555-0100", ""},
                                   {"212-155-0100", ""},
                                   {"212-555-01000", ""},
                                   {"212-555.0100", ""},
                                   {"+1 212 555 01", ""},
                                   {"+02125550100", ""},
                                   {"+1234567", ""},
                                   {"1+23456789", ""},
                                   {"2024-11-23", ""},
                                   {"10.0.0.1 192.168.1.254", ""},
                                   {"3.14159265358979", ""},
                                   {"1774960000", ""},
                                   {"pages 100-200-3000", ""},
                                   {"v1.212.555.0100", ""},
                               });
}

TEST(GuardBuiltins, findEmailAddresses) {
    check(GuardBuiltin::Email,
          {
              {"bob@example.com", "<EMAIL_ADDRESS>"},
              {"Mail <bob.b+x@mail.example.co.uk>.", "Mail <<EMAIL_ADDRESS>>."},
              {"bob@example.com.", "<EMAIL_ADDRESS>."},
              {"...bob@example.com", "...<EMAIL_ADDRESS>"},
              {"a_b%c@x-y.io,d@e.fr", "<EMAIL_ADDRESS>,<EMAIL_ADDRESS>"},
              {"邮箱bob@example.com。", "邮箱<EMAIL_ADDRESS>。"},
              {"BOB@EXAMPLE.COM", "<EMAIL_ADDRESS>"},
              {"bob@example.xn--p1ai", "<EMAIL_ADDRESS>"},
              {"bob@example.com.123", "<EMAIL_ADDRESS>.123"},
              {"bob@example.com..", "<EMAIL_ADDRESS>.."},
              {"bob@localhost", ""},
              {"bob@127.0.0.1", ""},
              {"@example.com", ""},
              {"bob@", ""},
              {"bob@.com", ""},
              {"bob@-x.com", ""},
              {"bob@example.c", ""},
              {"@Override public", ""},
              {"pkg@1.2.3", ""},
              {"a @ b.com", ""},
          });
}

} // namespace
} // namespace quaygate
