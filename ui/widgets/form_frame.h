#pragma once

#include <QFrame>

class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace quaygate {

class ElidedLabel;

/// What surrounds the fields of a form: its heading with Duplicate and Remove, a part that scrolls,
/// and a foot that does not, with Discard and Save.
class FormFrame : public QFrame {
    Q_OBJECT

public:
    explicit FormFrame(QWidget *parent = nullptr);

    void setHeading(const QString &heading);
    /// What scrolls.
    QVBoxLayout *fields() const { return m_fields; }
    /// Above the foot; in sight however far the fields are scrolled.
    QVBoxLayout *notices() const { return m_notices; }
    /// Both see to it once what was just shown or hidden has found its place.
    void scrollTo(QWidget *field);
    /// As far up as it goes, with what follows it beneath.
    void bringUp(QWidget *part);
    void scrollToTop();

    QPushButton *duplicateButton() const { return m_duplicate; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *discardButton() const { return m_discard; }
    QPushButton *saveButton() const { return m_save; }
    /// At the left of the foot.
    QHBoxLayout *foot() const { return m_foot; }

private:
    ElidedLabel *m_heading;
    QScrollArea *m_scroll;
    QVBoxLayout *m_fields;
    QVBoxLayout *m_notices;
    QHBoxLayout *m_foot;
    QPushButton *m_duplicate;
    QPushButton *m_remove;
    QPushButton *m_discard;
    QPushButton *m_save;
};

} // namespace quaygate
