#include "ui/backends/api_version_field.h"

#include "ui/widgets/wheel_guard.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

ApiVersionField::ApiVersionField(QWidget *parent) : QComboBox(parent) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumContentsLength(8);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    // The newest of each family first, then the ones that deployments in the wild are pinned to.
    addItems({u"v1"_s, u"preview"_s, u"2024-10-21"_s, u"2025-04-01-preview"_s,
              u"2025-01-01-preview"_s, u"2024-12-01-preview"_s, u"2024-06-01"_s, u"2024-02-01"_s});
    setCompleter(nullptr);
    leaveWheelToForm(this);
    lineEdit()->setPlaceholderText(u"v1"_s);
    connect(this, &QComboBox::editTextChanged, this, &ApiVersionField::versionChanged);
}

QString ApiVersionField::version() const {
    return currentText().trimmed();
}

void ApiVersionField::setVersion(const QString &version) {
    setCurrentIndex(findText(version));
    setEditText(version);
    lineEdit()->setCursorPosition(0);
}

} // namespace quaygate
