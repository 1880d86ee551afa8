#pragma once

#include "gateway/traffic/answer_paths.h"
#include "gateway/traffic/token_counts.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <limits>

namespace quaygate::traffic {

/// Walks over a JSON text as it comes by, in any pieces, and picks out what stands at the places of
/// answer_paths.h. It looks, it does not check: of a text that is not JSON it picks nothing, or
/// what looks right. Keeps no more than a name and one `usage` of at most `longestUsage` bytes,
/// however long the text is. Inner part of traffic/; a value, any thread.
class AnswerScan {
public:
    static constexpr qsizetype longestUsage = 8 * 1024;

    enum class For {
        Usage,         ///< and the model: `sawToken` stays false
        UsageAndTokens ///< also whether the model has said something
    };

    explicit AnswerScan(For purpose = For::UsageAndTokens) : m_purpose(purpose) {}

    void feed(QByteArrayView bytes);
    /// What comes next is another text. What was found stays.
    void restart();

    bool sawToken() const { return m_sawToken; }
    /// Of every `usage` so far.
    const TokenCounts &counts() const { return m_counts; }
    /// The first one that is not empty, as it stands between its quotes.
    const QByteArray &model() const { return m_model; }

private:
    /// Deep enough for every place; what is deeper is counted only.
    static constexpr int trackedDepth = 8;
    static constexpr int nowhere = std::numeric_limits<int>::max();
    static constexpr qsizetype longestName = 128;

    enum class Text { Skipped, Key, Model, Token };

    struct Container {
        Place place = Place::Nowhere;
        bool object = false;
    };

    const char *outside(const char *at, const char *end);
    const char *inUntracked(const char *at, const char *end);
    const char *inText(const char *at, const char *end);
    const char *toEndOfText(const char *at, const char *end);
    const char *skipText(const char *at, const char *end);
    void openText();
    void closeText(QByteArrayView text);
    void open(const char *at);
    void close(const char *at);
    void beginUsage(const char *at, Place place);
    void endUsage(const char *end);
    /// Whether names and places matter where the text stands.
    bool tracked() const { return m_depth < m_untrackedFrom; }
    Place placeOfMember(Place parent, QByteArrayView key) const;
    Place placeOfValue() const;

    For m_purpose;
    std::array<Container, trackedDepth> m_open; ///< the containers that are open, outermost first
    int m_depth = 0;
    int m_untrackedFrom = nowhere;   ///< the depth in whose container nothing matters
    Place m_member = Place::Nowhere; ///< of the member whose value is to come
    bool m_keyNext = false;          ///< a string would be a name
    bool m_inText = false;
    bool m_escape = false; ///< the piece ended behind a backslash
    Text m_text = Text::Skipped;
    QByteArray m_name;    ///< the begin of a name or a model that a piece has cut
    int m_usageDepth = 0; ///< of the `usage` being kept; 0: none
    Place m_usagePlace = Place::Nowhere;
    const char *m_usageFrom = nullptr; ///< in the piece that is fed
    QByteArray m_usage;                ///< what of it came in earlier pieces
    TokenCounts m_counts;
    QByteArray m_model;
    bool m_sawToken = false;
};

} // namespace quaygate::traffic
