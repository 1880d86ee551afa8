#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

/// JSON as text: where each value stands, so that one can be changed in place and everything else
/// stays as it was, to the byte. RFC 8259, strict; UTF-8 without a byte order mark; at most 512
/// levels deep; duplicate names are allowed and the last one counts.
namespace quaygate::json {

/// A half-open range of bytes.
struct Span {
    qsizetype begin = 0;
    qsizetype end = 0;

    bool operator==(const Span &) const = default;
};

/// Why and where a text is not JSON. `line` and `column` count from 1, the column in bytes.
struct SyntaxError {
    qsizetype offset = 0;
    int line = 1;
    int column = 1;
    QString message;
};

/// One value of a text, with its parts. Spans are into the text that was parsed.
struct Node {
    enum class Type { Null, Bool, Number, String, Array, Object };

    struct Member;

    Type type = Type::Null;
    Span span;
    std::vector<Node> elements;  ///< of an array
    std::vector<Member> members; ///< of an object, in order

    /// The member of that (unescaped) name, the last if there are several; null if there is none.
    const Node *find(QByteArrayView key) const;
};

struct Node::Member {
    QByteArray key; ///< unescaped, UTF-8
    Span keySpan;   ///< with its quotes
    Node value;
};

/// The whole text as a tree; at most `maxDepth` levels deep, and never more than 512.
struct Parsed {
    bool ok = false;
    Node root;
    SyntaxError error;
};
Parsed parse(QByteArrayView text, int maxDepth = 512);

/// The line (from 1) in which the byte at `offset` stands.
int lineAt(QByteArrayView text, qsizetype offset);

/// The unescaped text of a string node, which `text` was parsed to. Lone surrogates become U+FFFD.
QString stringValue(QByteArrayView text, const Node &node);

/// A JSON string literal, with its quotes.
QByteArray quote(QStringView text);

/// The span of the value of a top-level member (the last of that name), without building a tree:
/// one pass that checks the whole text. Fails with BodyNotJson, naming line and column, if `text`
/// is not JSON or no object; an empty span means there is no such member.
Result<Span> findMember(QByteArrayView text, QByteArrayView key);

/// The span of the value of the first top-level member of that name, without looking further: where
/// it does not matter whether there is another one, or whether the rest is JSON. Empty: none.
Span findFirstMember(QByteArrayView text, QByteArrayView key);

/// Whether the string `name` stands anywhere in the text, as the name of a member perhaps; far
/// cheaper than reading the JSON. A name that is written with escapes is not seen.
bool mayName(QByteArrayView text, QByteArrayView name);

/// The text with the top-level member set to `value`, which must be JSON: replaced in place if
/// there is one, else added as the first member. Everything else keeps its bytes. Where the name
/// stands several times, every one of them is set: most readers take the last, but not all do.
/// BodyNotJson as above.
Result<QByteArray> withMember(QByteArrayView text, QByteArrayView key, QByteArrayView value);

} // namespace quaygate::json
