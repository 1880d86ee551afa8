#pragma once

#include "ui/playground/conversation.h"

#include <QScrollArea>
#include <QUrl>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace quaygate {

class TurnView;

/// The conversation from top to bottom. Follows the newest text as long as it is in sight; whoever
/// scrolls up to read is left in peace.
class TranscriptView : public QScrollArea {
    Q_OBJECT

public:
    explicit TranscriptView(QWidget *parent = nullptr);

    void addTurn(const QString &question, const QString &routeName);
    /// Of the last turn.
    void append(const QString &text);
    void finish(const Answer &answer);
    void removeLast();
    void removeOldest(int count);
    void clear();

    bool isEmpty() const { return m_turns.isEmpty(); }

signals:
    void askAgain();
    void edit();
    void linkChosen(const QUrl &url);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void drop(TurnView *turn);
    void settle();
    void onScrolled(int value);
    void onRangeChanged(int minimum, int maximum);
    void goToEnd();
    void placeJump();

    QHBoxLayout *m_row;
    QVBoxLayout *m_column;
    QList<TurnView *> m_turns;
    QPushButton *m_jump;
    bool m_follows = true;
};

} // namespace quaygate
