#pragma once

#include "ui/widgets/form_field.h"
#include "ui/widgets/form_line.h"

#include <functional>

class QPushButton;
class QVBoxLayout;

namespace quaygate {

/// A table in a form whose lines can be added and removed. What the lines hold is for a FormLine to
/// say.
class LinesField : public FormField {
    Q_OBJECT

public:
    struct Words {
        QString label;   ///< "Rate limits"
        QString line;    ///< "Limit": told to a screen reader with the line's number
        QString add;     ///< "Add a limit"
        QString control; ///< the object name; parts of lines have it with their names and numbers
        QString pointer; ///< where the lines are in what the form edits: "/rateLimit"
    };
    using MakeLine = std::function<FormLine *(QWidget *parent)>;

    LinesField(const Words &words, MakeLine make, QWidget *parent = nullptr);

    /// Above the lines, while there are any.
    void setHeading(QWidget *heading);
    /// Another object name, for a table within a line.
    void setControl(const QString &control);
    QString pointer() const { return m_words.pointer; }

    /// At the end. To be filled by the caller.
    FormLine *addLine();
    void clear();
    QList<FormLine *> lines() const { return m_lines; }
    /// Without the lines that are empty.
    QList<FormLine *> filled() const;

    Problems unreadable() const;
    void setProblems(const Problems &problems) override;
    void focusEditor() override;

signals:
    void edited();
    /// By a person, with an empty line.
    void lineAdded(quaygate::FormLine *line);

protected:
    /// The step of a pointer that leads to the line; its number among those that are filled.
    virtual QString stepTo(const FormLine &line, qsizetype number) const;

private:
    LinesField(const Words &words, MakeLine make, QWidget *table, QWidget *parent);
    void removeLine(FormLine *line);
    void numberLines();
    void chainLine(const FormLine &line);

    Words m_words;
    MakeLine m_make;
    QVBoxLayout *m_column;
    QVBoxLayout *m_table;
    QPushButton *m_add;
    QWidget *m_heading = nullptr;
    QList<FormLine *> m_lines;
};

} // namespace quaygate
