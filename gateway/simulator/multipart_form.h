#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace quaygate::simulator {

/// One field of a form: a text, or a file if it has a name.
struct FormPart {
    QString name;
    QString filename;
    QByteArray contentType;
    QByteArray bytes;
};

/// A body of `multipart/form-data`, read.
class MultipartForm {
public:
    MultipartForm() = default;
    explicit MultipartForm(QList<FormPart> parts) : m_parts(std::move(parts)) {}

    /// The first part of that name; null if there is none. `image` finds `image[]` as well, and
    /// `image[0]`, in which ways clients write lists.
    const FormPart *find(QStringView name) const;
    qsizetype count(QStringView name) const;
    /// The text of a field; empty if there is none.
    QString text(QStringView name) const;
    bool contains(QStringView name) const { return find(name) != nullptr; }
    const QList<FormPart> &parts() const { return m_parts; }

private:
    QList<FormPart> m_parts;
};

/// Nothing if the content type is another, or the body is not what it says.
std::optional<MultipartForm> readMultipartForm(QByteArrayView contentType, QByteArrayView body);

} // namespace quaygate::simulator
