#include "ui/widgets/texts_field.h"

#include "ui/theme/theme.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

class TextLine : public FormLine {
public:
    TextLine(const QString &name, bool isCode, const QStringList &offered, QWidget *parent)
        : FormLine(parent), m_isCode(isCode) {
        if (offered.isEmpty()) {
            m_text = new QLineEdit(this);
            addPart(m_text, u"Text"_s, name, {}, 1);
        } else {
            auto *choice = new QComboBox(this);
            choice->setEditable(true);
            choice->setInsertPolicy(QComboBox::NoInsert);
            choice->setCompleter(nullptr);
            choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            choice->setMinimumContentsLength(8);
            choice->addItems(offered);
            choice->setEditText({});
            leaveWheelToForm(choice);
            m_text = choice->lineEdit();
            addPart(choice, u"Choice"_s, name, {}, 1);
        }
        if (isCode)
            m_text->setFont(Theme::codeFont());
        m_text->setPlaceholderText(name);
    }

    void setText(const QString &text) {
        m_text->setText(text);
        m_text->setCursorPosition(0);
    }
    /// A blank at the end of a pattern counts.
    QString text() const { return m_isCode ? m_text->text() : m_text->text().trimmed(); }

    bool isEmpty() const override { return text().isEmpty(); }

    void setNumber(const QString &control, const QString &spoken, qsizetype number) override {
        FormLine::setNumber(control, spoken, number);
        m_text->setObjectName(u"%1Text%2"_s.arg(control).arg(number));
    }

private:
    QLineEdit *m_text;
    bool m_isCode;
};

} // namespace

TextsField::TextsField(const Words &words, const QString &text, bool isCode, QWidget *parent)
    : LinesField(
          words,
          [this, text, isCode](QWidget *table) -> FormLine * {
              return new TextLine(text, isCode, m_offered, table);
          },
          parent) {
}

void TextsField::setTexts(const QStringList &texts) {
    clear();
    for (const QString &text : texts)
        static_cast<TextLine *>(addLine())->setText(text);
}

QStringList TextsField::texts() const {
    QStringList texts;
    for (const FormLine *line : filled())
        texts.append(static_cast<const TextLine *>(line)->text());
    return texts;
}

void TextsField::offer(const QStringList &values) {
    m_offered = values;
}

} // namespace quaygate
