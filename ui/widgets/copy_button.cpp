#include "ui/widgets/copy_button.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

CopyButton::CopyButton(const QString &name, std::function<QString()> text, QWidget *parent)
    : QPushButton(parent), m_name(name), m_text(std::move(text)), m_back(new QTimer(this)) {
    setProperty("kind", u"icon"_s);
    setAutoDefault(false);
    setFocusPolicy(Qt::TabFocus);
    setIconSize({size::icon, size::icon});
    const auto rest = [this] {
        setIcon(themedIcon(u"copy"_s, IconTone::Muted));
        setToolTip(m_name);
        setAccessibleName(m_name);
    };
    rest();
    m_back->setSingleShot(true);
    m_back->setInterval(1500ms);
    connect(m_back, &QTimer::timeout, this, rest);
    connect(this, &QPushButton::clicked, this, &CopyButton::copy);
}

void CopyButton::copy() {
    QGuiApplication::clipboard()->setText(m_text());
    setIcon(themedIcon(u"check"_s, IconTone::Success));
    setToolTip(tr("Copied"));
    setAccessibleName(tr("Copied"));
    m_back->start();
}

} // namespace quaygate
