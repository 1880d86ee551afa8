#pragma once

#include "gateway/config/problem.h"
#include "ui/widgets/card.h"

class QLabel;

namespace quaygate {

/// What is wrong with the configuration file on disk, and what is served meanwhile.
class ProblemsCard : public Card {
    Q_OBJECT

public:
    explicit ProblemsCard(const QString &file, QWidget *parent = nullptr);

    /// `stillServed`: there is an older configuration that goes on working. Hidden without
    /// problems.
    void setProblems(const Problems &problems, bool stillServed);

private:
    QString m_file;
    QLabel *m_text;
    QWidget *m_rows;
};

} // namespace quaygate
