#include "ui/routes/match_fold.h"

#include "ui/theme/theme.h"
#include "ui/widgets/pairs_field.h"
#include "ui/widgets/texts_field.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

MatchFold::MatchFold(QWidget *parent)
    : FormFold(tr("Which requests"), u"match"_s, parent)
    , m_path(new QLineEdit(contents()))
    , m_models(new TextsField(
          {tr("Models"), tr("Model"), tr("Add a model"), u"matchModel"_s, u"/match/models"_s},
          tr("Model, as in gpt-4*"), false, contents()))
    , m_headers(new PairsField({tr("Headers"), tr("Header"), tr("Name"), tr("Value"),
                                tr("Add a header"), u"matchHeader"_s, u"/match/headers"_s},
                               contents())) {
    m_path->setFont(Theme::codeFont());
    m_path->setPlaceholderText(tr("any"));
    m_models->setHint(tr("Requests that name one of them; one * stands for any text. None: every "
                         "model."));
    m_headers->setHint(tr("Requests that have all of these, with just these values."));
    addRow(tr("Path below the prefix"), m_path, u"/match/path"_s, u"matchPath"_s,
           tr("Exactly this one, such as /chat/completions."));
    column()->addWidget(m_models);
    column()->addWidget(m_headers);
    watch(m_models, u"/match/models"_s);
    watch(m_headers, u"/match/headers"_s);
}

void MatchFold::fill(const RouteMatch &match) {
    m_path->setText(match.path);
    m_path->setCursorPosition(0);
    m_models->setTexts(match.models);
    QList<TextPair> headers;
    for (const HeaderMatch &header : match.headers)
        headers.append({header.name, header.value});
    m_headers->setPairs(headers);
    setOpen(false);
}

void MatchFold::apply(RouteMatch &match) const {
    match.path = m_path->text().trimmed();
    match.models = m_models->texts();
    match.headers.clear();
    for (const TextPair &pair : m_headers->pairs())
        match.headers.append({pair.name, pair.value});
}

void MatchFold::summarise(const RouteMatch &match) {
    QStringList parts;
    if (!match.path.isEmpty())
        parts.append(match.path);
    if (!match.models.isEmpty())
        parts.append(match.models.join(u", "_s));
    for (const HeaderMatch &header : match.headers)
        parts.append(u"%1: %2"_s.arg(header.name, header.value));
    setSummary(parts.isEmpty() ? tr("all below the prefix") : parts.join(u" · "_s));
}

} // namespace quaygate
