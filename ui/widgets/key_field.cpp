#include "ui/widgets/key_field.h"

#include <algorithm>

namespace quaygate {

KeyField::KeyField(QWidget *parent) : QLineEdit(parent) {
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setMaxLength(4096);
}

bool KeyField::hasKey() const {
    return !text().trimmed().isEmpty();
}

Secret KeyField::key() const {
    return Secret(QStringView(text()).trimmed().toUtf8());
}

void KeyField::setKey(const Secret &key) {
    wipe();
    setText(QString::fromUtf8(key.reveal()));
}

void KeyField::wipe() {
    // text() shares its characters with the field, so this overwrites the field's own copy. A
    // string without capacity of its own is a literal, in memory that cannot be written.
    const QString shared = text();
    if (shared.capacity() > 0) {
        auto *characters = const_cast<QChar *>(shared.constData());
        std::fill(characters, characters + shared.size(), QChar(u'\0'));
    }
    setText({});
}

} // namespace quaygate
