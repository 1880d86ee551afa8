#pragma once

#include "ui/widgets/form_field.h"

#include <QList>
#include <QStringList>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace quaygate {

/// A name and what belongs to it.
struct TextPair {
    QString name;
    QString value;

    bool operator==(const TextPair &) const = default;
};

/// A small table of names and values in a form, one pair a line, with what is wrong beneath the
/// line that it is about.
class PairsField : public FormField {
    Q_OBJECT

public:
    struct Words {
        QString label;   ///< "Request headers"
        QString pair;    ///< "Header": told to a screen reader with the line's number
        QString name;    ///< "Name": placeholder and what a screen reader says
        QString value;   ///< "Value"
        QString add;     ///< "Add a header"
        QString control; ///< the object name; lines have it with "Name1", "Value1", …
        QString pointer; ///< where the pairs are in the configuration: "/headers"
    };

    explicit PairsField(const Words &words, QWidget *parent = nullptr);

    void setPairs(const QList<TextPair> &pairs);
    /// Without the lines that are empty. Names lose the blanks around them.
    QList<TextPair> pairs() const;

    /// Offers these as values, to be chosen or typed.
    void offerValues(const QStringList &values);

    void setProblems(const Problems &problems) override;
    void focusEditor() override;

signals:
    void edited();

private:
    struct Line {
        QWidget *widget;
        QLineEdit *name;
        QComboBox *choice; ///< null where no values are offered
        QLineEdit *value;
        QPushButton *remove;
        QLabel *error;
    };

    PairsField(const Words &words, QWidget *table, QWidget *parent);
    void addLine(const TextPair &pair);
    void chainLine(const Line &line);
    void removeLine(QWidget *widget);
    void numberLines();
    void setError(const Line &line, const QString &error);

    Words m_words;
    QVBoxLayout *m_lines;
    QPushButton *m_add;
    QList<Line> m_table;
    QStringList m_offered;
    bool m_offers = false;
};

} // namespace quaygate
