#include "ui/widgets/changed_on_disk.h"

#include "ui/widgets/message_bar.h"

#include <QCoreApplication>

namespace quaygate {

void tellChangedOnDisk(MessageBar *message, std::function<void()> reload,
                       std::function<void()> keep) {
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("EditorForm", text);
    };
    message->setMessage(
        MessageKind::Warning,
        tr("The configuration file was changed outside of this form while you were editing."), {},
        {{tr("Reload"), std::move(reload)},
         {tr("Keep my edits"), [message, keep = std::move(keep)] {
              message->clear();
              keep();
          }}});
}

} // namespace quaygate
