#include "gateway/dialects/messages_blocks.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/refused.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

constexpr QByteArrayView blankLine{"\\n\\n"}; ///< escaped

/// `data:TYPE;base64,…` as a JSON string.
QByteArray dataUrl(const JsonView &source) {
    QByteArray url;
    url.reserve(source["data"].raw().size() + 40);
    url += "\"data:";
    url.append(source["media_type"].inside());
    url += ";base64,";
    url.append(source["data"].inside());
    return url += '"';
}

/// The URL of an image as a JSON string.
Result<QByteArray> imageUrl(const JsonView &block, const QByteArray &where) {
    const JsonView source = block["source"];
    const QByteArray type = source["type"].string();
    if (type == "base64" && source["data"].isString() && source["media_type"].isString())
        return dataUrl(source);
    if (type == "url" && source["url"].isString())
        return source["url"].raw().toByteArray();
    if (type == "file")
        return refused(where + ".source",
                       u"files that were uploaded to Anthropic cannot be reached "
                       "from Azure; send the image as base64."_s);
    return refused(where + ".source",
                   u"an image needs a source of type base64 (with media_type and "
                   "data) or url (with url)."_s);
}

/// The texts of a list of text blocks with `between` in between, escaped.
Result<QByteArray> insideOfTexts(const JsonView &content, QByteArrayView between,
                                 const QByteArray &where) {
    if (content.isString())
        return content.inside().toByteArray();
    QByteArray inside;
    qsizetype index = 0;
    for (const JsonView &block : content.elements()) {
        if (block["type"].string() != "text" || !block["text"].isString())
            return blockRefused(block, elementPath(where, index));
        if (index++ > 0)
            inside.append(between);
        inside.append(block["text"].inside());
    }
    return inside;
}

Result<QByteArray> insideOfSearchResult(const JsonView &block, const QByteArray &where) {
    const Result<QByteArray> texts = insideOfTexts(block["content"], blankLine, where + ".content");
    if (!texts)
        return texts.error();
    QByteArray inside = block["title"].inside().toByteArray();
    if (!block["source"].inside().isEmpty())
        inside += " (" + block["source"].inside().toByteArray() + ')';
    return inside + blankLine.toByteArray() + *texts;
}

/// A document that is text, with its title and context before it.
QByteArray titled(const JsonView &block, const QByteArray &inside) {
    QByteArray out;
    for (const QByteArrayView name : {"title", "context"}) {
        if (!block[name].inside().isEmpty())
            out += block[name].inside().toByteArray() + blankLine.toByteArray();
    }
    return out + inside;
}

QByteArray filePart(const JsonView &block) {
    const JsonView title = block["title"];
    ObjectText file;
    file.raw("filename",
             title.inside().isEmpty() ? "\"document.pdf\""_ba : title.raw().toByteArray());
    file.raw("file_data", dataUrl(block["source"]));
    return ObjectText().string("type", "file").raw("file", file.text()).text();
}

Result<void> addDocument(ChatContent &content, const JsonView &block, const QByteArray &where) {
    const JsonView source = block["source"];
    const QByteArray type = source["type"].string();
    if (type == "base64" && source["data"].isString() && source["media_type"].isString()) {
        content.addPart(filePart(block));
        return {};
    }
    if (type == "text" && source["data"].isString()) {
        content.addText(literal(titled(block, source["data"].inside().toByteArray())));
        return {};
    }
    if (type == "content") {
        const Result<QByteArray> inside =
            insideOfTexts(source["content"], blankLine, where + ".source.content");
        if (!inside)
            return inside.error();
        content.addText(literal(titled(block, *inside)));
        return {};
    }
    return refused(where + ".source",
                   u"a document of type “%1” cannot be sent to a chat completions deployment; send "
                   "its text, or a PDF as base64."_s.arg(QString::fromUtf8(type)));
}

} // namespace

Error blockRefused(const JsonView &block, const QByteArray &where) {
    const QByteArray type = block["type"].string();
    if (type.isEmpty())
        return refused(where, u"a content block needs a type."_s);
    return refused(where,
                   u"a block of type “%1” cannot be sent to a chat completions deployment here; "
                   "leave it out, or use a Claude deployment."_s.arg(QString::fromUtf8(type)));
}

Result<void> addInputBlock(ChatContent &content, const JsonView &block, const QByteArray &where) {
    const QByteArray type = block["type"].string();
    if (type == "text" && block["text"].isString()) {
        content.addText(block["text"].raw());
        return {};
    }
    if (type == "image") {
        const Result<QByteArray> url = imageUrl(block, where);
        if (!url)
            return url.error();
        content.addImage(*url);
        return {};
    }
    if (type == "document")
        return addDocument(content, block, where);
    if (type == "search_result") {
        const Result<QByteArray> inside = insideOfSearchResult(block, where);
        if (!inside)
            return inside.error();
        content.addText(literal(*inside));
        return {};
    }
    return blockRefused(block, where);
}

Result<ToolResult> readToolResult(const JsonView &block, const QByteArray &where) {
    ToolResult result;
    QByteArrayList texts;
    const JsonView content = block["content"];
    if (content.isString())
        texts.append(content.inside().toByteArray());
    qsizetype index = 0;
    for (const JsonView &part : content.elements()) {
        const QByteArray path = elementPath(where + ".content", index++);
        const QByteArray type = part["type"].string();
        if (type == "text" && part["text"].isString()) {
            texts.append(part["text"].inside().toByteArray());
        } else if (type == "image") {
            const Result<QByteArray> url = imageUrl(part, path);
            if (!url)
                return url.error();
            result.imageUrls.append(*url);
        } else if (type == "search_result") {
            const Result<QByteArray> inside = insideOfSearchResult(part, path);
            if (!inside)
                return inside.error();
            texts.append(*inside);
        } else {
            return blockRefused(part, path);
        }
    }
    if (texts.isEmpty() && !result.imageUrls.isEmpty())
        texts.append("(The result is an image; it follows.)");
    // The chat API has no mark for a failed call, so the text must tell.
    const QByteArray mark = block["is_error"].isTrue() ? "Error: "_ba : QByteArray();
    result.textLiteral = literal(mark + texts.join("\\n"));
    return result;
}

} // namespace quaygate::dialects
