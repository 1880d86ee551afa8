#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/lines_field.h"

namespace quaygate {

/// Messages that a rule adds to a conversation, one after the other.
class MessagesField : public LinesField {
    Q_OBJECT

public:
    explicit MessagesField(const Words &words, QWidget *parent = nullptr);

    void setMessages(const QList<PromptMessage> &messages);
    QList<PromptMessage> messages() const;
};

} // namespace quaygate
