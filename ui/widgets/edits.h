#pragma once

#include <functional>

class QObject;
class QWidget;

namespace quaygate {

/// Calls `run` whenever what the control holds changes, as long as `context` lives. For every kind
/// of control that forms are made of: fields, choices, check boxes, tables.
void onEdit(QWidget *control, QObject *context, std::function<void()> run);

} // namespace quaygate
