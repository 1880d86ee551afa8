#include "ui/backends/endpoint_field.h"

#include "gateway/config/config.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype pasteLength = 6;

} // namespace

EndpointField::EndpointField(QWidget *parent) : QLineEdit(parent) {
    setPlaceholderText(tr("Paste any URL from the Azure portal"));
    setInputMethodHints(Qt::ImhUrlCharactersOnly);
    setMaxLength(8192);
    connect(this, &QLineEdit::textEdited, this, &EndpointField::textEditedTo);
    connect(this, &QLineEdit::returnPressed, this, &EndpointField::read);
}

void EndpointField::setEndpoint(const QString &endpoint) {
    setText(endpoint);
    setCursorPosition(0);
    m_length = text().size();
    m_unread = false;
}

QString EndpointField::endpoint() const {
    return text().trimmed();
}

void EndpointField::textEditedTo(const QString &text) {
    const bool pasted = text.size() - m_length >= pasteLength;
    m_length = text.size();
    m_unread = true;
    if (pasted)
        read();
}

void EndpointField::focusOutEvent(QFocusEvent *event) {
    QLineEdit::focusOutEvent(event);
    read();
}

void EndpointField::read() {
    const QString given = endpoint();
    if (!m_unread || given.isEmpty() || given == simulatorEndpoint)
        return;
    m_unread = false;
    const Result<AzureAddress> address = parseAddress(given);
    if (!address) {
        emit addressRefused(address.error());
        return;
    }
    setEndpoint(address->endpoint);
    emit addressRead(*address);
}

} // namespace quaygate
