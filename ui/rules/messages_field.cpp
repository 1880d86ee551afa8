#include "ui/rules/messages_field.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Role {
    QString word;
    QString text;
};

const QList<Role> &roles() {
    static const QList<Role> roles{
        {u"system"_s, MessagesField::tr("System")},
        {u"developer"_s, MessagesField::tr("Developer")},
        {u"user"_s, MessagesField::tr("User")},
        {u"assistant"_s, MessagesField::tr("Assistant")},
    };
    return roles;
}

class MessageLine : public FormLine {
public:
    explicit MessageLine(QWidget *parent)
        : FormLine(parent), m_role(new QComboBox(this)), m_content(new QPlainTextEdit(this)) {
        for (const Role &role : roles())
            m_role->addItem(role.text, role.word);
        leaveWheelToForm(m_role);
        m_content->setTabChangesFocus(true);
        m_content->setPlaceholderText(MessagesField::tr("What the message says"));
        m_content->setFixedHeight(3 * m_content->fontMetrics().lineSpacing() + 2 * space::m);
        addPart(m_role, u"Role"_s, MessagesField::tr("Role"), u"/role"_s);
        row()->insertStretch(1);
        addPartBeneath(m_content, u"Content"_s, MessagesField::tr("Text"), u"/content"_s);
    }

    void setMessage(const PromptMessage &message) {
        m_original = message;
        m_role->setCurrentIndex(std::max(0, m_role->findData(message.role)));
        m_content->setPlainText(message.content);
        m_shown = m_content->toPlainText();
    }

    PromptMessage message() const {
        PromptMessage message = m_original; // keeps what this version does not know
        message.role = m_role->currentData().toString();
        // The editor has its own ends of lines.
        if (m_content->toPlainText() != m_shown)
            message.content = m_content->toPlainText();
        return message;
    }

    bool isEmpty() const override { return m_content->toPlainText().isEmpty(); }

private:
    QComboBox *m_role;
    QPlainTextEdit *m_content;
    PromptMessage m_original;
    QString m_shown;
};

} // namespace

MessagesField::MessagesField(const Words &words, QWidget *parent)
    : LinesField(
          words, [](QWidget *table) -> FormLine * { return new MessageLine(table); }, parent) {
}

void MessagesField::setMessages(const QList<PromptMessage> &messages) {
    clear();
    for (const PromptMessage &message : messages)
        static_cast<MessageLine *>(addLine())->setMessage(message);
}

QList<PromptMessage> MessagesField::messages() const {
    QList<PromptMessage> messages;
    for (const FormLine *line : filled())
        messages.append(static_cast<const MessageLine *>(line)->message());
    return messages;
}

} // namespace quaygate
