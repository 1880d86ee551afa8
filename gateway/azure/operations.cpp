#include "gateway/azure/operations.h"

namespace quaygate {

std::optional<Operation> operationOfPath(QStringView path) {
    for (const OperationInfo &row : operationTable) {
        if (path.compare(row.path, Qt::CaseInsensitive) == 0)
            return row.operation;
    }
    return std::nullopt;
}

} // namespace quaygate
