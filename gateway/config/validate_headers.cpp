#include "gateway/config/validate_headers.h"

#include "gateway/config/header_names.h"
#include "gateway/config/object_reader.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString spellingProblem(const QByteArray &name) {
    if (!isHeaderName(name))
        return u"The name of a header has letters, digits and “-” only, no space or colon."_s;
    return {};
}

QString matchNameProblem(const QByteArray &name) {
    if (isCredentialHeader(name))
        return u"A credential must not stand in this file, so that a route cannot be chosen by "
               u"one; "
               "use another header, or allow a client key this route only."_s;
    return spellingProblem(name);
}

QString nameProblem(const QByteArray &name) {
    if (const QString problem = spellingProblem(name); !problem.isEmpty())
        return problem;
    if (isCredentialHeader(name))
        return u"A credential must not stand in this file: keep it in the keychain, and name the "
               "header that it goes in under \"auth\", \"header\"."_s;
    if (isFramingHeader(name))
        return u"This header is set by the gateway for each request; remove it here."_s;
    return {};
}

QString valueProblem(const QString &value) {
    const auto isSendable = [](QChar c) { return (c >= u' ' && c <= u'~') || c == u'\t'; };
    if (value.trimmed().isEmpty())
        return u"A header needs a value."_s;
    if (!std::all_of(value.begin(), value.end(), isSendable))
        return u"The value of a header has visible ASCII characters and spaces only."_s;
    return {};
}

template<typename Header>
void checkEach(const QList<Header> &headers, QString (*problemOf)(const QByteArray &),
               Findings &findings) {
    QSet<QByteArray> seen;
    for (const Header &header : headers) {
        const QByteArray name = header.name.toUtf8();
        const QString place = memberPointer(u"/headers"_s, name);
        findings.addUnlessEmpty(place, problemOf(name));
        findings.addUnlessEmpty(place, valueProblem(header.value));
        if (seen.contains(name.toLower()))
            findings.add(place, u"This header stands twice, in another spelling; remove one."_s);
        seen.insert(name.toLower());
    }
}

} // namespace

void checkHeaders(const QList<BackendHeader> &headers, Findings &findings) {
    if (headers.size() > maxBackendHeaders)
        return findings.add(u"/headers"_s,
                            u"A backend has at most %1 headers of its own; Azure refuses "
                            "more."_s.arg(maxBackendHeaders));
    checkEach(headers, nameProblem, findings);
    qsizetype bytes = 0;
    for (const BackendHeader &header : headers)
        bytes += header.name.toUtf8().size() + header.value.size();
    if (bytes > maxBackendHeaderBytes)
        findings.add(u"/headers"_s,
                     u"The headers of a backend are too long; together they may have "
                     "%1 bytes."_s.arg(maxBackendHeaderBytes));
}

void checkMatchHeaders(const QList<HeaderMatch> &headers, Findings &findings) {
    checkEach(headers, matchNameProblem, findings);
}

} // namespace quaygate
