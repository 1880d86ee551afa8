#pragma once

#include "gateway/secrets/secret.h"

#include <QLineEdit>

namespace quaygate {

/// A field for a key: masked, without a way to show or copy it, emptied when the key is taken. What
/// is stored never comes back into it.
class KeyField : public QLineEdit {
    Q_OBJECT

public:
    explicit KeyField(QWidget *parent = nullptr);

    bool hasKey() const;
    /// The typed key, without the blanks that a paste brings along; the field keeps its dots.
    Secret key() const;
    /// Shows the dots of a key that was found elsewhere, in a pasted URL.
    void setKey(const Secret &key);
    /// Overwrites the text in memory, then empties the field and its undo history.
    void wipe();
};

} // namespace quaygate
