#include "tests/traffic/exposition_parser.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <limits>
#include <set>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

/// Reads one text, line by line.
class Parser {
public:
    Exposition parse(const QByteArray &text) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString decoded = decoder(text);
        if (decoder.hasError())
            fail(u"is not UTF-8"_s);
        if (!text.isEmpty() && !text.endsWith('\n'))
            fail(u"does not end with a line feed"_s);
        for (const QString &line : decoded.split(u'\n')) {
            m_line = line;
            if (line.startsWith(u"# HELP "_s))
                help(line.mid(7));
            else if (line.startsWith(u"# TYPE "_s))
                type(line.mid(7));
            else if (!line.isEmpty() && !line.startsWith(u'#'))
                sample(line);
        }
        checkHistograms();
        return m_out;
    }

private:
    void fail(const QString &what) {
        if (m_out.error.empty())
            m_out.error = (what + u": "_s + m_line).toStdString();
    }

    void help(const QString &rest) {
        static const QRegularExpression pattern(u"^([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*$"_s);
        const auto match = pattern.match(rest);
        if (!match.hasMatch() || !m_helped.insert(match.captured(1)).second)
            fail(u"bad or second HELP"_s);
    }

    void type(const QString &rest) {
        static const QRegularExpression pattern(
            u"^([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$"_s);
        const auto match = pattern.match(rest);
        if (!match.hasMatch())
            return fail(u"bad TYPE"_s);
        m_family = match.captured(1).toStdString();
        if (!m_out.types.emplace(m_family, match.captured(2).toStdString()).second)
            fail(u"second TYPE"_s);
    }

    void sample(const QString &line) {
        static const QRegularExpression pattern(
            uR"(^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$)"_s);
        const auto match = pattern.match(line);
        if (!match.hasMatch())
            return fail(u"bad sample"_s);
        Sample sample{match.captured(1).toStdString(), labels(match.captured(2)), 0};
        bool good = false;
        sample.value = match.captured(3).toDouble(&good);
        if (!good)
            fail(u"bad value"_s);
        const bool histogram = m_out.types[m_family] == "histogram";
        const bool ours = histogram ? sample.name == m_family + "_bucket" ||
                                          sample.name == m_family + "_sum" ||
                                          sample.name == m_family + "_count"
                                    : sample.name == m_family;
        if (!ours)
            fail(u"sample outside of its metric"_s);
        if (!m_seen.insert({sample.name, sample.labels}).second)
            fail(u"sample twice"_s);
        m_out.samples.push_back(sample);
    }

    LabelMap labels(const QString &text) {
        static const QRegularExpression pattern(
            uR"re(\G(?:^|,)([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)")re"_s);
        LabelMap found;
        qsizetype end = 0;
        for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
            const auto match = matches.next();
            end = match.capturedEnd();
            QString value = match.captured(2);
            value.replace(u"\\n"_s, u"\n"_s)
                .replace(u"\\\""_s, u"\""_s)
                .replace(u"\\\\"_s, u"\\"_s);
            if (!found.emplace(match.captured(1).toStdString(), value.toStdString()).second)
                fail(u"label twice"_s);
        }
        if (end != text.size())
            fail(u"bad labels"_s);
        return found;
    }

    void checkHistograms() {
        struct Buckets {
            double bound = -std::numeric_limits<double>::infinity();
            double count = 0;
        };
        std::map<std::pair<std::string, LabelMap>, Buckets> all;
        for (const Sample &sample : m_out.samples) {
            const size_t at = sample.name.rfind("_bucket");
            const size_t countAt = sample.name.rfind("_count");
            LabelMap others = sample.labels;
            others.erase("le");
            m_line = QString::fromStdString(sample.name);
            if (at != std::string::npos) {
                Buckets &buckets = all[{sample.name.substr(0, at), others}];
                const QString le = QString::fromStdString(sample.labels.at("le"));
                const double bound =
                    le == u"+Inf"_s ? std::numeric_limits<double>::infinity() : le.toDouble();
                if (bound <= buckets.bound || sample.value < buckets.count)
                    fail(u"buckets do not rise"_s);
                buckets = {bound, sample.value};
            } else if (countAt != std::string::npos) {
                const Buckets &buckets = all[{sample.name.substr(0, countAt), others}];
                if (buckets.bound != std::numeric_limits<double>::infinity() ||
                    buckets.count != sample.value)
                    fail(u"the last bucket is not the count"_s);
            }
        }
    }

    Exposition m_out;
    QString m_line;
    std::string m_family;
    std::set<QString> m_helped;
    std::set<std::pair<std::string, LabelMap>> m_seen;
};

} // namespace

double Exposition::value(const std::string &name, const LabelMap &labels) const {
    for (const Sample &sample : samples) {
        if (sample.name == name && sample.labels == labels)
            return sample.value;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

Exposition parseExposition(const QByteArray &text) {
    return Parser().parse(text);
}

} // namespace quaygate::test
