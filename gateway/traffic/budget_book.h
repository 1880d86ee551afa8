#pragma once

#include "gateway/result.h"
#include "gateway/traffic/budgets.h"

#include <map>

namespace quaygate::traffic {

class StoreDatabase;

/// Keeps what is spent of budgets on disk, and takes from there what was spent before, be it by an
/// earlier run or by another process with the same file: each adds what it spent itself. Inner part
/// of traffic/; on the thread of the store.
class BudgetBook {
public:
    /// Writes what was spent since the last call, and adds to `budgets` what others spent. When it
    /// fails, nothing is changed on either side, and the next call makes up for it.
    Result<void> sync(StoreDatabase &database, const Budgets &budgets, Spending::Time now);

    /// The file was set aside: all that is known is to be written into the new one.
    void forget() { m_known.clear(); }

private:
    std::map<Budgets::Key, Spent> m_known; ///< as it stands on disk
};

} // namespace quaygate::traffic
