#include "gateway/pipeline/answer_reading.h"

namespace quaygate {

AnswerReading::AnswerReading(const HeaderList &headers,
                             std::function<void(const QByteArray &mark)> onMark)
    : m_usage(headers.find("Content-Type").value_or(QByteArrayView())) {
    if (onMark)
        m_marks = std::make_unique<MarkReader>(std::move(onMark));
}

void AnswerReading::feed(QByteArrayView bytes, RecordedExchange &exchange) {
    m_usage.feed(bytes);
    if (m_marks)
        m_marks->feed(bytes);
    if (!exchange.record().firstToken && m_usage.sawFirstToken())
        exchange.record().firstToken = exchange.age();
}

void AnswerReading::tell(TrafficRecord &record) const {
    record.usage = m_usage.usage();
    record.modelReturned = m_usage.modelReturned();
}

} // namespace quaygate
