#include "ui/playground/chat_panel.h"

#include "ui/playground/composer.h"
#include "ui/playground/parameters_panel.h"
#include "ui/playground/transcript_view.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/question.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int systemLines = 4;

/// Centred and no wider than a line can be read.
QHBoxLayout *centred(QWidget *widget) {
    widget->setMaximumWidth(size::readable);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(widget, 1000);
    row->addStretch(1);
    return row;
}

} // namespace

ChatPanel::ChatPanel(QWidget *parent)
    : QWidget(parent)
    , m_transcript(new TranscriptView(this))
    , m_trimmed(makeText({}, TextType::Small, this))
    , m_composer(new Composer(this)) {
    makeTools();
    auto *content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_stack->addWidget(makeEmptyHint());
    m_stack->addWidget(m_transcript);
    m_trimmed->setAlignment(Qt::AlignHCenter);
    m_trimmed->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addLayout(centred(makeOptions()));
    column->addWidget(m_trimmed);
    column->addWidget(content, 1);
    column->addLayout(centred(m_composer));

    m_escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    setFocusProxy(m_composer);
    connectParts();
    updateHint();
    updateState();
}

void ChatPanel::makeTools() {
    m_systemButton = makeButton(tr("System prompt"), ButtonKind::Ghost, this);
    m_parametersButton = makeButton(tr("Parameters"), ButtonKind::Ghost, this);
    m_newChat = makeButton(tr("New chat"), ButtonKind::Secondary, this, u"plus"_s);
    m_systemButton->setObjectName(u"systemPromptButton"_s);
    m_parametersButton->setObjectName(u"parametersButton"_s);
    m_newChat->setObjectName(u"newChat"_s);
    for (QPushButton *toggle : {m_systemButton, m_parametersButton}) {
        toggle->setCheckable(true);
        toggle->setProperty("kind", u"nav"_s); // shows that it is on
    }
}

QList<QPushButton *> ChatPanel::tools() const {
    return {m_systemButton, m_parametersButton, m_newChat};
}

QWidget *ChatPanel::makeOptions() {
    auto *options = new QWidget(this);
    m_systemBox = new QWidget(options);
    m_system = new QPlainTextEdit(m_systemBox);
    m_system->setObjectName(u"systemPrompt"_s);
    m_system->setPlaceholderText(
        tr("How the model should behave, as in “Answer in one sentence.”"));
    m_system->setTabChangesFocus(true);
    m_system->setFixedHeight(systemLines * fontMetrics().lineSpacing() + 2 * space::m);
    auto *label = makeLabel(tr("System prompt"), TextType::Label, m_systemBox);
    label->setBuddy(m_system);
    auto *systemColumn = new QVBoxLayout(m_systemBox);
    systemColumn->setContentsMargins(0, 0, 0, 0);
    systemColumn->setSpacing(space::xs);
    systemColumn->addWidget(label);
    systemColumn->addWidget(m_system);
    m_system->setAccessibleName(label->text());

    m_parameters = new ParametersPanel(options);
    auto *column = new QVBoxLayout(options);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_systemBox);
    column->addWidget(m_parameters);
    m_systemBox->hide();
    m_parameters->hide();
    return options;
}

QWidget *ChatPanel::makeEmptyHint() {
    auto *hint = new QWidget(this);
    m_hintTitle = makeText({}, TextType::Heading, hint);
    m_hintText = makeText({}, TextType::Muted, hint);
    m_hintTitle->setAlignment(Qt::AlignHCenter);
    m_hintText->setAlignment(Qt::AlignHCenter);
    auto *column = new QVBoxLayout(hint);
    column->setSpacing(space::s);
    column->addStretch(2);
    column->addWidget(m_hintTitle);
    column->addWidget(m_hintText);
    column->addStretch(3);
    return hint;
}

void ChatPanel::connectParts() {
    connect(m_systemButton, &QPushButton::toggled, m_systemBox, &QWidget::setVisible);
    connect(m_systemButton, &QPushButton::toggled, m_system, [this](bool shown) {
        if (shown)
            m_system->setFocus();
    });
    connect(m_parametersButton, &QPushButton::toggled, m_parameters, &QWidget::setVisible);
    connect(m_newChat, &QPushButton::clicked, this, &ChatPanel::newChat);
    connect(m_system, &QPlainTextEdit::textChanged, this, &ChatPanel::updateTools);
    connect(m_parameters, &ParametersPanel::changed, this, &ChatPanel::updateTools);

    connect(m_composer, &Composer::submitted, this, &ChatPanel::ask);
    connect(m_composer, &Composer::notReady, this, &ChatPanel::targetMissing);
    connect(m_composer, &Composer::stopRequested, &m_client, &ChatClient::stop);
    connect(m_composer, &Composer::cancelEdit, this, &ChatPanel::endEdit);
    connect(m_escape, &QShortcut::activated, this, &ChatPanel::onEscape);

    connect(m_transcript, &TranscriptView::askAgain, this, &ChatPanel::askAgain);
    connect(m_transcript, &TranscriptView::edit, this, &ChatPanel::beginEdit);
    connect(m_transcript, &TranscriptView::linkChosen, this, &ChatPanel::confirmLink);

    connect(&m_client, &ChatClient::delta, m_transcript, &TranscriptView::append);
    connect(&m_client, &ChatClient::finished, this, &ChatPanel::onFinished);
}

