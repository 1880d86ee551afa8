#pragma once

#include "gateway/http/header_list.h"
#include "gateway/pipeline/affinity.h"
#include "gateway/pipeline/recorded_exchange.h"
#include "gateway/traffic/usage_reader.h"

#include <functional>
#include <memory>

namespace quaygate {

/// What is read of an upstream's answer as it passes by, for the record and for those who come back
/// for what is in it. Lives on the exchange's thread.
class AnswerReading {
public:
    /// `onMark` may be null: nobody can come back for anything.
    AnswerReading(const HeaderList &headers, std::function<void(const QByteArray &mark)> onMark);

    /// `exchange` is the one whose record is told of the first token.
    void feed(QByteArrayView bytes, RecordedExchange &exchange);
    /// At the end, however that came.
    void tell(TrafficRecord &record) const;

private:
    UsageReader m_usage;
    std::unique_ptr<MarkReader> m_marks;
};

} // namespace quaygate
