#include "ui/widgets/shown_secret.h"

#include "ui/theme/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

ShownSecret::ShownSecret(const QString &name, const Secret &secret, QWidget *parent)
    : QLineEdit(parent) {
    setReadOnly(true);
    setProperty("look", u"value"_s);
    setAccessibleName(name);
    setFont(Theme::codeFont());
    setText(QString::fromUtf8(secret.reveal()));
    setCursorPosition(0);
}

ShownSecret::~ShownSecret() {
    // text() shares its characters with the field, so this overwrites the field's own copy.
    const QString shared = text();
    auto *characters = const_cast<QChar *>(shared.constData());
    if (shared.capacity() > 0)
        std::fill(characters, characters + shared.size(), QChar(u'\0'));
}

} // namespace quaygate
