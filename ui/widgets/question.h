#pragma once

#include "ui/widgets/buttons.h"
#include "ui/widgets/fitted_dialog.h"

#include <functional>

class QCheckBox;
class QHBoxLayout;
class QVBoxLayout;

namespace quaygate {

/// A question in front of the window, answered by one of a few buttons. Escape answers with none of
/// them. Never blocks: `open()` shows it, the answer's function is called after it closed.
class Question : public FittedDialog {
    Q_OBJECT

public:
    Question(const QString &title, const QString &text, QWidget *parent);

    /// From the left to the right; the last one is the default. Without a function: only closes.
    void addAnswer(const QString &text, ButtonKind kind, std::function<void()> run = {});
    QCheckBox *addOption(const QString &text);

private:
    QVBoxLayout *m_texts;
    QHBoxLayout *m_answers;
};

} // namespace quaygate
