#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace quaygate {

class IconView;

enum class MessageKind { Info, Success, Warning, Error };

/// What a person can do about a message.
struct MessageAction {
    QString text;
    std::function<void()> run;
};

/// A message that stays where it belongs until it is settled: an icon, a sentence, what a library
/// said in small, and what to do. Hidden while nothing is set.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    /// Where the buttons go: beneath the words, or in a wide bar beside them.
    enum class Actions { Beneath, Beside };

    explicit MessageBar(QWidget *parent = nullptr, Actions actions = Actions::Beneath);

    void setMessage(MessageKind kind, const QString &text, const QString &detail = {},
                    const QList<MessageAction> &actions = {});
    void clear();

    QString text() const;
    QString detail() const;
    bool isSet() const { return m_set; }
    MessageKind kind() const { return m_kind; }
    /// The buttons of the actions, in their order.
    QList<QPushButton *> buttons() const { return m_buttons; }

private:
    IconView *m_icon;
    QLabel *m_text;
    QLabel *m_detail;
    QWidget *m_actionRow;
    QHBoxLayout *m_actions;
    Actions m_place;
    QList<QPushButton *> m_buttons;
    MessageKind m_kind = MessageKind::Info;
    bool m_set = false;
};

} // namespace quaygate
