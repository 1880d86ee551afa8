#pragma once

#include "ui/playground/conversation.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace quaygate {

/// What can be asked of the model beyond the words. All of it is off at first, because reasoning
/// models refuse it.
class ParametersPanel : public QFrame {
    Q_OBJECT

public:
    explicit ParametersPanel(QWidget *parent = nullptr);

    ChatParameters parameters() const;

signals:
    void changed();

private:
    QCheckBox *m_sendTemperature;
    QSpinBox *m_temperature;
    QCheckBox *m_sendMaxTokens;
    QSpinBox *m_maxTokens;
    QComboBox *m_tokenName;
};

} // namespace quaygate
