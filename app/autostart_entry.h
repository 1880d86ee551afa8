#pragma once

#include <QByteArray>
#include <QString>

/// The desktop entry that starts Quaygate with a session, as the freedesktop.org rules spell it.
namespace quaygate::autostart_entry {

/// The whole file, which starts `program` in the background.
QByteArray text(const QString &program);

/// The program that the entry starts; empty if it starts none, or is switched off in it.
QString programOf(const QByteArray &text);

} // namespace quaygate::autostart_entry
