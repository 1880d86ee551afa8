#include "ui/settings/prices_field.h"

#include "gateway/config/object_reader.h"
#include "gateway/config/ranges.h"
#include "ui/widgets/number_field.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

class PriceLine : public FormLine {
public:
    explicit PriceLine(QWidget *parent)
        : FormLine(parent)
        , m_model(new QLineEdit(this))
        , m_input(new NumberField(priceRange, PricesField::tr("Input"), this))
        , m_output(new NumberField(priceRange, PricesField::tr("Output"), this))
        , m_cached(new NumberField(priceRange, PricesField::tr("Cached"), this)) {
        m_model->setPlaceholderText(PricesField::tr("Model"));
        addPart(m_model, u"Model"_s, PricesField::tr("Model"), u"/model"_s, 4);
        addPart(m_input, u"Input"_s, PricesField::tr("Input"), u"/input"_s, 2);
        addPart(m_output, u"Output"_s, PricesField::tr("Output"), u"/output"_s, 2);
        addPart(m_cached, u"Cached"_s, PricesField::tr("Cached input"), u"/cachedInput"_s, 2);
    }

    void setPrice(const ModelPrice &price) {
        m_original = price;
        m_model->setText(price.model);
        m_model->setCursorPosition(0);
        m_input->setValue(price.input);
        m_output->setValue(price.output);
        m_cached->setValue(price.cachedInput);
    }

    ModelPrice price() const {
        ModelPrice price = m_original; // keeps what this version does not know
        price.model = m_model->text().trimmed();
        price.input = m_input->value().value_or(0);
        price.output = m_output->value().value_or(0);
        price.cachedInput = m_cached->value();
        return price;
    }

    bool isEmpty() const override {
        return m_model->text().trimmed().isEmpty() && m_input->text().isEmpty() &&
               m_output->text().isEmpty() && m_cached->text().isEmpty();
    }

    /// A price that is not known is not nothing.
    Problems unreadable() const override {
        Problems problems;
        const auto check = [&problems](const NumberField &field, const QString &pointer,
                                       bool isNeeded) {
            if (!field.problem().isEmpty())
                problems.append({0, pointer, field.problem()});
            else if (isNeeded && !field.value())
                problems.append({0, pointer,
                                 PricesField::tr("Write what a million tokens cost; 0 if they cost "
                                                 "nothing.")});
        };
        check(*m_input, u"/input"_s, true);
        check(*m_output, u"/output"_s, true);
        check(*m_cached, u"/cachedInput"_s, false);
        return problems;
    }

private:
    QLineEdit *m_model;
    NumberField *m_input;
    NumberField *m_output;
    NumberField *m_cached;
    ModelPrice m_original;
};

} // namespace

PricesField::PricesField(QWidget *parent)
    : LinesField(
          {tr("Prices of models"), tr("Price"), tr("Add a price"), u"price"_s, u"/prices"_s},
          [](QWidget *table) -> FormLine * { return new PriceLine(table); }, parent) {
    setHint(tr("US dollars a million tokens, under the name that answers give, in lower case. They "
               "count before those that Quaygate brings."));
}

void PricesField::setPrices(const QList<ModelPrice> &prices) {
    clear();
    for (const ModelPrice &price : prices)
        static_cast<PriceLine *>(addLine())->setPrice(price);
}

QList<ModelPrice> PricesField::prices() const {
    QList<ModelPrice> prices;
    for (const FormLine *line : filled())
        prices.append(static_cast<const PriceLine *>(line)->price());
    return prices;
}

QString PricesField::stepTo(const FormLine &line, qsizetype) const {
    const QString model = static_cast<const PriceLine &>(line).price().model;
    return memberPointer({}, model.toUtf8()).mid(1);
}

} // namespace quaygate
