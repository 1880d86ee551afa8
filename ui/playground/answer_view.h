#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>
#include <QWidget>

class QVBoxLayout;

namespace quaygate {

struct AnswerBlock;

/// Draws the Markdown of one answer, also while it grows: what arrives is gathered for a moment and
/// only the last block is drawn anew.
class AnswerView : public QWidget {
    Q_OBJECT

public:
    /// `expectedWidth`: the width that it is going to have.
    explicit AnswerView(int expectedWidth, QWidget *parent = nullptr);

    void append(const QString &text);
    /// Draws what is still gathered without waiting for more.
    void flush();

    QString text() const { return m_text; }

signals:
    /// Something was drawn; the height may be another.
    void drawn();
    void linkChosen(const QUrl &url);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void draw();
    void drawBlock(qsizetype index, const AnswerBlock &block);
    QWidget *widgetFor(qsizetype index, bool isCode);
    QVBoxLayout *sectionFor(qsizetype index);

    QVBoxLayout *m_layout;
    QList<QWidget *> m_sections;
    QList<QWidget *> m_blocks;
    QString m_text;
    int m_width;
    qsizetype m_settled = 0; ///< where the last block begins; what is before never changes again
    QTimer m_timer;
};

} // namespace quaygate
