#include "ui/playground/parameters_panel.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int fieldWidth = 96;

/// Tenths, from 0.0 to 2.0.
class TemperatureBox : public QSpinBox {
public:
    explicit TemperatureBox(QWidget *parent) : QSpinBox(parent) {
        setRange(0, 20);
        setValue(7);
    }

protected:
    QString textFromValue(int value) const override {
        return locale().toString(value / 10.0, 'f', 1);
    }
    int valueFromText(const QString &text) const override {
        return static_cast<int>(locale().toDouble(text) * 10 + 0.5);
    }
    QValidator::State validate(QString &text, int &) const override {
        bool isNumber = false;
        const double value = locale().toDouble(text, &isNumber);
        if (text.isEmpty() || text.endsWith(locale().decimalPoint()))
            return QValidator::Intermediate;
        return isNumber && value >= 0 && value <= 2 ? QValidator::Acceptable : QValidator::Invalid;
    }
};

} // namespace

ParametersPanel::ParametersPanel(QWidget *parent)
    : QFrame(parent)
    , m_sendTemperature(new QCheckBox(tr("Temperature"), this))
    , m_temperature(new TemperatureBox(this))
    , m_sendMaxTokens(new QCheckBox(tr("Max tokens"), this))
    , m_maxTokens(new QSpinBox(this))
    , m_tokenName(new QComboBox(this)) {
    setProperty("surface", u"card"_s);
    m_sendTemperature->setObjectName(u"sendTemperature"_s);
    m_temperature->setObjectName(u"temperature"_s);
    m_sendMaxTokens->setObjectName(u"sendMaxTokens"_s);
    m_maxTokens->setObjectName(u"maxTokens"_s);
    m_tokenName->setObjectName(u"tokenName"_s);
    m_temperature->setAccessibleName(tr("Temperature"));
    m_temperature->setFixedWidth(fieldWidth);
    m_temperature->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_maxTokens->setAccessibleName(tr("Max tokens"));
    m_maxTokens->setFixedWidth(fieldWidth);
    m_maxTokens->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_maxTokens->setRange(1, 1'000'000);
    m_maxTokens->setValue(1000);
    m_tokenName->addItem(tr("as max_completion_tokens"), false);
    m_tokenName->addItem(tr("as max_tokens (older models)"), true);
    m_tokenName->setAccessibleName(tr("Name of the token limit"));

    auto *hint = makeText(tr("Sent only when ticked. Reasoning models (o-series, GPT-5) refuse a "
                             "temperature, and their limit includes the tokens they think with."),
                          TextType::Small, this);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(space::l, space::m, space::l, space::m);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::s);
    grid->addWidget(m_sendTemperature, 0, 0);
    grid->addWidget(m_temperature, 0, 1);
    grid->addWidget(m_sendMaxTokens, 1, 0);
    grid->addWidget(m_maxTokens, 1, 1);
    grid->addWidget(m_tokenName, 1, 2);
    grid->addWidget(hint, 2, 0, 1, 4);
    grid->setColumnStretch(3, 1);

    const auto update = [this] {
        m_temperature->setEnabled(m_sendTemperature->isChecked());
        m_maxTokens->setEnabled(m_sendMaxTokens->isChecked());
        m_tokenName->setEnabled(m_sendMaxTokens->isChecked());
        emit changed();
    };
    connect(m_sendTemperature, &QCheckBox::toggled, this, update);
    connect(m_sendMaxTokens, &QCheckBox::toggled, this, update);
    update();
}

ChatParameters ParametersPanel::parameters() const {
    ChatParameters parameters;
    if (m_sendTemperature->isChecked())
        parameters.temperature = m_temperature->value() / 10.0;
    if (m_sendMaxTokens->isChecked())
        parameters.maxTokens = m_maxTokens->value();
    parameters.olderTokenName = m_tokenName->currentData().toBool();
    return parameters;
}

} // namespace quaygate
