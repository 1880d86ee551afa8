#include "gateway/traffic/store_layout.h"

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

// AUTOINCREMENT: a number is never given twice, so that "all after this one" can be asked for.
// Times are microseconds, `time` since 1970; what is null is not known.
const QStringList records{
    u"CREATE TABLE records (number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,"
    " client_key TEXT, tool TEXT, method TEXT, path TEXT, route TEXT, operation TEXT,"
    " attempts TEXT, model_asked TEXT, model_sent TEXT, model_returned TEXT,"
    " status INTEGER NOT NULL, streamed INTEGER NOT NULL, first_byte INTEGER,"
    " first_token INTEGER, duration INTEGER NOT NULL, bytes_in INTEGER NOT NULL,"
    " bytes_out INTEGER NOT NULL, tokens_in INTEGER, tokens_out INTEGER, tokens_cached INTEGER,"
    " tokens_cache_written INTEGER, tokens_reasoning INTEGER, cost REAL, verdicts TEXT,"
    " error TEXT, error_code TEXT, cancelled INTEGER NOT NULL, azure_request_id TEXT,"
    " model_request_id TEXT, request_body BLOB, response_body BLOB)"_s,
    u"CREATE INDEX records_by_time ON records (time)"_s,
};

// `period` as BudgetPeriod::number, `updated` in milliseconds since 1970.
const QStringList budgets{
    u"CREATE TABLE budgets (owner TEXT NOT NULL, name TEXT NOT NULL, per TEXT NOT NULL,"
    " period INTEGER NOT NULL, tokens INTEGER NOT NULL, nanodollars INTEGER NOT NULL,"
    " unreckoned INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (owner, name, per))"_s,
};

} // namespace

QStringList layoutStep(int from) {
    switch (from) {
    case 0:
        return records;
    case 1:
        return budgets;
    default:
        return {};
    }
}

} // namespace quaygate::traffic