void ChatPanel::setTarget(const ChatTarget &target) {
    m_target = target;
    updateHint();
    updateState();
}

void ChatPanel::ask(const QString &question) {
    if (m_editing) {
        dropLastTurn();
        m_editing = false;
        m_composer->setText(std::exchange(m_draft, {}));
    } else {
        m_composer->setText({});
    }
    m_conversation.systemPrompt = m_system->toPlainText();
    m_conversation.turns.append({question, m_target.routeName, {}});
    if (const int dropped = m_conversation.trim(); dropped > 0) {
        m_transcript->removeOldest(dropped);
        m_trimmed->setText(
            tr("The oldest messages were dropped: a chat keeps its last %1 questions.")
                .arg(Conversation::maxTurns));
        m_trimmed->show();
    }
    m_transcript->addTurn(question, m_target.routeName);
    m_client.send(m_target, m_conversation.messages(), m_parameters->parameters());
    updateState();
}

void ChatPanel::askAgain() {
    if (m_client.isBusy() || m_conversation.turns.isEmpty())
        return;
    if (m_target.url.isEmpty()) {
        emit targetMissing();
        return;
    }
    endEdit();
    const QString question = m_conversation.turns.last().question;
    const QString draft = m_composer->text();
    dropLastTurn();
    ask(question);
    m_composer->setText(draft);
}

void ChatPanel::beginEdit() {
    if (m_client.isBusy() || m_editing || m_conversation.turns.isEmpty())
        return;
    m_editing = true;
    m_draft = m_composer->text();
    m_composer->setText(m_conversation.turns.last().question);
    m_composer->setFocus();
    updateState();
}

void ChatPanel::endEdit() {
    if (!m_editing)
        return;
    m_editing = false;
    m_composer->setText(std::exchange(m_draft, {}));
    m_composer->setFocus();
    updateState();
}

void ChatPanel::onEscape() {
    if (m_client.isBusy())
        m_client.stop();
    else
        endEdit();
}

void ChatPanel::onFinished(const Answer &answer) {
    m_conversation.turns.last().answer = answer;
    m_transcript->finish(answer);
    updateState();
}

void ChatPanel::dropLastTurn() {
    m_conversation.turns.removeLast();
    m_transcript->removeLast();
}

void ChatPanel::newChat() {
    m_client.stop();
    endEdit();
    m_conversation.turns.clear();
    m_transcript->clear();
    m_trimmed->hide();
    m_composer->setFocus();
    updateState();
}

/// A model's link can say one thing and lead to another; the host is what counts.
void ChatPanel::confirmLink(const QUrl &url) {
    const QString host = QString::fromLatin1(QUrl::toAce(url.host()));
    QString address = url.toString(QUrl::FullyEncoded);
    if (address.size() > 300)
        address = address.first(300) + u"…"_s;
    auto *question = new Question(tr("Open %1 in the browser?").arg(host), address, this);
    question->addAnswer(tr("Cancel"), ButtonKind::Secondary);
    question->addAnswer(tr("Open"), ButtonKind::Primary, [url] { QDesktopServices::openUrl(url); });
    question->open();
}

void ChatPanel::updateHint() {
    const QString who =
        m_target.deploymentName.isEmpty() ? m_target.routeName : m_target.deploymentName;
    m_hintTitle->setText(who.isEmpty() ? tr("Start a chat") : tr("Chat with %1").arg(who));
    m_hintText->setText(
        tr("Messages go through the gateway, the same way as those of any other tool."));
}

/// What is in force shows also while its panel is closed.
void ChatPanel::updateTools() {
    const ChatParameters parameters = m_parameters->parameters();
    const int sent = (parameters.temperature ? 1 : 0) + (parameters.maxTokens ? 1 : 0);
    const bool hasPrompt = !m_system->toPlainText().trimmed().isEmpty();
    m_systemButton->setText(hasPrompt ? tr("System prompt (set)") : tr("System prompt"));
    m_parametersButton->setText(sent > 0 ? tr("Parameters (%1)").arg(sent) : tr("Parameters"));
}

void ChatPanel::updateState() {
    m_stack->setCurrentIndex(m_transcript->isEmpty() ? 0 : 1);
    m_composer->setBusy(m_client.isBusy());
    m_composer->setReady(!m_target.url.isEmpty());
    m_composer->setEditing(m_editing);
    m_newChat->setEnabled(!m_transcript->isEmpty());
    m_escape->setEnabled(m_client.isBusy() || m_editing);
}

} // namespace quaygate
