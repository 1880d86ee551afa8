#include "gateway/config/validate_client_keys.h"

#include "gateway/config/checks.h"
#include "gateway/config/names.h"
#include "gateway/config/validate.h"
#include "gateway/config/validate_rules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The value is not repeated: someone may have put the key itself there.
QString hashProblem(const QString &hash) {
    static const QRegularExpression shape(uR"(\Asha256:[0-9a-f]{64}\z)"_s);
    if (shape.match(hash).hasMatch())
        return {};
    return u"\"hash\" must be sha256: and the 64 hexadecimal digits, in lower case, of the key's "
           "SHA-256; make the key in the window, which writes it."_s;
}

void checkAllowed(const QString &place, const QString &what, const QStringList &names,
                  Findings &findings) {
    if (names.isEmpty())
        findings.add(place, u"With no %1 the key opens nothing: name some, or write \"*\" for "
                            "all."_s.arg(what));
    for (qsizetype i = 0; i < names.size(); ++i)
        findings.addUnlessEmpty(u"%1/%2"_s.arg(place, QString::number(i)),
                                namePatternProblem(names[i]));
}

} // namespace

Problems validate(const ClientKey &key) {
    Findings findings;
    findings.addUnlessEmpty(u"/name"_s, nameProblem(u"A client key"_s, key.name));
    findings.addUnlessEmpty(u"/hash"_s, hashProblem(key.hash));
    checkAllowed(u"/routes"_s, u"route"_s, key.routes, findings);
    checkAllowed(u"/models"_s, u"model"_s, key.models, findings);
    checkRules(key.rules, findings);
    return findings.problems();
}

void checkClientKeys(const QList<ClientKey> &keys, Findings &findings) {
    for (qsizetype i = 0; i < keys.size(); ++i)
        findings.addBelow(u"/clientKeys/%1"_s.arg(i), validate(keys[i]));
    checkNamesAreUnique(keys, u"/clientKeys"_s, u"client key"_s, findings);
    checkUnique(
        keys,
        [](const ClientKey &key) { return hashProblem(key.hash).isEmpty() ? key.hash : QString(); },
        [](qsizetype i) { return u"/clientKeys/%1/hash"_s.arg(i); },
        [](const ClientKey &other) {
            return u"This is the same key as “%1”; remove one of them, or make a new key."_s.arg(
                other.name);
        },
        findings);
}

} // namespace quaygate
