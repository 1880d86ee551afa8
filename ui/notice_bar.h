#pragma once

#include "ui/widgets/message_bar.h"

#include <QWidget>

namespace quaygate {

/// Something a person should know once, over every page, until it is dismissed. Takes no room while
/// there is nothing.
class NoticeBar : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// In place of the notice before.
    void tell(MessageKind kind, const QString &text, QList<MessageAction> actions = {});

    const MessageBar *bar() const { return m_bar; }

private:
    void dismiss();

    MessageBar *m_bar;
};

} // namespace quaygate
