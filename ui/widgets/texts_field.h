#pragma once

#include "ui/widgets/lines_field.h"

#include <QStringList>

class QComboBox;
class QLineEdit;

namespace quaygate {

/// A list of short texts in a form, one a line: models, origins, patterns.
class TextsField : public LinesField {
    Q_OBJECT

public:
    /// `text` names the field in a line, as placeholder and for a screen reader; `isCode`: in the
    /// font of code.
    TextsField(const Words &words, const QString &text, bool isCode, QWidget *parent = nullptr);

    void setTexts(const QStringList &texts);
    /// Without those that are empty, and without the blanks around them unless it is code.
    QStringList texts() const;

    /// Offers these in lines that are made from now on, to be chosen or typed.
    void offer(const QStringList &values);

private:
    QStringList m_offered;
};

} // namespace quaygate
